import type { PhotoEntry } from "../core/app.ts";
import { FieldError } from "../core/words.ts";
import { type Channel, openChannel } from "../store/channel.ts";
import {
  asFieldError,
  type FieldDatabase,
  findGone,
  findVault,
  type GoneRow,
  makeDatabase,
  openTables,
  SCHEMA,
  type VaultRow,
} from "../store/database.ts";
import { listPhotos } from "../store/photos.ts";
import { countUnsent, type Kept, readRecords } from "../store/records.ts";
import { type KeptStart, type KeptVillage, readStart, readVillages } from "../store/register.ts";
import type { Vault } from "../store/vault.ts";
import { type Environment, makeId } from "./environment.ts";

/** What the pages read while the phone is unlocked: the decrypted copy of the tables. */
export interface Memory {
  readonly vault: Vault;
  start: KeptStart | null;
  villages: Map<string, KeptVillage>;
  records: Map<string, Kept>;
  photos: Map<string, PhotoEntry[]>;
}

/** This tab: the database, what is known of it without a key, and, unlocked, what is in it. */
export interface Phone {
  readonly env: Environment;
  readonly db: FieldDatabase;
  readonly tab: string;
  readonly channel: Channel;
  readonly listeners: Set<() => void>;
  vault: VaultRow | null;
  gone: GoneRow | null;
  unsent: number;
  /** A newer page has changed the tables: nothing more is written here. */
  isStale: boolean;
  open: Memory | null;
}

/** Called often and in bursts, the work is done once more after the last call, never twice at once. */
function inOneGo(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isOwed = false;
  const go = async (): Promise<void> => {
    isRunning = true;
    try {
      do {
        isOwed = false;
        await work();
      } while (isOwed);
    } finally {
      isRunning = false;
    }
  };
  return () => {
    isOwed = true;
    if (!isRunning) void go();
  };
}

export async function openPhone(env: Environment): Promise<Phone> {
  const db = makeDatabase(env.database);
  const look = inOneGo(() => refresh(phone));
  const phone: Phone = {
    env,
    db,
    tab: makeId(env),
    channel: openChannel(env.database, look),
    listeners: new Set(),
    vault: null,
    gone: null,
    unsent: 0,
    isStale: false,
    open: null,
  };
  db.on("versionchange", () => {
    db.close();
    phone.isStale = true;
    tell(phone);
  });
  try {
    await openTables(db);
    await readMeta(phone);
  } catch (error) {
    const isStale = asFieldError(error).trouble === "stale";
    throw new FieldError(isStale ? "stale" : "no_storage");
  }
  // Where tabs cannot talk to each other, a tab looks when it comes to the front.
  env.on("shown", look);
  return phone;
}

/** The pages draw themselves anew. */
export function tell(phone: Phone): void {
  for (const listener of phone.listeners) listener();
}

/** Something was written here: this tab's pages and the other tabs look at it. */
export async function changed(phone: Phone): Promise<void> {
  await readMeta(phone);
  phone.channel.tell("changed");
  tell(phone);
}

export async function readMeta(phone: Phone): Promise<void> {
  phone.vault = await findVault(phone.db);
  phone.gone = await findGone(phone.db);
  phone.unsent = await countUnsent(phone.db);
  if (phone.vault !== null && phone.vault.schema > SCHEMA) phone.isStale = true;
  if (phone.open !== null && phone.open.vault.id !== phone.vault?.id) phone.open = null;
}

/** Reads whatever another tab may have written. */
export async function refresh(phone: Phone): Promise<void> {
  if (phone.isStale) return;
  try {
    await readMeta(phone);
    if (phone.open !== null) await readInto(phone.open);
  } catch {
    // The database was closed by a newer page or is being wiped; the next look shows which.
  }
  tell(phone);
}

export async function unlock(phone: Phone, vault: Vault): Promise<void> {
  const none = { start: null, villages: new Map(), records: new Map(), photos: new Map() };
  const memory: Memory = { vault, ...none };
  await readInto(memory);
  await readMeta(phone);
  if (phone.vault?.id !== vault.id) throw new FieldError("wiped");
  phone.open = memory;
}

async function readInto(memory: Memory): Promise<void> {
  const { vault } = memory;
  memory.start = await readStart(vault, memory.start);
  memory.villages = await readVillages(vault, memory.villages);
  memory.records = await readRecords(vault, memory.records);
  memory.photos = await listPhotos(vault);
}

export async function readRegister(memory: Memory): Promise<void> {
  memory.start = await readStart(memory.vault, memory.start);
  memory.villages = await readVillages(memory.vault, memory.villages);
}

export async function readPhotos(memory: Memory): Promise<void> {
  memory.photos = await listPhotos(memory.vault);
}

/** What is in the phone, where it is unlocked; else the person is told to unlock it. */
export function opened(phone: Phone): Memory {
  if (phone.isStale) throw new FieldError("stale");
  if (phone.open === null) throw new FieldError("locked");
  return phone.open;
}
