import { asFieldError, type FieldDatabase } from "./database.ts";

/** How long a tab that was closed in the middle holds the others up, at most. */
export const LEASE = 60_000;

/** Where the browser has no locks: one row says which tab is sending, and until when. */
export async function takeLease(db: FieldDatabase, owner: string, now: number): Promise<boolean> {
  try {
    return await db.transaction("rw", db.meta, async () => {
      const row = await db.meta.get("lease");
      const isHeld = row?.key === "lease" && row.owner !== owner && row.until > now;
      // A clock that was set back must not hold a lease for longer than it was meant.
      if (isHeld && row.until - now <= LEASE) return false;
      await db.meta.put({ key: "lease", owner, until: now + LEASE });
      return true;
    });
  } catch (error) {
    throw asFieldError(error);
  }
}

export async function giveLease(db: FieldDatabase, owner: string): Promise<void> {
  await db.transaction("rw", db.meta, async () => {
    const row = await db.meta.get("lease");
    if (row?.key === "lease" && row.owner === owner) await db.meta.delete("lease");
  });
}
