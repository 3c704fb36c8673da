import * as v from "valibot";
import type { Answers, Bundle, Start } from "./contract.ts";

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(
  v.string(),
  v.check((value) => !Number.isNaN(Date.parse(value)), "not a time"),
);

const field = v.object({
  key: text,
  label: text,
  label_en: text,
  kind: v.picklist(["choice", "text", "day", "whole", "decimal"]),
  required: v.boolean(),
  places: count,
  unit: text,
  choices: v.array(v.object({ value: text, label: text, label_en: text, urgent: v.boolean() })),
});

const campaign = v.object({
  id: text,
  name: text,
  version: count,
  hamlets: v.array(text),
  fields: v.array(field),
  spot_word: text,
  spots: v.array(v.object({ id: text, number: text, place: text, hamlet_id: text })),
});

const round = v.object({ id: text, name: text, number: count, starts_on: text, due_on: text });

const hamlet = v.object({
  id: text,
  name: text,
  village: text,
  community: text,
  households: count,
  left: count,
  is_mine: v.boolean(),
});

const topic = v.object({
  id: text,
  kind: v.picklist(["ask", "explain", "campaign"]),
  text,
  hint: text,
});

const category = v.object({
  id: text,
  code: text,
  theme: text,
  name: text,
  name_en: text,
  words: v.array(text),
});

const form = v.object({ checklist_id: text, name: text, version: count, definition: v.unknown() });

const start = v.object({
  time,
  person: v.object({ id: text, name: text, username: text }),
  town: v.object({ id: text, name: text, service_phone: text }),
  may_edit_register: v.boolean(),
  round: v.nullable(round),
  hamlets: v.array(hamlet),
  visitors: v.array(v.object({ id: text, name: text, unit: text })),
  topics: v.array(topic),
  leaflets: v.array(v.object({ id: text, topic: text, title: text, body: text, source: text })),
  categories: v.array(category),
  campaigns: v.array(campaign),
  form: v.nullable(form),
});

const member = v.object({
  id: text,
  name: text,
  relation: text,
  is_child: v.boolean(),
  is_away: v.boolean(),
  away_place: text,
  has_phone: v.boolean(),
});

const target = v.object({
  outcome: v.picklist(["open", "met", "declined", "moved", "left"]),
  attempts: count,
  last_try_at: v.nullable(time),
});

const pastVisit = v.object({
  id: text,
  at: time,
  mode: text,
  outcome: text,
  visitors: text,
  topics: text,
  note: text,
});

const knownDemand = v.object({
  id: text,
  number: text,
  content: text,
  category_id: text,
  state: text,
  state_name: text,
  is_open: v.boolean(),
  due_on: v.nullable(text),
  said_on: text,
});

export const household = v.object({
  id: text,
  mark: text,
  number: text,
  door: text,
  head: text,
  pinyin: text,
  initials: text,
  status: text,
  status_reason: text,
  contact_time: text,
  priority: text,
  note: text,
  members: v.array(member),
  target: v.nullable(target),
  visits: v.array(pastVisit),
  demands: v.array(knownDemand),
});

const bundle = v.object({
  hamlet_id: text,
  as_of: time,
  households: v.array(household),
  gone: v.array(text),
  marks: v.record(text, text),
});

const held = v.object({ field: text, sent: text, now: text, words: text });

export const accepted = v.object({
  id: text,
  state: v.literal("accepted"),
  receipt: text,
  visit_id: text,
  demands: v.array(v.object({ id: text, number: text })),
  held: v.array(held),
});

const answer = v.variant("state", [
  accepted,
  v.object({ id: text, state: v.literal("rejected"), errors: v.record(text, text) }),
  v.object({ id: text, state: v.literal("different") }),
  v.object({ id: text, state: v.literal("later"), message: text }),
]);

const answers = v.object({ time, is_last_known: v.boolean(), answers: v.array(answer) });

const photoAnswer = v.variant("state", [
  v.object({ state: v.literal("accepted"), receipt: v.optional(text, "") }),
  v.object({ state: v.literal("rejected"), errors: v.record(text, text) }),
  v.object({ state: v.literal("different") }),
  v.object({ state: v.literal("later"), message: text }),
]);

export type PhotoAnswer = v.InferOutput<typeof photoAnswer>;

const keptHamlet = v.object({ hamletId: text, asOf: time, households: v.array(household) });

/** Each throws where what came is not what `docs/how-to/field-api.md` says. */
export const parseStart = (data: unknown): Start => v.parse(start, data);
export const parseBundle = (data: unknown): Bundle => v.parse(bundle, data);
export const parseAnswers = (data: unknown): Answers => v.parse(answers, data);
export const parsePhotoAnswer = (data: unknown): PhotoAnswer => v.parse(photoAnswer, data);
export const parseKeptHamlet = (data: unknown): v.InferOutput<typeof keptHamlet> =>
  v.parse(keptHamlet, data);

const csrf = v.object({ csrf: text, signed_in: v.boolean() });
export const parseCsrf = (data: unknown): v.InferOutput<typeof csrf> => v.parse(csrf, data);

const known = v.object({ missing: v.array(text) });
export const parseKnown = (data: unknown): v.InferOutput<typeof known> => v.parse(known, data);

const number = v.object({ phone: text });
export const parseNumber = (data: unknown): v.InferOutput<typeof number> => v.parse(number, data);

const refusal = v.object({ code: text, message: v.optional(text, "") });
export type Refusal = v.InferOutput<typeof refusal>;

/** What a refusing answer says, or null where it is not the server's own (a proxy, a gate). */
export function findRefusal(data: unknown): Refusal | null {
  const read = v.safeParse(refusal, data);
  return read.success ? read.output : null;
}
