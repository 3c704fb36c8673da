import type {
  ChangesBody,
  DemandBody,
  FindingBody,
  Household,
  Start,
  VisitBody,
} from "../../core/contract.ts";
import { inputOf } from "../../core/moment.ts";
import { joined, language, t, word } from "../words.ts";

export interface Fact {
  readonly name: string;
  readonly text: string;
}

/** Everything that a record says, in words. */
export function factsOf(
  body: VisitBody,
  start: Start | null,
  household: Household | null,
): readonly Fact[] {
  const visitors = body.visitor_ids.map((id) => visitorOf(id, start));
  const topics = body.topic_ids.map(
    (id) => start?.topics.find((each) => each.id === id)?.text ?? "",
  );
  return [
    { name: t("visit.moment"), text: inputOf(body.happened_at).replace("T", " ") },
    { name: t("visit.visitors"), text: joined(visitors) },
    { name: t("visit.with_whom"), text: word("relation", body.respondent_relation) },
    { name: t("visit.topics"), text: joined(topics) },
    ...body.demands.map((demand, place) => demandFact(demand, place, start, household)),
    ...body.findings.map((finding) => findingFact(finding, start)),
    ...changeFacts(body.changes),
    { name: t("visit.facts"), text: body.village_facts },
    { name: t("visit.note"), text: body.note },
  ].filter((fact) => fact.text !== "");
}

function visitorOf(id: string, start: Start | null): string {
  if (start?.person.id === id) return start.person.name;
  return start?.visitors.find((each) => each.id === id)?.name ?? "";
}

function demandFact(
  demand: DemandBody,
  place: number,
  start: Start | null,
  household: Household | null,
): Fact {
  const category = start?.categories.find((each) => each.id === demand.category_id);
  const name = language.value === "en" ? category?.name_en : category?.name;
  const asker = household?.members.find((each) => each.id === demand.resident_id)?.name ?? "";
  const route = demand.route === "" ? t("demand.office_decides") : word("route", demand.route);
  const codes = [name ?? "", word("kind", demand.kind), route, asker];
  const lines = [demand.content, joined(demand.urgent ? [...codes, t("demand.urgent")] : codes)];
  if (demand.route === "onsite") {
    lines.push(
      `${t("demand.result")}: ${demand.result}`,
      `${t("demand.reply")}: ${demand.reply}`,
      joined([
        word("ending", demand.outcome),
        word("reply_mode", demand.reply_mode),
        word("satisfaction", demand.satisfaction),
      ]),
    );
  }
  return { name: t("demand.place", { number: place + 1 }), text: lines.join("\n") };
}

function findingFact(finding: FindingBody, start: Start | null): Fact {
  const campaign = start?.campaigns.find((each) => each.id === finding.campaign_id);
  const isEnglish = language.value === "en";
  const lines = (campaign?.fields ?? []).flatMap((field) => {
    const value = finding.answers[field.key];
    if (value === undefined) return [];
    const choice = field.choices.find((each) => each.value === value);
    const said = choice ? (isEnglish && choice.label_en) || choice.label : value + field.unit;
    return [`${(isEnglish && field.label_en) || field.label}: ${said}`];
  });
  const spot = campaign?.spots.find((each) => each.id === finding.spot_id);
  return {
    name: campaign?.name ?? "",
    text: [...(spot ? [`${spot.number} ${spot.place}`] : []), ...lines].join("\n"),
  };
}

function changeFacts(changes: ChangesBody | null): readonly Fact[] {
  if (!changes) return [];
  const { living_status: living, contact_time: time, door, phone } = changes;
  const facts: Fact[] = [];
  const change = (from: string, to: string) => `${from || "—"} → ${to || "—"}`;
  if (living) {
    const text = change(word("living_status", living.from), word("living_status", living.to));
    facts.push({ name: t("changes.status"), text: joined([text, living.reason]) });
  }
  if (time) {
    const text = change(word("contact_time", time.from), word("contact_time", time.to));
    facts.push({ name: t("changes.contact_time"), text });
  }
  if (door) facts.push({ name: t("changes.door"), text: change(door.from, door.to) });
  if (phone) facts.push({ name: t("changes.phone"), text: phone.to });
  return facts;
}
