import type {
  Campaign,
  CampaignField,
  DemandBody,
  FindingBody,
  Mode,
  Round,
  VisitBody,
  VisitOutcome,
} from "./contract.ts";
import { dayOf } from "./moment.ts";

/** What is wrong with a field; the pages have a sentence for each. */
export type Flaw =
  | "outcome_of_mode"
  | "nobody_no_demand"
  | "nobody_no_topic"
  | "nobody_no_finding"
  | "visitor_missing"
  | "too_many_visitors"
  | "in_future"
  | "before_round"
  | "content_missing"
  | "category_missing"
  | "result_missing"
  | "reply_missing"
  | "answer_missing"
  | "not_a_number"
  | "spot_missing"
  | "reason_missing"
  | "not_a_phone";

export type Flaws = Readonly<Record<string, Flaw>>;

const MOST_VISITORS = 12;
const CLOCKS_DIFFER = 15 * 60_000;
const PHONE = /^\+?[\d -]{7,20}$/;

/** What can come of a visit made in that way. */
export const OUTCOMES_OF: Readonly<Record<Mode, readonly VisitOutcome[]>> = {
  day: ["met", "closed_door", "declined", "moved"],
  evening: ["met", "closed_door", "declined", "moved"],
  phone: ["met", "not_reached", "declined", "moved"],
};

export interface Grounds {
  readonly now: Date;
  readonly round: Round | null;
  readonly campaigns: readonly Campaign[];
}

/** What the server would refuse, by the names of its fields; empty if it may be sent. */
export function checkVisit(body: VisitBody, grounds: Grounds): Flaws {
  return {
    ...outcomeFlaws(body),
    ...visitorFlaws(body.visitor_ids),
    ...momentFlaws(body.happened_at, grounds),
    ...Object.assign({}, ...body.demands.map(demandFlaws)),
    ...Object.assign({}, ...body.findings.map((each, place) => findingFlaws(each, place, grounds))),
    ...changeFlaws(body),
  };
}

function outcomeFlaws(body: VisitBody): Flaws {
  if (!OUTCOMES_OF[body.mode].includes(body.outcome)) return { outcome: "outcome_of_mode" };
  if (body.outcome === "met") return {};
  const flaws: Record<string, Flaw> = {};
  if (body.topic_ids.length > 0) flaws.topics = "nobody_no_topic";
  if (body.findings.length > 0) flaws.outcome = "nobody_no_finding";
  if (body.demands.length > 0) flaws.outcome = "nobody_no_demand";
  return flaws;
}

function visitorFlaws(ids: readonly string[]): Flaws {
  if (ids.length === 0) return { visitors: "visitor_missing" };
  return ids.length > MOST_VISITORS ? { visitors: "too_many_visitors" } : {};
}

function momentFlaws(at: string, { now, round }: Grounds): Flaws {
  if (new Date(at).getTime() > now.getTime() + CLOCKS_DIFFER) return { happened_at: "in_future" };
  return round && dayOf(at) < round.starts_on ? { happened_at: "before_round" } : {};
}

function demandFlaws(demand: DemandBody, place: number): Flaws {
  const flaws: Record<string, Flaw> = {};
  const name = (field: string) => `demands-${place}-${field}`;
  if (demand.content.trim() === "") flaws[name("content")] = "content_missing";
  if (demand.category_id === "") flaws[name("category")] = "category_missing";
  if (demand.route !== "onsite") return flaws;
  if (demand.result.trim() === "") flaws[name("result")] = "result_missing";
  if (demand.reply.trim() === "") flaws[name("reply")] = "reply_missing";
  return flaws;
}

function findingFlaws(finding: FindingBody, place: number, { campaigns }: Grounds): Flaws {
  const flaws: Record<string, Flaw> = {};
  const campaign = campaigns.find((each) => each.id === finding.campaign_id);
  if (!campaign) return flaws;
  if (campaign.spot_word !== "" && finding.spot_id === null) {
    flaws[`findings-${place}-spot`] = "spot_missing";
  }
  for (const field of campaign.fields) {
    const flaw = answerFlaw(field, finding.answers[field.key] ?? "");
    if (flaw) flaws[`findings-${place}-${field.key}`] = flaw;
  }
  return flaws;
}

function answerFlaw(field: CampaignField, given: string): Flaw | null {
  const text = given.trim();
  if (text === "") return field.required ? "answer_missing" : null;
  if (field.kind !== "whole" && field.kind !== "decimal") return null;
  const places = field.kind === "decimal" ? field.places : 0;
  const number = places > 0 ? new RegExp(`^\\d+(\\.\\d{1,${places}})?$`) : /^\d+$/;
  return number.test(text) ? null : "not_a_number";
}

function changeFlaws({ changes }: VisitBody): Flaws {
  const flaws: Record<string, Flaw> = {};
  const living = changes?.living_status;
  if (living?.to === "vacant" && living.reason === "") flaws.status_reason = "reason_missing";
  if (changes?.phone && !PHONE.test(changes.phone.to)) flaws.phone = "not_a_phone";
  return flaws;
}
