/** What a form shows, computes and refuses; see kernel/xlsforms/answers.py, which does the same. */

import { evaluate, type Surroundings, toBool, type Value } from "../expressions/evaluate.ts";
import type { Node } from "../expressions/grammar.ts";
import { below, type Form, type Question } from "./definition.ts";
import { readAnswer, ruleValue, type Wrong } from "./plain.ts";

export type Given = Readonly<Record<string, unknown>>;

/** A question in the second entry of a repeat is named `repeat[2]/question`. */
export interface Evaluation {
  readonly shown: readonly string[];
  readonly hidden: readonly string[];
  readonly computed: ReadonlyMap<string, Value>;
  /** Answers as rules and notes see them. */
  readonly values: ReadonlyMap<string, Value>;
  readonly invalid: ReadonlyMap<string, Wrong>;
  readonly missing: readonly string[];
  /** What is sent: answers of questions that are not relevant are gone. */
  readonly kept: Given;
}

interface Result {
  shown: string[];
  hidden: string[];
  computed: Map<string, Value>;
  values: Map<string, Value>;
  invalid: Map<string, Wrong>;
  missing: string[];
}

interface Level {
  readonly given: Given;
  readonly prefix: string;
  readonly today: string;
  readonly values: Map<string, Value>;
  readonly counts: Map<string, number>;
  readonly relevant: Set<string>;
  readonly kept: Record<string, unknown>;
}

const mostEntries = 20;
const answered = new Set(["select_one", "select_multiple", "date", "integer", "decimal", "text"]);

/** Evaluates the whole form; nothing that is given can make it fail. */
export function checkAnswers(form: Form, given: Given, today: string): Evaluation {
  const result: Result = {
    shown: [],
    hidden: [],
    computed: new Map(),
    values: new Map(),
    invalid: new Map(),
    missing: [],
  };
  const top = levelOf(given, "", today, new Map(), new Map());
  run(form.questions, form.order, top, result);
  return { ...result, kept: top.kept };
}

/** The entries of a repeat, as far as there are any. */
export function entriesOf(raw: unknown): Given[] {
  if (!Array.isArray(raw)) return [];
  return raw.slice(0, mostEntries).map((entry: unknown) => (isGiven(entry) ? entry : {}));
}

function isGiven(entry: unknown): entry is Given {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
}

function levelOf(
  given: Given,
  prefix: string,
  today: string,
  values: Map<string, Value>,
  counts: Map<string, number>,
): Level {
  return { given, prefix, today, values, counts, relevant: new Set(), kept: {} };
}

function run(
  questions: readonly Question[],
  order: readonly string[],
  level: Level,
  result: Result,
): void {
  const places = placesOf(questions, null);
  for (const name of order) {
    const place = places.get(name);
    if (place === undefined) continue;
    const isAbove = place.group === null || level.relevant.has(place.group);
    if (isAbove && holds(place.question.relevant, level, true)) level.relevant.add(name);
    take(place.question, level, result);
  }
  for (const name of Object.keys(level.given)) {
    if (!places.has(name)) result.invalid.set(level.prefix + name, "unknown");
  }
  judge(questions, level, result);
}

interface Place {
  readonly question: Question;
  readonly group: string | null;
}

/** Questions of one level with the group they are in; what is in a repeat is another level. */
function placesOf(questions: readonly Question[], group: string | null): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const question of questions) {
    found.set(question.name, { question, group });
    if (question.kind !== "group") continue;
    for (const [name, place] of placesOf(question.questions, question.name)) found.set(name, place);
  }
  return found;
}

function take(question: Question, level: Level, result: Result): void {
  const { name } = question;
  const path = level.prefix + name;
  if (!level.relevant.has(name)) {
    level.counts.set(name, 0);
  } else if (question.calculation !== null) {
    const value = evaluate(question.calculation, around(level));
    level.values.set(name, value);
    result.values.set(path, value);
    result.computed.set(path, value);
  } else if (question.kind === "repeat") {
    level.counts.set(name, entriesOf(level.given[name]).length);
  } else if (answered.has(question.kind)) {
    takeAnswer(question, path, level, result);
  }
}

function takeAnswer(question: Question, path: string, level: Level, result: Result): void {
  const wanted = level.values.get(question.filter_by) ?? "";
  const read = readAnswer(question, level.given[question.name], wanted);
  if ("wrong" in read) {
    result.invalid.set(path, read.wrong);
  } else if (read.plain !== null) {
    level.kept[question.name] = read.plain;
    level.values.set(question.name, ruleValue(read.plain));
    result.values.set(path, ruleValue(read.plain));
  }
}

/** Once all values are known: what is shown, what is missing, what is out of bounds. */
function judge(questions: readonly Question[], level: Level, result: Result): void {
  for (const question of questions) {
    const path = level.prefix + question.name;
    if (!level.relevant.has(question.name)) {
      result.hidden.push(...below([question]).map((one) => level.prefix + one.name));
      continue;
    }
    if (question.kind !== "calculate") result.shown.push(path);
    if (question.kind === "group") judge(question.questions, level, result);
    else if (question.kind === "repeat") runEntries(question, level, result);
    else if (answered.has(question.kind) && !result.invalid.has(path)) {
      judgeOne(question, path, level, result);
    }
  }
}

function judgeOne(question: Question, path: string, level: Level, result: Result): void {
  if (!(question.name in level.kept)) {
    if (holds(question.required, level, false)) result.missing.push(path);
  } else if (!holds(question.constraint, level, true, level.values.get(question.name))) {
    result.invalid.set(path, "constraint");
  }
}

function runEntries(repeat: Question, level: Level, result: Result): void {
  const raw = level.given[repeat.name];
  if (raw !== undefined && raw !== null && raw !== "" && !Array.isArray(raw)) {
    result.invalid.set(repeat.name, "kind");
  }
  if (Array.isArray(raw) && raw.length > mostEntries) result.invalid.set(repeat.name, "many");
  const kept = entriesOf(raw).map((entry, place) => {
    const prefix = `${repeat.name}[${place + 1}]/`;
    const inner = levelOf(entry, prefix, level.today, new Map(level.values), level.counts);
    run(repeat.questions, repeat.order, inner, result);
    return inner.kept;
  });
  if (kept.length > 0) level.kept[repeat.name] = kept;
}

function holds(tree: Node | null, level: Level, otherwise: boolean, own: Value = ""): boolean {
  return tree === null ? otherwise : toBool(evaluate(tree, around(level, own)));
}

function around(level: Level, own: Value = ""): Surroundings {
  return { values: level.values, counts: level.counts, own, today: level.today };
}
