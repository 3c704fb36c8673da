import { mount, type VueWrapper } from "@vue/test-utils";
import { expect, test } from "vitest";
import { nextTick } from "vue";
import { readDefinition } from "../src/core/checklist/definition.ts";
import { startAnswers } from "../src/core/checklist/start.ts";
import ChecklistQuestions from "../src/ui/checklist/ChecklistQuestions.vue";
import definition from "./examples/checklist.json";

type Values = Readonly<Record<string, unknown>>;

function open(values: Values = {}, language = "zh") {
  const props: Record<string, unknown> = {
    definition,
    modelValue: values,
    today: "2026-04-10",
    language,
  };
  return mount(ChecklistQuestions, { props: props as never, attachTo: document.body });
}

/** Hands what was typed back in, as whoever mounts it does. */
async function follow(page: VueWrapper): Promise<Values> {
  const values = page.emitted<[Values]>("update:modelValue")?.at(-1)?.[0] ?? {};
  await page.setProps({ modelValue: values });
  await nextTick();
  return values;
}

function fieldOf(page: VueWrapper, path: string) {
  return page.find(`[data-field="answers-${path}"]`);
}

async function choose(page: VueWrapper, path: string, value: string): Promise<Values> {
  await fieldOf(page, path).find(`input[value="${value}"]`).trigger("change");
  return follow(page);
}

function flaws(page: VueWrapper): Readonly<Record<string, string>> {
  return page.emitted<[Record<string, string>]>("errors")?.at(-1)?.[0] ?? {};
}

test("nothing is emitted and nothing is wrong before somebody answers", () => {
  const page = open();

  expect(page.emitted("update:modelValue")).toBeUndefined();
  expect(flaws(page)).toEqual({});
  expect(fieldOf(page, "visit_date").find("input").element).toHaveProperty("value", "2026-04-10");
  expect(fieldOf(page, "work_need").exists()).toBe(false);
});

test("an answer opens the questions that depend on it, and brings the defaults along", async () => {
  const page = open();

  const values = await choose(page, "topics", "work");

  expect(values).toEqual({ visit_date: "2026-04-10", topics: ["work"] });
  expect(fieldOf(page, "work_need").exists()).toBe(true);
  expect(Object.keys(flaws(page))).toEqual(["home_count", "gas_type", "hose_old"]);
  expect(page.text()).not.toContain("请填写此项");
});

test("flaws are seen after checking, in the words of the form", async () => {
  const page = open();
  await fieldOf(page, "home_count").find("input").setValue("21");
  await follow(page);
  const { check } = page.vm as unknown as { check(): Readonly<Record<string, string>> };

  const found = check();
  await nextTick();

  expect(found).toMatchObject({
    home_count: "请填写 0 到 20 之间的整数",
    gas_type: "请填写此项。",
  });
  const input = fieldOf(page, "home_count").find("input");
  expect(input.attributes("aria-invalid")).toBe("true");
  const ids = input.attributes("aria-describedby")?.split(" ") ?? [];
  expect(ids.map((id) => page.find(`[id="${id}"]`).text()).join()).toContain("0 到 20");
});

test("several answers are ticked and taken back, one answer by a second tap", async () => {
  const page = open();

  await choose(page, "topics", "work");
  expect(await choose(page, "topics", "health")).toMatchObject({ topics: ["work", "health"] });
  expect(await choose(page, "topics", "work")).toMatchObject({ topics: ["health"] });
  expect(await choose(page, "has_patch", "yes")).toMatchObject({ has_patch: "yes" });
  await fieldOf(page, "has_patch").find('input[value="yes"]').trigger("click");
  expect(await follow(page)).not.toHaveProperty("has_patch");
});

test("entries of a repeat are added, filled in and removed", async () => {
  const page = open();
  const add = () => page.findAll("button").find((one) => one.text().startsWith("添加一条"));

  await add()?.trigger("click");
  await follow(page);
  await fieldOf(page, "demand[1]/demand_text").find("textarea").setValue("修路");
  expect(await follow(page)).toMatchObject({ demand: [{ demand_text: "修路" }] });
  expect(flaws(page)).toMatchObject({ "demand[1]/demand_text": "4 到 500 字" });
  expect(page.text()).toContain("本次登记诉求 1 条");
  await add()?.trigger("click");
  await follow(page);
  expect(page.text()).toContain("本次登记诉求 2 条");

  const remove = page.findAll("button").filter((one) => one.text() === "删除这一条");
  await remove[1]?.trigger("click");
  await follow(page);
  await page
    .findAll("button")
    .find((one) => one.text() === "删除这一条")
    ?.trigger("click");
  expect(await follow(page)).not.toHaveProperty("demand");
});

test("photos and places can be left out, computed values are not shown", () => {
  const page = open({ gas_type: "lpg", hose_old: "yes", has_patch: "yes" });

  expect(page.text()).toContain("请勿拍人");
  expect(page.text()).toContain("本系统不采集位置");
  expect(page.text()).toContain("燃气隐患等级 medium");
  expect(page.find('[data-field="answers-hazard_points"]').exists()).toBe(false);
});

test("everything can be cleared again, and then nothing is missing", async () => {
  const page = open();
  await choose(page, "gas_type", "lpg");
  expect(Object.keys(flaws(page))).not.toEqual([]);

  await page
    .findAll("button")
    .find((one) => one.text() === "清空回答")
    ?.trigger("click");

  expect(await follow(page)).toEqual({});
  expect(flaws(page)).toEqual({});
});

test("each input has a label, each list a legend, in English as well", () => {
  const page = open({ has_patch: "yes" }, "en");

  for (const input of page.findAll("input[id], textarea[id]")) {
    expect(page.find(`label[for="${input.attributes("id")}"]`).text()).not.toBe("");
  }
  for (const list of page.findAll("fieldset")) expect(list.find("legend").text()).not.toBe("");
  expect(page.text()).toContain("Patch number");
});

test("a definition of a newer kind is named, not shown", () => {
  const page = mount(ChecklistQuestions, {
    props: { definition: { format: 9 }, modelValue: {}, today: "2026-04-10", language: "en" },
  });

  expect(page.text()).toContain("newer version");
});

test("defaults that are no answer are left out", () => {
  const form = readDefinition(definition);
  if (form === null) throw new Error("the example is not read");

  expect(startAnswers(form, "2026-04-10")).toEqual({ visit_date: "2026-04-10" });
});
