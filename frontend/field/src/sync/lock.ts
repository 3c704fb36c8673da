import type { Lock, LockState } from "../core/app.ts";
import { MOST_TRIES } from "../core/pin.ts";
import { FieldError } from "../core/words.ts";
import {
  createVault,
  findReasonToWipe,
  isWithoutContact,
  openVault,
  wipe,
} from "../store/vault.ts";
import { makeId } from "./environment.ts";
import { changed, type Phone, readMeta, tell, unlock } from "./phone.ts";

const IDLE = 10 * 60_000;
const LOOK = 15_000;

/** The PIN of this tab; `after` is called once the phone is open, or was emptied. */
export function makeLock(phone: Phone, after: () => void): Lock {
  return {
    state: () => stateOf(phone),
    wipedFor: () => phone.gone?.reason ?? null,
    triesLeft: () => Math.max(0, MOST_TRIES - (phone.vault?.tries ?? 0)),
    async create(pin) {
      if (phone.isStale) throw new FieldError("stale");
      const { env, db } = phone;
      const ids = { vaultId: makeId(env), phoneId: makeId(env) };
      const vault = await createVault(db, { pin, ...ids, now: env.now() });
      await env.persist().catch(() => {
        // The browser may clear what is kept when space gets short; it said so, and we go on.
      });
      await unlock(phone, vault);
      await changed(phone);
      after();
    },
    async open(pin) {
      if (phone.isStale) throw new FieldError("stale");
      const opened = await openVault(phone.db, pin, phone.env.now());
      if (opened.kind === "open") await unlock(phone, opened.vault);
      if (opened.kind === "wiped") phone.channel.tell("wiped");
      await changed(phone);
      if (opened.kind !== "wrong") after();
      return opened.kind === "open";
    },
    close: () => closeLock(phone),
    async wipe() {
      await wipe(phone.db, "own_wish");
      phone.open = null;
      phone.channel.tell("wiped");
      await changed(phone);
      after();
    },
  };
}

function stateOf(phone: Phone): LockState {
  if (phone.vault === null) return phone.gone?.reason ? "wiped" : "new";
  return phone.open === null ? "locked" : "open";
}

export function closeLock(phone: Phone): void {
  phone.open = null;
  tell(phone);
}

/** Empties a phone whose time or tries are over; called before the page shows anything. */
export async function wipeIfOver(phone: Phone): Promise<void> {
  const reason = await findReasonToWipe(phone.db, phone.env.now());
  if (reason === null) return;
  await wipe(phone.db, reason);
  phone.channel.tell("wiped");
  await readMeta(phone);
}

/**
 * Locks after ten minutes without a touch, in front or behind, even in the middle of sending:
 * what was under way waits again. Gives back how to stop.
 */
export function watchIdle(phone: Phone): () => void {
  const { env } = phone;
  let lastUse = env.now();
  let callOff = (): void => {};

  function look(): void {
    callOff();
    callOff = env.after(LOOK, look);
    if (phone.open === null) lastUse = env.now();
    if (env.now() - lastUse >= IDLE) closeLock(phone);
    void lookAtContact(phone).catch(() => tell(phone));
  }

  const stops = [
    env.on("used", () => {
      if (env.now() - lastUse < IDLE) lastUse = env.now();
    }),
    env.on("shown", look),
  ];
  look();
  return () => {
    callOff();
    for (const stop of stops) stop();
  };
}

async function lookAtContact(phone: Phone): Promise<void> {
  if (phone.isStale || phone.vault === null) return;
  const { lastSeen } = phone.vault.contact;
  if (Math.abs(phone.env.now() - lastSeen) < IDLE) return;
  if (!(await isWithoutContact(phone.db, phone.env.now()))) return readMeta(phone);
  await wipe(phone.db, "no_contact");
  phone.open = null;
  phone.channel.tell("wiped");
  await changed(phone);
}
