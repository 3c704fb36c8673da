import type { WipeReason } from "../core/app.ts";
import { contacted, isOverdue, ticked } from "../core/contact.ts";
import { MOST_TRIES, troubleOfPin } from "../core/pin.ts";
import { FieldError } from "../core/words.ts";
import { makeKey, openKey } from "./crypto.ts";
import {
  asFieldError,
  type FieldDatabase,
  findGone,
  findVault,
  SCHEMA,
  type VaultRow,
  write,
} from "./database.ts";

/** An unlocked vault: what every reading and writing of personal data needs. */
export interface Vault {
  readonly db: FieldDatabase;
  readonly id: string;
  readonly key: CryptoKey;
}

export interface NewVault {
  readonly pin: string;
  readonly vaultId: string;
  readonly phoneId: string;
  readonly now: number;
}

/** Makes the vault of a phone that has none; one that is there is never replaced. */
export async function createVault(db: FieldDatabase, made: NewVault): Promise<Vault> {
  const trouble = troubleOfPin(made.pin);
  if (trouble !== null) throw new FieldError(trouble);
  const { key, wrapped } = await makeKey(made.pin, made.vaultId);
  const row: VaultRow = {
    key: "vault",
    id: made.vaultId,
    schema: SCHEMA,
    wrapped,
    tries: 0,
    contact: contacted(made.now, made.now),
    phoneId: made.phoneId,
    personId: null,
    lastAccepted: null,
  };
  await attempt(async () => {
    await db.transaction("rw", db.meta, async () => {
      if ((await findVault(db)) !== null) throw new FieldError("has_pin");
      const gone = await findGone(db);
      await db.meta.put(row);
      if (gone !== null) await db.meta.put({ ...gone, reason: null });
    });
  });
  return { db, id: made.vaultId, key };
}

export type Opened =
  | { readonly kind: "open"; readonly vault: Vault }
  | { readonly kind: "wrong" }
  | { readonly kind: "wiped" };

/**
 * Tries a PIN. The try is counted before it is checked, so that closing the page in between
 * gives none back; the tenth wrong one empties the phone.
 */
export async function openVault(db: FieldDatabase, pin: string, now: number): Promise<Opened> {
  const reason = await findReasonToWipe(db, now);
  if (reason !== null) {
    await wipe(db, reason);
    return { kind: "wiped" };
  }
  const row = await findVault(db);
  if (row === null) return { kind: "wiped" };
  if (row.schema > SCHEMA) throw new FieldError("stale");
  const tries = await write(db, row.id, async (vault) => {
    await db.meta.put({ ...vault, tries: vault.tries + 1 });
    return vault.tries + 1;
  });
  const key = tries <= MOST_TRIES ? await openKey(pin, row.wrapped, row.id) : null;
  if (key !== null) {
    await changeVault(db, row.id, () => ({ tries: 0 }));
    return { kind: "open", vault: { db, id: row.id, key } };
  }
  if (tries < MOST_TRIES) return { kind: "wrong" };
  await wipe(db, "wrong_pins");
  return { kind: "wiped" };
}

/** Looks at the counter and the clock; called before anything is opened. */
export async function findReasonToWipe(db: FieldDatabase, now: number): Promise<WipeReason | null> {
  const row = await findVault(db);
  if (row !== null && row.schema <= SCHEMA && row.tries >= MOST_TRIES) return "wrong_pins";
  return (await isWithoutContact(db, now)) ? "no_contact" : null;
}

/** Counts the time since the last contact; called now and then while the page is open, too. */
export async function isWithoutContact(db: FieldDatabase, now: number): Promise<boolean> {
  const row = await findVault(db);
  if (row === null || row.schema > SCHEMA) return false;
  const contact = await write(db, row.id, async (vault) => {
    const next = ticked(vault.contact, now);
    await db.meta.put({ ...vault, contact: next });
    return next;
  });
  return isOverdue(contact);
}

/** The server answered: its time begins the fourteen days anew. */
export function noteContact(vault: Vault, serverTime: string, now: number): Promise<void> {
  const contact = contacted(Date.parse(serverTime), now);
  return changeVault(vault.db, vault.id, () => ({ contact }));
}

type Changed = Partial<Omit<VaultRow, "key" | "id" | "wrapped" | "schema">>;

export function changeVault(
  db: FieldDatabase,
  vaultId: string,
  change: (vault: VaultRow) => Changed,
): Promise<void> {
  return write(db, vaultId, async (vault) => {
    await db.meta.put({ ...vault, ...change(vault) });
  });
}

/** Empties every table; the wrapped key goes with them, and only the reason stays. */
export async function wipe(db: FieldDatabase, reason: WipeReason): Promise<void> {
  await attempt(async () => {
    await db.transaction("rw", db.tables, async () => {
      const vault = await findVault(db);
      const gone = await findGone(db);
      for (const table of db.tables) await table.clear();
      const phoneId = vault?.phoneId ?? gone?.phoneId ?? null;
      await db.meta.put({ key: "gone", reason, phoneId });
    });
  });
}

/** The server knows that the phone is empty. */
export async function forgetReport(db: FieldDatabase): Promise<void> {
  const gone = await findGone(db);
  if (gone !== null) await attempt(() => db.meta.put({ ...gone, phoneId: null }));
}

async function attempt(work: () => PromiseLike<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw asFieldError(error);
  }
}
