import {
  type Envelope,
  type Exported,
  type ExportedRecord,
  exported,
  parseEnvelope,
  parseExported,
} from "../core/export-file.ts";
import { FieldError } from "../core/words.ts";
import {
  fromBase64,
  keyFromWords,
  ROUNDS,
  randomBytes,
  sealJson,
  toBase64,
  unsealJson,
} from "../store/crypto.ts";
import { addPhoto, readPhoto } from "../store/photos.ts";
import { changeRecord, type Kept } from "../store/records.ts";
import { changed, type Memory, opened, type Phone, readPhotos } from "./phone.ts";

const PLACE = "bianfang-unsent/1";
const SHORTEST = 8;

/** Everything the server does not have, drafts too, under a password of the person's own. */
export async function exportUnsent(phone: Phone, password: string): Promise<Blob> {
  const memory = opened(phone);
  if (password.length < SHORTEST) throw new FieldError("bad_password");
  const kept = [...memory.records.values()];
  const photos: unknown[] = [];
  for (const { entry } of kept) photos.push(...(await photosOf(memory, entry.id)));
  const content = {
    person_id: personOf(phone),
    records: kept.filter(({ entry }) => entry.state !== "accepted").map(asExported),
    photos,
  };
  const salt = randomBytes(16);
  const key = await keyFromWords(password, salt, ROUNDS, ["encrypt"]);
  const { iv, data } = await sealJson(key, PLACE, content);
  const envelope: Envelope = {
    format: "bianfang-unsent",
    version: 1,
    rounds: ROUNDS,
    salt: toBase64(salt),
    iv: toBase64(iv),
    data: toBase64(data),
  };
  return new Blob([JSON.stringify(envelope)], { type: "application/json" });
}

function personOf(phone: Phone): string {
  const personId = phone.vault?.personId ?? null;
  if (personId === null) throw new FieldError("no_person");
  return personId;
}

function asExported({ entry, content }: Kept): unknown {
  const { answer: _answer, ...rest } = content;
  return exported(entry, rest);
}

async function photosOf(memory: Memory, recordId: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { id, demand, state } of memory.photos.get(recordId) ?? []) {
    const picture = state === "kept" ? await readPhoto(memory.vault, id) : null;
    if (picture !== null) found.push({ id, recordId, demand, data: toBase64(picture) });
  }
  return found;
}

/** Puts the records of a file back; those that are here stay as they are. Gives how many came. */
export async function importUnsent(phone: Phone, file: Blob, password: string): Promise<number> {
  const memory = opened(phone);
  const content = await decrypted(file, password);
  if (content.person_id !== personOf(phone)) throw new FieldError("other_person");
  let count = 0;
  for (const record of content.records) {
    if (isHere(memory, record)) continue;
    const kept = await changeRecord(memory.vault, record.id, (before) =>
      before === null ? asStored(record, content.person_id) : null,
    );
    if (kept === null) continue;
    memory.records.set(record.id, kept);
    count += 1;
  }
  for (const { id, recordId, demand, data } of content.photos) {
    if (!memory.records.has(recordId)) continue;
    const photo = { id, recordId, demand, content: fromBase64(data) };
    await addPhoto(memory.vault, photo, () => true);
  }
  await readPhotos(memory);
  await changed(phone);
  return count;
}

async function decrypted(file: Blob, password: string): Promise<Exported> {
  const envelope = await readEnvelope(file);
  const salt = fromBase64(envelope.salt);
  const key = await keyFromWords(password, salt, envelope.rounds, ["decrypt"]);
  const sealed = { iv: fromBase64(envelope.iv), data: fromBase64(envelope.data).buffer };
  const data = await unsealJson(key, PLACE, sealed).catch(() => {
    throw new FieldError("wrong_password");
  });
  try {
    return parseExported(data);
  } catch {
    throw new FieldError("bad_file");
  }
}

async function readEnvelope(file: Blob): Promise<Envelope> {
  try {
    return parseEnvelope(JSON.parse(await textOf(file)));
  } catch {
    throw new FieldError("bad_file");
  }
}

function textOf(file: Blob): Promise<string> {
  return new Response(file).text();
}

/** The same visit, even if it was reopened or sent meanwhile. */
function isHere(memory: Memory, record: ExportedRecord): boolean {
  return [...memory.records.values()].some(
    ({ entry }) => entry.id === record.id || entry.operationId === record.operationId,
  );
}

function asStored(record: ExportedRecord, personId: string) {
  const { householdId, body, form, errors, ...entry } = record;
  return {
    entry: { ...entry, personId, sentAt: null },
    content: { householdId, body, form, errors, answer: null },
  };
}
