import { expect, test } from "vitest";
import type { FieldRecord } from "../src/core/app.ts";
import { TO } from "../src/ui/route.ts";
import { bodyOf, pause, visit } from "./at-visit.ts";
import { fakeApp, recordOf } from "./fake-app.ts";
import { FIRST, idOf, ME } from "./fake-data.ts";
import { someRecords } from "./fake-records.ts";
import { byText, type Opened, settled } from "./opened.ts";

async function addDemand({ page }: Opened, text: string): Promise<void> {
  await byText(page, "button", "诉求").trigger("click");
  await settled();
  await page.get("[data-field=demands-0-content] textarea").setValue(text);
}

test("the common visit with one demand needs at most eight inputs, the rest is folded", async () => {
  const here = await visit();
  await addDemand(here, "路灯不亮");

  const shown = here.page
    .findAll("[data-input]")
    .filter((each) => !each.element.closest("details:not([open])"));

  expect(shown.map((each) => each.attributes("data-field"))).toEqual([
    "mode",
    "outcome",
    "respondent_relation",
    "topics",
    "demands-0-content",
    "demands-0-category",
    "demands-0-route",
  ]);
  expect(shown.length).toBeLessThanOrEqual(8);
});

test("it is prefilled and asks for nothing else: two taps write down a visit in the evening", async () => {
  const { page, app } = await visit();

  await page.get("form").trigger("submit");
  await settled();

  expect(bodyOf(app)).toMatchObject({
    mode: "evening",
    outcome: "met",
    visitor_ids: [ME],
    changes: null,
  });
  expect(app.records()[0]?.state).toBe("queued");
  expect(location.hash).toMatch(/^#\/done\//);
  expect(page.text()).toContain("有信号时自动发送");
});

test("two categories are suggested from the words, and none is chosen by itself", async () => {
  const here = await visit();
  await addDemand(here, "门前路灯不亮，路面坑洼");

  const suggested = here.page.findAll("[data-suggested]");
  expect(suggested.map((each) => each.text())).toEqual(["路灯照明", "道路交通"]);
  expect(here.page.findAll("[data-suggested].is-chosen")).toEqual([]);
  await suggested[0]?.trigger("click");
  await pause();

  expect(bodyOf(here.app).demands[0]?.category_id).toBe(idOf("e2"));
});

test("earlier demands of the household are shown beside the words", async () => {
  const here = await visit();
  await addDemand(here, "");

  expect(here.page.get("aside").text()).toContain("门前道路坑洼，希望修补");
});

test("only what is settled at the door asks for result and reply", async () => {
  const here = await visit();
  await addDemand(here, "路灯不亮");
  expect(here.page.find("[data-field=demands-0-result]").exists()).toBe(false);

  await byText(here.page, "[data-field=demands-0-route] label", "现场办理").get("input").setValue();
  await here.page.get("form").trigger("submit");
  await settled();

  expect(here.page.get("[data-field=demands-0-result]").text()).toContain("请写明办理情况");
  expect(here.page.get("[data-field=demands-0-category]").text()).toContain("请选择类别");
  expect(here.app.calls.some((call) => call.startsWith("queue"))).toBe(false);
});

test("by phone the outcomes are others, and one that cannot be is changed", async () => {
  const { page, app } = await visit();
  const choose = (field: string, text: string) =>
    byText(page, `[data-field=${field}] label`, text).get("input").setValue();
  await choose("outcome", "无人在家");

  await choose("mode", "电话");
  await pause();

  expect(bodyOf(app)).toMatchObject({ mode: "phone", outcome: "not_reached" });
});

test("a call leads to a visit by phone with the person who was called", async () => {
  const member = idOf("a00101");
  const { page, app } = await visit(fakeApp(), TO.call(FIRST, member));
  await byText(page, "label", "护林防火").get("input").setValue(true);
  await pause();

  expect(bodyOf(app)).toMatchObject({ mode: "phone", respondent_relation: "02" });
  await addDemand({ page, app }, "医保怎么缴");
  await page.get("[data-suggested]").trigger("click");
  await page.get("form").trigger("submit");
  await settled();
  expect(bodyOf(app).demands[0]?.resident_id).toBe(member);
});

test("what the server refused stands beside its field and on top", async () => {
  const refused = someRecords().find((each) => each.state === "rejected") as FieldRecord;
  const app = fakeApp({ records: [recordOf(refused, { errors: refused.errors })] });

  const { page } = await visit(app, TO.draft(refused.id));

  expect(page.get("[data-field=demands-0-content] .field-error").text()).toContain(
    "请写明诉求内容",
  );
  expect(page.get("[role=alert]").text()).toContain("这一户不在您的片区");
});

test("with nobody met, nothing that was told is dropped silently", async () => {
  const here = await visit();
  await addDemand(here, "路灯不亮");
  await byText(here.page, "[data-field=outcome] label", "无人在家").get("input").setValue();
  await here.page.get("form").trigger("submit");
  await settled();

  expect(here.page.get("[data-field=outcome]").text()).toContain("不应有诉求");
  expect(here.page.find("[data-field=demands-0-content]").exists()).toBe(true);
});

test("colleagues are added and taken away by a tap", async () => {
  const { page, app } = await visit();

  await byText(page, "[data-field=visitors] button", "李秀英").trigger("click");
  await byText(page, "[data-field=visitors] button", "王建国").trigger("click");
  await pause();

  expect(bodyOf(app).visitor_ids).toEqual([idOf("2")]);
});

test("an answer of a campaign makes a finding, and a danger says what will follow", async () => {
  const { page, app } = await visit();

  await byText(page, "label", "老化").get("input").setValue();
  await pause();

  expect(bodyOf(app).findings).toEqual([
    { campaign_id: idOf("f1"), version: 1, spot_id: null, answers: { hose: "old" } },
  ]);
  expect(page.text()).toContain("紧急诉求");
});

test("without the right to edit the register no changes are asked for", async () => {
  const base = fakeApp().start();
  if (!base) throw new Error("no start");
  const { page } = await visit(fakeApp({ start: { ...base, may_edit_register: false } }));

  expect(page.find("[data-field=living_status]").exists()).toBe(false);
});

test("pictures move up when the demand before theirs is taken out", async () => {
  const here = await visit();
  await addDemand(here, "一");
  await byText(here.page, "button", "再记一件").trigger("click");
  await pause();
  const [record] = here.app.records() as [FieldRecord];
  await here.app.addPhoto(record.id, 0, new Blob(["a"]));
  await here.app.addPhoto(record.id, 1, new Blob(["bb"]));

  await byText(here.page, ".demand button", "删去").trigger("click");
  await settled();

  const photos = here.app.records()[0]?.photos.map((each) => [each.demand, each.size]);
  expect(photos).toEqual([[0, 2]]);
});

test("a draft is thrown away only after a question", async () => {
  const { page, app } = await visit();
  await page.get("[data-field=note] textarea").setValue("一");
  await pause();

  await byText(page, "button", "删除这份草稿").trigger("click");
  await settled();
  expect(app.records()).toHaveLength(1);
  const agree = [...document.querySelectorAll<HTMLElement>(".sheet .van-button--danger")].at(-1);
  agree?.click();
  await settled();

  expect(app.records()).toEqual([]);
});

test("a record that is no draft any more says so", async () => {
  const { page } = await visit(fakeApp(), TO.draft("gone"));

  expect(page.text()).toContain("这条记录已写完或已删除");
});

test("a call turns a draft that had been begun into a visit by phone, and keeps what it says", async () => {
  const [draft] = someRecords() as [FieldRecord];
  const body = {
    ...draft.body,
    outcome: "closed_door" as const,
    demands: [],
    findings: [],
    topic_ids: [],
    note: "去过",
  };
  const app = fakeApp({ records: [recordOf({ ...draft, body })] });
  const { page } = await visit(app, TO.call(FIRST, idOf("a00101")));

  await page.get("form").trigger("submit");
  await settled();

  expect(bodyOf(app)).toMatchObject({
    mode: "phone",
    outcome: "met",
    note: "去过",
    respondent_relation: "02",
  });
});
