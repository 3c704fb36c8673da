/** Answers in the one form in which they are kept, whatever a field gave. */

import { toNumber, toText, trim, type Value, wordsOf } from "../expressions/evaluate.ts";
import type { Question } from "./definition.ts";

export type Wrong = "kind" | "choice" | "constraint" | "long" | "many" | "unknown";
export type Plain = string | number | readonly string[];

/** The answer, null for none, or what is wrong with it. */
export type Read = { readonly plain: Plain | null } | { readonly wrong: Wrong };

const longestText = 2000;
const largest = 1e9;
const nothing: Read = { plain: null };

/** `wanted` is the answer that a list goes by which depends on another question. */
export function readAnswer(question: Question, raw: unknown, wanted: Value): Read {
  if (question.kind === "select_one" || question.kind === "select_multiple") {
    return chosen(question, raw, toText(wanted));
  }
  if (raw === undefined || raw === null) return nothing;
  if (typeof raw === "number" && !(Math.abs(raw) < largest)) return { wrong: "kind" };
  if (typeof raw !== "string" && typeof raw !== "number") return { wrong: "kind" };
  const text = trim(toText(raw));
  return text === "" ? nothing : typed(question, text);
}

/** As rules see it. */
export function ruleValue(plain: Plain): Value {
  return typeof plain === "object" ? plain.join(" ") : plain;
}

function typed(question: Question, text: string): Read {
  if (question.kind === "text") {
    if (text.includes("\0") || /\p{Cs}/u.test(text)) return { wrong: "kind" };
    return [...text].length <= longestText ? { plain: text } : { wrong: "long" };
  }
  const number = toNumber(text);
  if (question.kind === "date") {
    const isDay = text.length === 10 && !Number.isNaN(number) && text.slice(1).includes("-");
    return isDay ? { plain: text } : { wrong: "kind" };
  }
  const form =
    question.kind === "integer"
      ? /^-?[0-9]{1,10}$/
      : /^-?(?:[0-9]{1,10}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})$/;
  if (!form.test(text) || Math.abs(number) >= largest) return { wrong: "kind" };
  return { plain: number === 0 ? 0 : number };
}

function chosen(question: Question, raw: unknown, wanted: string): Read {
  const given: readonly unknown[] = Array.isArray(raw) ? raw : raw == null ? [] : [raw];
  const texts = given.filter((one) => typeof one === "string");
  if (texts.length < given.length) return { wrong: "kind" };
  const values = [...new Set(texts.flatMap(wordsOf))];
  if (values.length === 0) return nothing;
  const isOffered = (value: string) =>
    question.choices.some(
      (one) => one.value === value && (question.filter_by === "" || one.group === wanted),
    );
  if (!values.every(isOffered)) return { wrong: "choice" };
  if (question.kind === "select_multiple") return { plain: values };
  const [first = ""] = values;
  return values.length === 1 ? { plain: first } : { wrong: "choice" };
}
