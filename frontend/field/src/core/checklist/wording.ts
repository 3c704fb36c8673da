/** Questions and what is wrong with answers, in words. */

import { toText } from "../expressions/evaluate.ts";
import type { Evaluation } from "./answers.ts";
import { below, type Form, inLanguage, type Question, type Words } from "./definition.ts";

/** A text with the values that it mentions; of a list, the words of the answer. */
export function withValues(
  form: Form,
  texts: Words,
  language: string,
  evaluation: Evaluation,
  prefix: string,
): string {
  return inLanguage(form, texts, language).replace(/\$\{\s*([^}]*?)\s*\}/g, (_, name: string) => {
    const value = evaluation.values.get(prefix + name) ?? evaluation.values.get(name);
    if (value === undefined) return "—";
    const asked = below(form.questions).find((one) => one.name === name);
    return asked ? answerWords(form, asked, toText(value), language) : toText(value);
  });
}

/** What is wrong by question: the form's own words where it has some, else those of `general`. */
export function flawsOf(
  form: Form,
  evaluation: Evaluation,
  language: string,
  general: (wrong: string, question: Question | undefined) => string,
): Map<string, string> {
  const asked = new Map(below(form.questions).map((one) => [one.name, one]));
  const questionAt = (path: string) => asked.get(path.slice(path.lastIndexOf("/") + 1));
  const found = new Map<string, string>();
  for (const [path, wrong] of evaluation.invalid) {
    const question = questionAt(path);
    const texts = wrong === "constraint" ? (question?.constraint_messages ?? {}) : {};
    found.set(path, inLanguage(form, texts, language) || general(wrong, question));
  }
  for (const path of evaluation.missing) {
    const question = questionAt(path);
    const own = inLanguage(form, question?.required_messages ?? {}, language);
    found.set(path, own || general("missing", question));
  }
  return found;
}

/** Whether anything was said; without a word nothing is missing either. */
export function isBegun(evaluation: Evaluation): boolean {
  return Object.keys(evaluation.kept).length > 0 || evaluation.invalid.size > 0;
}

/** One answer as people read it: of a list, the words of the choices. */
export function answerWords(
  form: Form,
  question: Question,
  text: string,
  language: string,
): string {
  if (question.choices.length === 0) return text;
  const labels = text.split(" ").map((value) => {
    const choice = question.choices.find((one) => one.value === value);
    return choice ? inLanguage(form, choice.labels, language) : value;
  });
  return labels.join(language === "zh" ? "、" : ", ");
}
