const DAY = 86_400_000;
const LONGEST = 14 * DAY;

/** When the server was last heard of, and how much time has surely passed since. */
export interface Contact {
  /** What the server's clock said then, and what the phone's. */
  readonly serverTime: number;
  readonly phoneTime: number;
  readonly lastSeen: number;
  /** Counted in steps, so that a clock that is set back takes nothing away. */
  readonly elapsed: number;
}

export function contacted(serverTime: number, now: number): Contact {
  return { serverTime, phoneTime: now, lastSeen: now, elapsed: 0 };
}

/**
 * Counts the time since the last look. A clock set back counts as no time; a clock that was
 * behind the server and is set right is not counted as a step: the difference below knows it.
 */
export function ticked(contact: Contact, now: number): Contact {
  const isBack = now < contact.lastSeen;
  const isSetRight = contact.lastSeen < contact.serverTime && now >= contact.serverTime;
  const step = isBack || isSetRight ? 0 : now - contact.lastSeen;
  return { ...contact, lastSeen: now, elapsed: contact.elapsed + step };
}

/** Whether the phone has to be emptied: fourteen days without a word of the server. */
export function isOverdue(contact: Contact): boolean {
  const since = contact.lastSeen - Math.max(contact.serverTime, contact.phoneTime);
  return Math.max(since, contact.elapsed) >= LONGEST;
}
