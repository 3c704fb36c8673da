import { Dexie, type EntityTable, type Table } from "dexie";
import type { WipeReason } from "../core/app.ts";
import type { Contact } from "../core/contact.ts";
import type { Entry } from "../core/outbox.ts";
import { FieldError } from "../core/words.ts";
import type { Sealed, WrappedKey } from "./crypto.ts";

/** What this page understands; a page that finds a higher number writes nothing. */
export const SCHEMA = 1;

/** What has to be known while the phone is locked: ids, states, times and counters only. */
export interface VaultRow {
  readonly key: "vault";
  readonly id: string;
  readonly schema: number;
  readonly wrapped: WrappedKey;
  readonly tries: number;
  readonly contact: Contact;
  readonly phoneId: string;
  readonly personId: string | null;
  readonly lastAccepted: string | null;
}

/** What is left after a wipe: why, and which phone has to be reported as empty. */
export interface GoneRow {
  readonly key: "gone";
  readonly reason: WipeReason | null;
  readonly phoneId: string | null;
}

export interface LeaseRow {
  readonly key: "lease";
  readonly owner: string;
  readonly until: number;
}

export type MetaRow = VaultRow | GoneRow | LeaseRow;

export interface RecordRow extends Entry {
  readonly version: number;
  readonly sealed: Sealed;
}

export interface PhotoRow {
  readonly id: string;
  readonly recordId: string;
  readonly demand: number | null;
  readonly state: "kept" | "sent" | "refused";
  readonly size: number;
}

/** Apart from what is known of it, so that a list of photos reads no pictures. */
export interface PictureRow {
  readonly id: string;
  readonly sealed: Sealed;
}

export interface BlobRow {
  readonly id: string;
  readonly version: number;
  readonly sealed: Sealed;
}

export type FieldDatabase = Dexie & {
  meta: Table<MetaRow, string>;
  records: EntityTable<RecordRow, "id">;
  photos: EntityTable<PhotoRow, "id">;
  pictures: EntityTable<PictureRow, "id">;
  /** One blob per natural village. */
  hamlets: EntityTable<BlobRow, "id">;
  start: EntityTable<BlobRow, "id">;
};

export function makeDatabase(name: string): FieldDatabase {
  const db = new Dexie(name) as FieldDatabase;
  db.version(SCHEMA).stores({
    meta: "key",
    records: "id, state",
    photos: "id, recordId",
    pictures: "id",
    hamlets: "id",
    start: "id",
  });
  return db;
}

/**
 * Opens the tables, unless a newer page has changed them: Dexie would put back into them what an
 * older page misses.
 */
export async function openTables(db: FieldDatabase): Promise<void> {
  // Dexie counts in tens, to leave room for steps of its own.
  if ((await versionOf(db.name)) >= (SCHEMA + 1) * 10) throw new FieldError("stale");
  await db.open();
}

function versionOf(name: string): Promise<number> {
  return new Promise((found, failed) => {
    const request = indexedDB.open(name);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => {
      found(request.result.version);
      request.result.close();
    };
    request.onerror = () => (isNew ? found(0) : failed(request.error));
  });
}

export async function findVault(db: FieldDatabase): Promise<VaultRow | null> {
  const row = await db.meta.get("vault");
  return row?.key === "vault" ? row : null;
}

export async function findGone(db: FieldDatabase): Promise<GoneRow | null> {
  const row = await db.meta.get("gone");
  return row?.key === "gone" ? row : null;
}

/**
 * One write of all or nothing, into the vault it was meant for: after a wipe, or under a newer
 * page's schema, it fails instead of leaving something behind.
 */
export async function write<T>(
  db: FieldDatabase,
  vaultId: string,
  work: (vault: VaultRow) => PromiseLike<T>,
): Promise<T> {
  try {
    return await db.transaction("rw", db.tables, async () => {
      const vault = await findVault(db);
      if (vault !== null && vault.schema > SCHEMA) throw new FieldError("stale");
      if (vault === null || vault.id !== vaultId) throw new FieldError("wiped");
      return work(vault);
    });
  } catch (error) {
    throw asFieldError(error);
  }
}

const CLOSED = new Set(["DatabaseClosedError", "VersionError", "VersionChangeError"]);

/** What a person has to know of a failed write; it is never silent. */
export function asFieldError(error: unknown): FieldError {
  if (error instanceof FieldError) return error;
  const names = namesOf(error, 4);
  if (names.includes("QuotaExceededError")) return new FieldError("full");
  return new FieldError(names.some((name) => CLOSED.has(name)) ? "stale" : "not_written");
}

function namesOf(error: unknown, depth: number): string[] {
  if (depth === 0 || typeof error !== "object" || error === null) return [];
  const name = "name" in error ? String(error.name) : "";
  return [name, ...namesOf("inner" in error ? error.inner : null, depth - 1)];
}
