import type { Draft, FieldRecord } from "../core/app.ts";
import type { Accepted } from "../core/contract.ts";
import type { Entry } from "../core/outbox.ts";
import { FieldError } from "../core/words.ts";
import { type Sealed, sealJson, unsealJson } from "./crypto.ts";
import { type RecordRow, write } from "./database.ts";
import type { Vault } from "./vault.ts";

/** What of a record is personal, and encrypted as one blob. */
export interface Content extends Pick<Draft, "householdId" | "body" | "form"> {
  readonly answer: Accepted | null;
  readonly errors: Readonly<Record<string, string>>;
}

export interface Stored {
  readonly entry: Entry;
  readonly content: Content;
}

export type Kept = Stored & { readonly version: number };

const PATIENCE = 5;

const placeOf = (id: string): string => `records/${id}`;

function entryOf(row: RecordRow): Entry {
  const { version: _version, sealed: _sealed, ...entry } = row;
  return entry;
}

async function opened(vault: Vault, row: RecordRow): Promise<Kept> {
  // Written by this schema and authenticated: what comes out is what went in.
  const content = (await unsealJson(vault.key, placeOf(row.id), row.sealed)) as Content;
  return { entry: entryOf(row), content, version: row.version };
}

/** All records; of those that are known in their newest version, the known one. */
export async function readRecords(
  vault: Vault,
  known: ReadonlyMap<string, Kept>,
): Promise<Map<string, Kept>> {
  const rows = await vault.db.records.toArray();
  const read = await Promise.all(
    rows.map((row) => {
      const before = known.get(row.id);
      return before?.version === row.version ? before : opened(vault, row);
    }),
  );
  return new Map(read.map((kept) => [kept.entry.id, kept]));
}

export async function countUnsent(db: Vault["db"]): Promise<number> {
  return db.records.where("state").anyOf(["queued", "sending"]).count();
}

export async function findRecord(vault: Vault, id: string): Promise<Kept | null> {
  const row = await vault.db.records.get(id);
  return row === undefined ? null : opened(vault, row);
}

/** Beside a record, in the same transaction: what else has to be true once it is written. */
export type Beside = () => PromiseLike<unknown>;

/**
 * Reads, changes and writes one record; if another tab wrote in between, it is read again.
 * The change gives null where nothing is to be done.
 */
export async function changeRecord(
  vault: Vault,
  id: string,
  change: (before: Stored | null) => Stored | null,
  beside: Beside = () => Promise.resolve(),
): Promise<Kept | null> {
  for (let round = 0; round < PATIENCE; round += 1) {
    const before = await findRecord(vault, id);
    const after = change(before);
    if (after === null) return null;
    const sealed = await sealJson(vault.key, placeOf(id), after.content);
    const version = before?.version ?? 0;
    const isWritten = await swap(vault, version, after.entry, sealed, beside);
    if (isWritten) return { ...after, version: version + 1 };
  }
  throw new FieldError("changed_elsewhere");
}

function swap(
  vault: Vault,
  version: number,
  entry: Entry,
  sealed: Sealed,
  beside: Beside,
): Promise<boolean> {
  return write(vault.db, vault.id, async () => {
    const row = await vault.db.records.get(entry.id);
    if ((row?.version ?? 0) !== version) return false;
    await vault.db.records.put({ ...entry, version: version + 1, sealed });
    await beside();
    return true;
  });
}

/** Takes a record and its photos away, if it is still as the caller thinks. */
export function removeRecord(
  vault: Vault,
  id: string,
  may: (entry: Entry) => boolean,
): Promise<boolean> {
  return write(vault.db, vault.id, async () => {
    const row = await vault.db.records.get(id);
    if (row === undefined || !may(entryOf(row))) return false;
    const photos = vault.db.photos.where("recordId").equals(id);
    await vault.db.pictures.bulkDelete(await photos.primaryKeys());
    await photos.delete();
    await vault.db.records.delete(id);
    return true;
  });
}

export function asFieldRecord(kept: Stored, photos: FieldRecord["photos"]): FieldRecord {
  const { finishedAt: _finishedAt, ...entry } = kept.entry;
  return { ...entry, ...kept.content, photos };
}
