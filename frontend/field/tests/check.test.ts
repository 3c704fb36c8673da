import { expect, test } from "vitest";
import { checkVisit, type Grounds } from "../src/core/check.ts";
import type { Campaign, VisitBody } from "../src/core/contract.ts";
import { beginVisit, blankDemand, draftOf, finishedOf, openDraft } from "../src/core/visit-form.ts";
import { recordOf } from "./fake-app.ts";
import { HAMLETS, householdsOf, idOf, ME, startOf } from "./fake-data.ts";

const [household] = householdsOf(HAMLETS[0] ?? "");
if (!household) throw new Error("no household");
const start = startOf();
const [gas] = start.campaigns as [Campaign];
const now = new Date("2026-11-24T20:30:00+08:00");
const grounds: Grounds = { now, round: start.round, campaigns: start.campaigns };
const begun = () => beginVisit({ id: "r", visitId: "v", household, start, records: [], at: now });
const body: VisitBody = draftOf(begun()).body;
const asked = { ...blankDemand(), content: "修路", category_id: idOf("e1") };

const finding = (answers: Record<string, string>, spot_id: string | null = null) => ({
  campaign_id: gas.id,
  version: 1,
  spot_id,
  answers,
});

test.each<[string, Partial<VisitBody>, Record<string, string>]>([
  ["nothing is wrong with a plain visit", {}, {}],
  [
    "a phone call finds no closed door",
    { mode: "phone", outcome: "closed_door" },
    { outcome: "outcome_of_mode" },
  ],
  [
    "nobody, no demand",
    { outcome: "closed_door", demands: [asked] },
    { outcome: "nobody_no_demand" },
  ],
  ["nobody, no topic", { outcome: "moved", topic_ids: ["d"] }, { topics: "nobody_no_topic" }],
  [
    "nobody, no finding",
    { outcome: "declined", findings: [finding({ hose: "good" })] },
    { outcome: "nobody_no_finding" },
  ],
  ["somebody went", { visitor_ids: [] }, { visitors: "visitor_missing" }],
  [
    "but not a crowd",
    { visitor_ids: Array.from({ length: 13 }, String) },
    { visitors: "too_many_visitors" },
  ],
  ["not tomorrow", { happened_at: "2026-11-25T20:00:00+08:00" }, { happened_at: "in_future" }],
  ["clocks may differ", { happened_at: "2026-11-24T20:40:00+08:00" }, {}],
  [
    "not before the round",
    { happened_at: "2026-10-01T09:00:00+08:00" },
    { happened_at: "before_round" },
  ],
  [
    "a demand has content and category",
    { demands: [asked, blankDemand()] },
    { "demands-1-content": "content_missing", "demands-1-category": "category_missing" },
  ],
  [
    "what was settled has result and reply",
    { demands: [{ ...asked, route: "onsite" }] },
    { "demands-0-result": "result_missing", "demands-0-reply": "reply_missing" },
  ],
  ["a required answer", { findings: [finding({})] }, { "findings-0-hose": "answer_missing" }],
  [
    "a vacant house has a reason",
    {
      changes: {
        living_status: { from: "resident", to: "vacant", reason: "" },
        contact_time: null,
        door: null,
        phone: { resident_id: null, to: "不知道" },
      },
    },
    { status_reason: "reason_missing", phone: "not_a_phone" },
  ],
])("%s", (_name, change, expected) => {
  expect(checkVisit({ ...body, ...change }, grounds)).toEqual(expected);
});

test("numbers of a campaign have no more decimals than asked, spots are named", () => {
  const field = { label: "", label_en: "", required: false, unit: "", choices: [] };
  const campaign: Campaign = {
    ...gas,
    spot_word: "图斑",
    fields: [
      { ...field, key: "area", kind: "decimal", places: 2 },
      { ...field, key: "count", kind: "whole", places: 0 },
    ],
  };
  const check = (answers: Record<string, string>, spot: string | null) =>
    checkVisit(
      { ...body, findings: [finding(answers, spot)] },
      { ...grounds, campaigns: [campaign] },
    );

  expect(check({ area: "1.25", count: "3" }, "s")).toEqual({});
  expect(check({ area: "1.257", count: "3.5" }, null)).toEqual({
    "findings-0-spot": "spot_missing",
    "findings-0-area": "not_a_number",
    "findings-0-count": "not_a_number",
  });
});

test("a new visit is prefilled: by the hour, now, me and who went along last time", () => {
  const last = recordOf(
    {
      id: "l",
      householdId: "h",
      form: null,
      body: { ...body, visitor_ids: [idOf("3"), ME, "gone"] },
    },
    { state: "accepted" },
  );

  const form = beginVisit({ id: "r", visitId: "v", household, start, records: [last], at: now });

  expect(form.body.visitor_ids).toEqual([ME, idOf("3")]);
  expect(new Date(form.body.happened_at).getTime()).toBe(now.getTime());
  expect(form.body.outcome).toBe("met");
});

test("what is sent leaves out what was left blank, and names who asks", () => {
  const form = begun();
  form.body.demands.push({ ...asked, content: " 修路 ", route: "timed", result: "忘了删" });
  form.body.findings.push(finding({ hose: " " }));

  const sent = finishedOf(form, "member").body;

  expect(sent.demands).toEqual([{ ...asked, route: "timed", resident_id: "member" }]);
  expect(sent.findings).toEqual([]);
  expect(sent.changes).toBeNull();
});

test("changes name what was seen when the visit was begun, also after the register changed", () => {
  const form = begun();
  form.changes.status = "vacant";
  form.changes.reason = "迁居";
  form.changes.door = "东沟 1 号乙";
  form.changes.phone = "13800000000";
  const draft = draftOf(form);

  const again = openDraft(draft, { ...household, door: "东沟 9 号", status: "resident" });

  expect(draft.body.changes).toEqual({
    living_status: { from: "away", to: "vacant", reason: "迁居" },
    contact_time: null,
    door: { from: "东沟 1 号", to: "东沟 1 号乙" },
    phone: { resident_id: null, to: "13800000000" },
  });
  expect(draftOf(again).body.changes).toEqual(draft.body.changes);
});

test("where nobody was met, nobody was spoken with", () => {
  const form = begun();
  form.body.respondent_relation = "02";
  form.body.outcome = "closed_door";

  expect(finishedOf(form, null).body.respondent_relation).toBe("");
});
