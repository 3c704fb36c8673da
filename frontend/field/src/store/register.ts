import type { Start } from "../core/contract.ts";
import type { KeptHamlet } from "../core/delta.ts";
import { parseKeptHamlet, parseStart } from "../core/parse.ts";
import { sealJson, unsealJson } from "./crypto.ts";
import { type BlobRow, write } from "./database.ts";
import type { Vault } from "./vault.ts";

/** What came from the server: what is asked this round, and the natural villages taken along. */
export interface KeptVillage {
  readonly version: number;
  readonly hamlet: KeptHamlet;
}

export interface KeptStart {
  readonly version: number;
  readonly start: Start;
}

const START = "start";

const placeOf = (table: "start" | "hamlets", id: string): string => `${table}/${id}`;

/** Null where nothing is kept, or what is kept is of an older page and has to be fetched again. */
export async function readStart(vault: Vault, known: KeptStart | null): Promise<KeptStart | null> {
  const row = await vault.db.start.get(START);
  if (row === undefined || row.version === known?.version) return known;
  const start = await opened(vault, "start", row, parseStart);
  return start === null ? null : { version: row.version, start };
}

export function writeStart(vault: Vault, start: Start): Promise<void> {
  return put(vault, "start", START, start);
}

export async function readVillages(
  vault: Vault,
  known: ReadonlyMap<string, KeptVillage>,
): Promise<Map<string, KeptVillage>> {
  const rows = await vault.db.hamlets.toArray();
  const read = await Promise.all(
    rows.map(async (row): Promise<KeptVillage | null> => {
      const before = known.get(row.id);
      if (before?.version === row.version) return before;
      const hamlet = await opened(vault, "hamlets", row, parseKeptHamlet);
      return hamlet === null ? null : { version: row.version, hamlet };
    }),
  );
  const kept = read.filter((village) => village !== null);
  return new Map(kept.map((village) => [village.hamlet.hamletId, village]));
}

export async function findVillage(vault: Vault, hamletId: string): Promise<KeptVillage | null> {
  const row = await vault.db.hamlets.get(hamletId);
  if (row === undefined) return null;
  const hamlet = await opened(vault, "hamlets", row, parseKeptHamlet);
  return hamlet === null ? null : { version: row.version, hamlet };
}

/** Writes over what was read; false where another tab was quicker. */
export async function writeVillage(
  vault: Vault,
  hamlet: KeptHamlet,
  before: KeptVillage | null,
): Promise<boolean> {
  const { hamletId } = hamlet;
  const sealed = await sealJson(vault.key, placeOf("hamlets", hamletId), hamlet);
  return write(vault.db, vault.id, async () => {
    const row = await vault.db.hamlets.get(hamletId);
    const version = row?.version ?? 0;
    if (before !== null && before.version !== version) return false;
    await vault.db.hamlets.put({ id: hamletId, version: version + 1, sealed });
    return true;
  });
}

export function removeVillage(vault: Vault, hamletId: string): Promise<void> {
  return write(vault.db, vault.id, () => vault.db.hamlets.delete(hamletId));
}

export async function listTaken(vault: Vault): Promise<string[]> {
  return vault.db.hamlets.toCollection().primaryKeys();
}

async function opened<T>(
  vault: Vault,
  table: "start" | "hamlets",
  row: BlobRow,
  parse: (data: unknown) => T,
): Promise<T | null> {
  const data = await unsealJson(vault.key, placeOf(table, row.id), row.sealed);
  try {
    return parse(data);
  } catch {
    return null;
  }
}

async function put(vault: Vault, table: "start", id: string, value: unknown): Promise<void> {
  const sealed = await sealJson(vault.key, placeOf(table, id), value);
  await write(vault.db, vault.id, async () => {
    const row = await vault.db[table].get(id);
    await vault.db[table].put({ id, version: (row?.version ?? 0) + 1, sealed });
  });
}
