/** What was answered, question by question in words; the server's `wording.told` does the same. */

import { toText } from "../expressions/evaluate.ts";
import { checkAnswers, type Evaluation, entriesOf, type Given } from "./answers.ts";
import { type Form, inLanguage, type Question } from "./definition.ts";
import { answerWords } from "./wording.ts";

/** A question with its answer; a group, or an entry of a repeat, is a heading. */
export interface Said {
  readonly words: string;
  readonly answer: string;
  readonly isHeading: boolean;
}

/** The questions that were answered, in their order, by the rules of the day of the visit. */
export function toldOf(form: Form, given: Given, today: string, language: string): Said[] {
  const evaluation = checkAnswers(form, given, today);
  return told(form, form.questions, evaluation.kept, evaluation, language, "");
}

function told(
  form: Form,
  questions: readonly Question[],
  kept: Given,
  evaluation: Evaluation,
  language: string,
  prefix: string,
): Said[] {
  return questions.flatMap((question) => {
    const words = inLanguage(form, question.labels, language).replace(/\$\{[^}]*\}/g, "____");
    if (question.kind === "group") {
      const inside = told(form, question.questions, kept, evaluation, language, prefix);
      return words && inside.length > 0 ? [heading(words), ...inside] : inside;
    }
    if (question.kind === "repeat") {
      return entriesOf(kept[question.name]).flatMap((entry, place) => {
        const inner = `${question.name}[${place + 1}]/`;
        const inside = told(form, question.questions, entry, evaluation, language, inner);
        return [heading(`${words} ${place + 1}`), ...inside];
      });
    }
    const answer = answerOf(form, question, kept, evaluation, language, prefix);
    return answer ? [{ words: words || question.name, answer, isHeading: false }] : [];
  });
}

function heading(words: string): Said {
  return { words, answer: "", isHeading: true };
}

/** What is computed is told where it has words of its own. */
function answerOf(
  form: Form,
  question: Question,
  kept: Given,
  evaluation: Evaluation,
  language: string,
  prefix: string,
): string {
  if (question.kind === "calculate") {
    const value = evaluation.computed.get(prefix + question.name);
    return value === undefined || Object.keys(question.labels).length === 0 ? "" : toText(value);
  }
  const plain = kept[question.name];
  const text = Array.isArray(plain) ? plain.join(" ") : String(plain ?? "");
  return text === "" ? "" : answerWords(form, question, text, language);
}
