import * as v from "valibot";
import type { Draft } from "./app.ts";
import type { Entry } from "./outbox.ts";

/** The file of unsent records: a small envelope, and inside, encrypted, the records. */
const text = v.string();
const envelope = v.object({
  format: v.literal("bianfang-unsent"),
  version: v.literal(1),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(100_000), v.maxValue(10_000_000)),
  salt: text,
  iv: text,
  data: text,
});

const nullableText = v.nullable(text);
const demand = v.object({
  content: text,
  category_id: text,
  kind: v.picklist(["request", "problem", "suggestion"]),
  urgent: v.boolean(),
  resident_id: nullableText,
  route: v.picklist(["onsite", "timed", "meeting", ""]),
  outcome: v.picklist(["solved", "explained"]),
  result: text,
  reply: text,
  reply_mode: text,
  satisfaction: text,
});

const change = v.object({ from: text, to: text });
const body = v.object({
  visit_id: text,
  household_id: text,
  mode: v.picklist(["day", "evening", "phone"]),
  outcome: v.picklist(["met", "declined", "moved", "closed_door", "not_reached"]),
  happened_at: text,
  visitor_ids: v.array(text),
  topic_ids: v.array(text),
  respondent_relation: text,
  village_facts: text,
  note: text,
  demands: v.array(demand),
  findings: v.array(
    v.object({
      campaign_id: text,
      version: v.number(),
      spot_id: nullableText,
      answers: v.record(text, text),
    }),
  ),
  answers: v.nullable(v.object({ checklist_id: text, values: v.record(text, v.unknown()) })),
  changes: v.nullable(
    v.object({
      living_status: v.nullable(v.object({ ...change.entries, reason: text })),
      contact_time: v.nullable(change),
      door: v.nullable(change),
      phone: v.nullable(v.object({ resident_id: nullableText, to: text })),
    }),
  ),
});

const record = v.object({
  id: text,
  operationId: text,
  state: v.picklist(["draft", "queued", "rejected"]),
  changedAt: text,
  finishedAt: nullableText,
  wasOfferedAgain: v.boolean(),
  householdId: text,
  body,
  form: v.nullable(
    v.object({ checklist_id: text, name: text, version: v.number(), definition: v.unknown() }),
  ),
  errors: v.record(text, text),
});

const photo = v.object({
  id: text,
  recordId: text,
  demand: v.nullable(v.number()),
  data: text,
});

const content = v.object({
  person_id: text,
  records: v.array(record),
  photos: v.array(photo),
});

export type Envelope = v.InferOutput<typeof envelope>;
export type ExportedRecord = v.InferOutput<typeof record>;
export type ExportedPhoto = v.InferOutput<typeof photo>;
export type Exported = v.InferOutput<typeof content>;

export const parseVisitBody = (data: unknown): Draft["body"] => v.parse(body, data);
export const parseEnvelope = (data: unknown): Envelope => v.parse(envelope, data);
export const parseExported = (data: unknown): Exported => v.parse(content, data);

/** A record as the file carries it: one that was under way when it was written waits again. */
export function exported(
  entry: Entry,
  rest: Pick<ExportedRecord, "householdId" | "form" | "errors"> & Pick<Draft, "body">,
): unknown {
  const state = entry.state === "sending" ? "queued" : entry.state;
  const { id, operationId, changedAt, finishedAt, wasOfferedAgain } = entry;
  return { id, operationId, state, changedAt, finishedAt, wasOfferedAgain, ...rest };
}
