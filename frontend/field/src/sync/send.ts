import type { Answer, Answers, Command } from "../core/contract.ts";
import { inOrder, moved, type OutboxEvent } from "../core/outbox.ts";
import { parseAnswers, parseKnown } from "../core/parse.ts";
import { FieldError, say } from "../core/words.ts";
import { changeVault } from "../store/vault.ts";
import { type Server, Stopped } from "./http.ts";
import type { Phone } from "./phone.ts";
import { afterAnswer, outboxOf, step } from "./steps.ts";

const MOST = 50;
const MOST_ASKED = 200;

/** One going through everything that waits; `notes` are shown to the person at its end. */
export interface Run {
  readonly phone: Phone;
  readonly server: Server;
  readonly notes: string[];
}

/** Records that a closed tab left under way wait again; only the tab that may send calls this. */
export async function freeOrphans(phone: Phone): Promise<void> {
  for (const { id, state } of outboxOf(phone)) {
    if (state === "sending") await step(phone, id, { kind: "put_back" });
  }
}

/**
 * Sends what waits, in the order it was finished in. One batch goes out even if it is empty:
 * it tells whose session this is, and whether the server was restored from a backup.
 */
export async function sendRecords(run: Run): Promise<void> {
  const { phone } = run;
  if (!phone.vault?.personId) return;
  const tooLarge = new Set<string>();
  let size = MOST;
  let isFirst = true;
  for (;;) {
    const waiting = inOrder(outboxOf(phone)).filter(({ id }) => !tooLarge.has(id));
    const batch = waiting.slice(0, size).map(({ id }) => id);
    if (batch.length === 0 && !isFirst) break;
    isFirst = false;
    const trouble = await sendBatch(run, batch);
    if (trouble === null) continue;
    if (batch.length > 1) {
      size = trouble.reason === "too_large" ? Math.ceil(batch.length / 2) : 1;
    } else if (trouble.reason === "too_large") {
      batch.forEach((id) => void tooLarge.add(id));
    }
  }
  if (tooLarge.size > 0) throw new Stopped("too_large", say("too_large"));
}

/** Gives back why the batch as a whole was not read, if smaller ones may go better. */
async function sendBatch(run: Run, ids: readonly string[]): Promise<Stopped | null> {
  const { phone, server } = run;
  const commands: Command[] = [];
  const under: string[] = [];
  await server.freshToken();
  for (const id of ids) {
    const taken = await step(phone, id, { kind: "take" });
    if (taken === null) continue;
    const { operationId, finishedAt, changedAt } = taken.entry;
    const made_at = finishedAt ?? changedAt;
    under.push(id);
    commands.push({ id: operationId, kind: "visit.record", made_at, body: taken.content.body });
  }
  let answers: Answers;
  try {
    answers = await postBatch(phone, server, commands);
  } catch (error) {
    return await keepAfter(phone, under, error);
  }
  const later = await settle(phone, under, answers);
  if (!answers.is_last_known) await offerAgain(run);
  if (later !== null) throw new Stopped("later", later);
  return null;
}

async function postBatch(
  phone: Phone,
  server: Server,
  commands: readonly Command[],
): Promise<Answers> {
  const { vault } = phone;
  if (vault === null) throw new FieldError("wiped");
  const { phoneId, personId, lastAccepted } = vault;
  const batch = { phone_id: phoneId, person_id: personId, last_accepted: lastAccepted, commands };
  return server.post("commands/", batch, parseAnswers);
}

async function keepAfter(
  phone: Phone,
  ids: readonly string[],
  error: unknown,
): Promise<Stopped | null> {
  const isStopped = error instanceof Stopped;
  const isUnread = isStopped && error.reason === "bad_request";
  const [only] = ids;
  if (isUnread && only !== undefined && ids.length === 1) {
    const at = new Date(phone.env.now()).toISOString();
    await step(phone, only, { kind: "reject", at }, { errors: { "": error.message } });
    return null;
  }
  for (const id of ids) await step(phone, id, { kind: "put_back" });
  const isSmaller = isUnread || (isStopped && error.reason === "too_large");
  if (isSmaller && ids.length > 0) return error;
  throw error;
}

/** Stores each answer; gives back the server's sentence if something has to wait. */
async function settle(
  phone: Phone,
  ids: readonly string[],
  answers: Answers,
): Promise<string | null> {
  const byId = new Map(answers.answers.map((answer) => [answer.id, answer]));
  let later: string | null = null;
  for (const id of ids) {
    const operationId = phone.open?.records.get(id)?.entry.operationId ?? "";
    const answer = byId.get(operationId) ?? null;
    await afterAnswer(phone, id, answer, answers.time);
    if (answer === null || answer.state === "later") later = wordsOf(answer);
  }
  return later;
}

function wordsOf(answer: Extract<Answer, { state: "later" }> | null): string {
  return answer?.message || say("no_connection");
}

/**
 * The server does not know the last operation it answered: it was restored from an older backup.
 * What it has lost waits again, under the same ids.
 */
async function offerAgain({ phone, server }: Run): Promise<void> {
  const accepted = outboxOf(phone)
    .filter(({ state }) => state === "accepted")
    .sort((a, b) => (a.sentAt ?? "").localeCompare(b.sentAt ?? ""));
  const missing = new Set<string>();
  for (let from = 0; from < accepted.length; from += MOST_ASKED) {
    const ids = accepted.slice(from, from + MOST_ASKED).map(({ operationId }) => operationId);
    const answer = await server.post("known/", { ids }, parseKnown);
    answer.missing.forEach((id) => void missing.add(id));
  }
  const event: OutboxEvent = { kind: "offer_again" };
  const lost = accepted.filter(({ operationId }) => missing.has(operationId));
  const known = accepted.filter(({ operationId }) => !missing.has(operationId));
  const last = known[known.length - 1];
  for (const entry of lost) {
    if (moved(entry, event) !== null) await step(phone, entry.id, event, { answer: null });
  }
  await changeVault(phone.db, phone.vault?.id ?? "", () => ({
    lastAccepted: last?.operationId ?? null,
  }));
}
