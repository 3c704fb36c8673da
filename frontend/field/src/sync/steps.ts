import type { Answer } from "../core/contract.ts";
import { type Entry, moved, type OutboxEvent } from "../core/outbox.ts";
import { say } from "../core/words.ts";
import { findVault } from "../store/database.ts";
import { type Beside, type Content, changeRecord, type Kept } from "../store/records.ts";
import { changed, opened, type Phone } from "./phone.ts";

export function outboxOf(phone: Phone): Entry[] {
  return [...opened(phone).records.values()].map(({ entry }) => entry);
}

/** One move of one record, written and then shown; null where it means nothing (any more). */
export async function step(
  phone: Phone,
  id: string,
  event: OutboxEvent,
  content: Partial<Content> = {},
  beside?: Beside,
): Promise<Kept | null> {
  const memory = opened(phone);
  const after = await changeRecord(
    memory.vault,
    id,
    (before) => {
      const entry = before === null ? null : moved(before.entry, event);
      return before === null || entry === null
        ? null
        : { entry, content: { ...before.content, ...content } };
    },
    beside,
  );
  if (after !== null) memory.records.set(id, after);
  await changed(phone);
  return after;
}

/** The answer is stored in the same write that marks the record. */
export async function afterAnswer(
  phone: Phone,
  id: string,
  answer: Answer | null,
  at: string,
): Promise<void> {
  if (answer === null || answer.state === "later") {
    await step(phone, id, { kind: "put_back" });
  } else if (answer.state === "accepted") {
    const content = { answer, errors: {} };
    await step(phone, id, { kind: "accept", at }, content, rememberLast(phone, answer.id));
  } else {
    const errors = answer.state === "different" ? { "": say("different") } : answer.errors;
    await step(phone, id, { kind: "reject", at }, { errors });
  }
}

function rememberLast(phone: Phone, lastAccepted: string): Beside {
  return async () => {
    const vault = await findVault(phone.db);
    if (vault !== null) await phone.db.meta.put({ ...vault, lastAccepted });
  };
}
