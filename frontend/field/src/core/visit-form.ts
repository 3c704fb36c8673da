import type { Draft, FieldRecord } from "./app.ts";
import type { ChangesBody, DemandBody, Household, Start, VisitBody } from "./contract.ts";
import { isoOf, modeAt } from "./moment.ts";

export type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

export type DemandForm = Mutable<DemandBody>;

/** What the person says about the household now; equal to what was seen means: no change. */
export interface ChangesForm {
  status: string;
  reason: string;
  contactTime: string;
  door: string;
  phone: string;
  phoneOf: string;
}

export interface VisitForm {
  readonly id: string;
  readonly householdId: string;
  readonly questions: Start["form"];
  readonly body: Mutable<Omit<VisitBody, "changes">>;
  readonly changes: ChangesForm;
  /** What the phone showed when the visit was begun. */
  readonly seen: { readonly status: string; readonly contactTime: string; readonly door: string };
}

export interface Beginning {
  readonly id: string;
  readonly visitId: string;
  readonly household: Household;
  readonly start: Start;
  readonly records: readonly FieldRecord[];
  readonly at: Date;
}

/** Prefilled: the mode by the hour, now, me and those who went along last time. */
export function beginVisit(given: Beginning): VisitForm {
  const body: VisitBody = {
    visit_id: given.visitId,
    household_id: given.household.id,
    mode: modeAt(given.at),
    outcome: "met",
    happened_at: isoOf(given.at),
    visitor_ids: usualVisitors(given.start, given.records),
    topic_ids: [],
    respondent_relation: "",
    village_facts: "",
    note: "",
    demands: [],
    findings: [],
    answers: null,
    changes: null,
  };
  const draft = { id: given.id, householdId: given.household.id, body, form: given.start.form };
  return openDraft(draft, given.household);
}

function usualVisitors(start: Start, records: readonly FieldRecord[]): readonly string[] {
  const told = records.filter((record) => record.state !== "draft");
  const [last] = [...told].sort((one, other) => other.changedAt.localeCompare(one.changedAt));
  const known = new Set(start.visitors.map((visitor) => visitor.id));
  const along = (last?.body.visitor_ids ?? []).filter((id) => known.has(id));
  return [start.person.id, ...along.filter((id) => id !== start.person.id)];
}

export function openDraft(draft: Draft, household: Household): VisitForm {
  const { changes, ...rest } = draft.body;
  const seen = {
    status: changes?.living_status?.from ?? household.status,
    contactTime: changes?.contact_time?.from ?? household.contact_time,
    door: changes?.door?.from ?? household.door,
  };
  return {
    id: draft.id,
    householdId: draft.householdId,
    questions: draft.form,
    body: JSON.parse(JSON.stringify(rest)),
    changes: {
      status: changes?.living_status?.to ?? seen.status,
      reason: changes?.living_status?.reason ?? "",
      contactTime: changes?.contact_time?.to ?? seen.contactTime,
      door: changes?.door?.to ?? seen.door,
      phone: changes?.phone?.to ?? "",
      phoneOf: changes?.phone?.resident_id ?? "",
    },
    seen,
  };
}

export function blankDemand(): DemandForm {
  return {
    content: "",
    category_id: "",
    kind: "request",
    urgent: false,
    resident_id: null,
    route: "",
    outcome: "solved",
    result: "",
    reply: "",
    reply_mode: "in_person",
    satisfaction: "not_asked",
  };
}

/** As it was typed, to be kept. */
export function draftOf(form: VisitForm): Draft {
  const body: VisitBody = JSON.parse(JSON.stringify({ ...form.body, changes: changesOf(form) }));
  return { id: form.id, householdId: form.householdId, body, form: form.questions };
}

/** As it is sent: what was left blank is left out, and who was spoken with asks unless named. */
export function finishedOf(form: VisitForm, spokenWith: string | null): Draft {
  const draft = draftOf(form);
  const demands = draft.body.demands.map((demand) => ({
    ...(demand.route === "onsite" ? demand : { ...blankDemand(), ...saidOf(demand) }),
    content: demand.content.trim(),
    resident_id: demand.resident_id ?? spokenWith,
  }));
  const findings = draft.body.findings
    .map((each) => ({ ...each, answers: filled(each.answers) }))
    .filter((each) => Object.keys(each.answers).length > 0);
  const respondent_relation = draft.body.outcome === "met" ? draft.body.respondent_relation : "";
  return { ...draft, body: { ...draft.body, respondent_relation, demands, findings } };
}

function saidOf(demand: DemandBody): Partial<DemandBody> {
  const { content, category_id, kind, urgent, resident_id, route } = demand;
  return { content, category_id, kind, urgent, resident_id, route };
}

function filled(answers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answers)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text !== ""),
  );
}

function changesOf({ changes, seen }: VisitForm): ChangesBody | null {
  const reason = changes.reason.trim();
  const all: ChangesBody = {
    living_status:
      changes.status === seen.status && reason === ""
        ? null
        : { from: seen.status, to: changes.status, reason },
    contact_time:
      changes.contactTime === seen.contactTime
        ? null
        : { from: seen.contactTime, to: changes.contactTime },
    door: changes.door.trim() === seen.door ? null : { from: seen.door, to: changes.door.trim() },
    phone:
      changes.phone.trim() === ""
        ? null
        : { resident_id: changes.phoneOf || null, to: changes.phone.trim() },
  };
  return Object.values(all).some((each) => each !== null) ? all : null;
}
