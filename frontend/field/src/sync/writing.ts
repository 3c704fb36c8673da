import type { Draft } from "../core/app.ts";
import { moved, type OutboxEvent } from "../core/outbox.ts";
import { FieldError } from "../core/words.ts";
import * as photos from "../store/photos.ts";
import { changeRecord, removeRecord, type Stored } from "../store/records.ts";
import { iso, makeId } from "./environment.ts";
import { changed, opened, type Phone, readPhotos } from "./phone.ts";

let last: Promise<unknown> = Promise.resolve();

/** One write of the person after the other, so that an older text never comes last. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.catch(() => null).then(work);
  last = mine;
  return mine;
}

/** Once everything the person typed is written, or has failed and was shown. */
export async function settled(): Promise<void> {
  await last.catch(() => null);
}

async function change(
  phone: Phone,
  id: string,
  event: OutboxEvent,
  rest: (before: Stored) => Partial<Stored["content"]> = () => ({}),
): Promise<void> {
  const memory = opened(phone);
  const after = await changeRecord(memory.vault, id, (before) => {
    const entry = before === null ? null : moved(before.entry, event);
    if (before === null || entry === null) throw new FieldError("not_now");
    return { entry, content: { ...before.content, ...rest(before) } };
  });
  if (after !== null) memory.records.set(id, after);
  await changed(phone);
}

export function saveDraft(phone: Phone, draft: Draft): Promise<void> {
  return inTurn(async () => {
    const memory = opened(phone);
    const after = await changeRecord(memory.vault, draft.id, (before) =>
      before === null ? begun(phone, draft) : written(phone, draft, before),
    );
    if (after !== null) memory.records.set(draft.id, after);
    await changed(phone);
  });
}

function begun(phone: Phone, draft: Draft): Stored {
  if (phone.vault === null) throw new FieldError("wiped");
  const { personId } = phone.vault;
  if (personId === null) throw new FieldError("no_person");
  const { id, householdId, body, form } = draft;
  const entry = {
    id,
    operationId: makeId(phone.env),
    state: "draft",
    personId,
    changedAt: iso(phone.env),
    finishedAt: null,
    sentAt: null,
    wasOfferedAgain: false,
  } as const;
  return { entry, content: { householdId, body, form, answer: null, errors: {} } };
}

function written(phone: Phone, draft: Draft, before: Stored): Stored {
  const entry = moved(before.entry, { kind: "write", at: iso(phone.env) });
  if (entry === null) throw new FieldError("not_now");
  const { householdId, body, form } = draft;
  return { entry, content: { ...before.content, householdId, body, form } };
}

export function queue(phone: Phone, recordId: string): Promise<void> {
  const event = { kind: "finish", at: iso(phone.env) } as const;
  return inTurn(() => change(phone, recordId, event, () => ({ errors: {} })));
}

/**
 * The mended record is a new operation and a new visit. What was wrong stays beside it until it
 * is finished again.
 */
export function reopen(phone: Phone, recordId: string): Promise<void> {
  const event = { kind: "reopen", at: iso(phone.env), operationId: makeId(phone.env) } as const;
  return inTurn(() =>
    change(phone, recordId, event, ({ content }) => ({
      body: { ...content.body, visit_id: makeId(phone.env) },
    })),
  );
}

export function discard(
  phone: Phone,
  recordId: string,
  may: (state: Stored["entry"]["state"]) => boolean,
): Promise<void> {
  return inTurn(async () => {
    const memory = opened(phone);
    const isGone = await removeRecord(memory.vault, recordId, ({ state }) => may(state));
    if (!isGone) throw new FieldError("not_now");
    memory.records.delete(recordId);
    await readPhotos(memory);
    await changed(phone);
  });
}

/** Photos belong to a draft: what is finished goes out as it is. */
export function addPhoto(
  phone: Phone,
  recordId: string,
  demand: number | null,
  picture: Blob,
): Promise<void> {
  return inTurn(async () => {
    const memory = opened(phone);
    const small = await phone.env.shrink(picture);
    const content = await new Response(small).arrayBuffer();
    const photo = { id: makeId(phone.env), recordId, demand, content };
    await photos.addPhoto(memory.vault, photo, (state) => state === "draft");
    await readPhotos(memory);
    await changed(phone);
  });
}

export function removePhoto(phone: Phone, recordId: string, photoId: string): Promise<void> {
  return inTurn(async () => {
    const memory = opened(phone);
    await photos.removePhoto(memory.vault, recordId, photoId);
    await readPhotos(memory);
    await changed(phone);
  });
}

export async function photo(phone: Phone, photoId: string): Promise<Blob | null> {
  const picture = await photos.readPhoto(opened(phone).vault, photoId);
  return picture === null ? null : new Blob([picture], { type: "image/jpeg" });
}
