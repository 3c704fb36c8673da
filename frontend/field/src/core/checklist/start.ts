/** What the fields hold before anybody typed: the defaults that the form names. */

import { evaluate, type Surroundings } from "../expressions/evaluate.ts";
import type { Given } from "./answers.ts";
import { below, type Form, type Question } from "./definition.ts";
import { readAnswer } from "./plain.ts";

export function startAnswers(form: Form, today: string): Given {
  const ofTheForm = form.questions.flatMap(function outside(one): readonly Question[] {
    return one.kind === "group" ? one.questions.flatMap(outside) : [one];
  });
  return defaults(ofTheForm, today);
}

/** A new entry of a repeat. */
export function startEntry(repeat: Question, today: string): Given {
  return defaults(below(repeat.questions), today);
}

function defaults(questions: readonly Question[], today: string): Given {
  const around: Surroundings = { values: new Map(), counts: new Map(), own: "", today };
  const found: Record<string, unknown> = {};
  for (const question of questions) {
    if (question.default === null || question.kind === "repeat") continue;
    const read = readAnswer(question, evaluate(question.default, around), "");
    if ("plain" in read && read.plain !== null) found[question.name] = read.plain;
  }
  return found;
}
