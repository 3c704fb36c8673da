import { giveLease, LEASE, takeLease } from "../store/lease.ts";
import type { Phone } from "./phone.ts";

/** Does the work in one tab at a time; false where another tab is at it. */
export async function exclusively(phone: Phone, work: () => Promise<void>): Promise<boolean> {
  const { locks } = phone.env;
  return locks === null ? withLease(phone, work) : withLock(locks, phone, work);
}

async function withLock(
  locks: Pick<LockManager, "request">,
  phone: Phone,
  work: () => Promise<void>,
): Promise<boolean> {
  const options = { ifAvailable: true };
  return locks.request(`${phone.env.database}-send`, options, async (lock) => {
    if (lock === null) return false;
    await work();
    return true;
  });
}

async function withLease(phone: Phone, work: () => Promise<void>): Promise<boolean> {
  const { db, tab, env } = phone;
  if (!(await takeLease(db, tab, env.now()))) return false;
  let callOff = (): void => {};
  const renew = (): void => {
    callOff = env.after(LEASE / 3, () => {
      // A lease that cannot be renewed runs out: the server still takes each record once.
      void takeLease(db, tab, env.now()).catch(() => false);
      renew();
    });
  };
  renew();
  try {
    await work();
  } finally {
    callOff();
    await giveLease(db, tab);
  }
  return true;
}
