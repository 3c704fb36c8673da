import type { Flaw, Flaws } from "../../core/check.ts";
import { type Key, t } from "../words.ts";

const WORDS: Readonly<Record<Flaw, Key>> = {
  outcome_of_mode: "flaw.outcome_of_mode",
  nobody_no_demand: "flaw.nobody_no_demand",
  nobody_no_topic: "flaw.nobody_no_topic",
  nobody_no_finding: "flaw.nobody_no_finding",
  visitor_missing: "flaw.visitor_missing",
  too_many_visitors: "flaw.too_many_visitors",
  in_future: "flaw.in_future",
  before_round: "flaw.before_round",
  content_missing: "flaw.content_missing",
  category_missing: "flaw.category_missing",
  result_missing: "flaw.result_missing",
  reply_missing: "flaw.reply_missing",
  answer_missing: "flaw.answer_missing",
  not_a_number: "flaw.not_a_number",
  spot_missing: "flaw.spot_missing",
  reason_missing: "flaw.reason_missing",
  not_a_phone: "flaw.not_a_phone",
};

/** A sentence for each wrong field. */
export function wordsOf(flaws: Flaws): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(flaws).map(([field, flaw]) => [field, t(WORDS[flaw])]));
}
