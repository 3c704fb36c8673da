/** The questions of a checklist, read once from what the server sent. */

import * as v from "valibot";
import { type Node, parse } from "../expressions/grammar.ts";

const kinds = [
  "note",
  "date",
  "integer",
  "decimal",
  "text",
  "select_one",
  "select_multiple",
  "calculate",
  "image",
  "geopoint",
  "group",
  "repeat",
] as const;

export type Kind = (typeof kinds)[number];
export type Words = Readonly<Record<string, string>>;

export interface Choice {
  readonly value: string;
  readonly labels: Words;
  readonly group: string;
}

export interface Question {
  readonly name: string;
  readonly kind: Kind;
  readonly labels: Words;
  readonly hints: Words;
  readonly required: Node | null;
  readonly required_messages: Words;
  readonly relevant: Node | null;
  readonly constraint: Node | null;
  readonly constraint_messages: Words;
  readonly calculation: Node | null;
  readonly default: Node | null;
  readonly multiline: boolean;
  readonly filter_by: string;
  readonly choices: readonly Choice[];
  readonly questions: readonly Question[];
  readonly order: readonly string[];
}

export interface Form {
  readonly title: string;
  readonly languages: readonly string[];
  readonly default_language: string;
  readonly questions: readonly Question[];
  readonly order: readonly string[];
}

const words = v.record(v.string(), v.string());
const tree = v.pipe(
  v.string(),
  v.transform((text) => (text === "" ? null : parse(text))),
);
const names = v.array(v.string());

const question: v.GenericSchema<unknown, Question> = v.object({
  name: v.string(),
  kind: v.picklist(kinds),
  labels: words,
  hints: words,
  required: tree,
  required_messages: words,
  relevant: tree,
  constraint: tree,
  constraint_messages: words,
  calculation: tree,
  default: tree,
  multiline: v.boolean(),
  filter_by: v.string(),
  choices: v.array(v.object({ value: v.string(), labels: words, group: v.string() })),
  questions: v.lazy(() => v.array(question)),
  order: names,
});

const form = v.object({
  format: v.literal(1),
  title: v.string(),
  languages: names,
  default_language: v.string(),
  questions: v.array(question),
  order: names,
});

/** The form, or null where the server speaks of what this page does not know yet. */
export function readDefinition(data: unknown): Form | null {
  try {
    const read = v.safeParse(form, data);
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/** A text in a language, or else in the form's own, or in any there is. */
export function inLanguage(form: Form, texts: Words, language: string): string {
  return (
    texts[language] ||
    texts[form.default_language] ||
    Object.values(texts).find((text) => text !== "") ||
    ""
  );
}

/** These questions and all inside them. */
export function below(questions: readonly Question[]): Question[] {
  return questions.flatMap((one) => [one, ...below(one.questions)]);
}
