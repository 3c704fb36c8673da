import { expect, test } from "vitest";
import { checkAnswers, type Given } from "../src/core/checklist/answers.ts";
import { type Form, inLanguage, readDefinition } from "../src/core/checklist/definition.ts";
import { toldOf } from "../src/core/checklist/told.ts";
import definition from "./examples/checklist.json";
import examples from "./examples/checklist-cases.json";
import told from "./examples/checklist-told.json";

interface Case {
  readonly name: string;
  readonly today: string;
  readonly answers: Given;
  readonly computed: Readonly<Record<string, unknown>>;
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
  readonly invalid: readonly string[];
  readonly required_missing?: readonly string[];
  readonly kept?: Given;
}

const cases = examples.cases as unknown as readonly Case[];

function theForm(): Form {
  const form = readDefinition(definition);
  if (form === null) throw new Error("the example is not read");
  return form;
}

test.each(cases)("answers: $name", (one) => {
  const found = checkAnswers(theForm(), one.answers, one.today);

  expect(Object.fromEntries(found.computed)).toMatchObject(one.computed);
  expect(found.shown).toEqual(expect.arrayContaining([...one.shown]));
  expect(found.hidden).toEqual(expect.arrayContaining([...one.hidden]));
  expect([...found.invalid.keys()].sort()).toEqual([...one.invalid].sort());
  expect([...found.missing].sort()).toEqual([...(one.required_missing ?? [])].sort());
  if (one.kept !== undefined) expect(found.kept).toEqual(one.kept);
});

test("what is kept is read the same again", () => {
  for (const one of cases) {
    const first = checkAnswers(theForm(), one.answers, one.today);
    expect(checkAnswers(theForm(), first.kept, one.today).kept).toEqual(first.kept);
  }
});

test("half a character is no answer", () => {
  const found = checkAnswers(theForm(), { remark: "a\ud800" }, "2026-04-10");

  expect(found.invalid.get("remark")).toBe("kind");
});

test("a definition of another kind is not read", () => {
  expect(readDefinition(null)).toBeNull();
  expect(readDefinition({ ...definition, format: 2 })).toBeNull();
  const [first, ...others] = definition.questions;
  const broken = { ...first, relevant: "pow(1, 2)" };
  expect(readDefinition({ ...definition, questions: [broken, ...others] })).toBeNull();
});

test("a text falls back on the form's own language, then on any", () => {
  const form = theForm();

  expect(inLanguage(form, { zh: "是", en: "Yes" }, "en")).toBe("Yes");
  expect(inLanguage(form, { zh: "是", en: "" }, "en")).toBe("是");
  expect(inLanguage(form, { fr: "Oui" }, "en")).toBe("Oui");
  expect(inLanguage(form, {}, "en")).toBe("");
});

test.each(cases.map((one, place) => ({ one, place, name: one.name })))("told: $name", (given) => {
  const { today, answers } = given.one;
  for (const language of ["zh", "en"] as const) {
    const said = toldOf(theForm(), answers, today, language);

    const found = said.map(({ words, answer, isHeading }) => [words, answer, isHeading]);
    expect(found).toEqual(told[given.place]?.[language]);
  }
});
