/** The value of an expression, as XPath has it; see kernel/xlsforms/expressions.py. */

import type { Node } from "./grammar.ts";
import { fits } from "./patterns.ts";

export type Value = string | number | boolean;

export interface Surroundings {
  readonly values: ReadonlyMap<string, Value>;
  readonly counts: ReadonlyMap<string, number>;
  readonly own: Value;
  /** A day as 2026-11-24. */
  readonly today: string;
}

const largest = 1e15;
const places = 10;
const space = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** The value; never an error, whatever the answers are. */
export function evaluate(tree: Node, around: Surroundings): Value {
  switch (tree.kind) {
    case "literal":
      return tree.value;
    case "reference":
      return tree.name === "" ? around.own : (around.values.get(tree.name) ?? "");
    case "negation":
      return bounded(-toNumber(evaluate(tree.part, around)));
    case "binary":
      return binary(tree.sign, tree.left, tree.right, around);
    case "call":
      return call(tree.name, tree.parts, around);
  }
}

/** A number without needless digits; true and false as words. */
export function toText(value: Value): string {
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return "NaN";
  if (Number.isInteger(value)) return value === 0 ? "0" : value.toFixed(0);
  return value.toFixed(places).replace(/0+$/, "").replace(/\.$/, "");
}

/** The number a text tells, or the days up to the date it tells; NaN for anything else. */
export function toNumber(value: Value): number {
  if (typeof value !== "string") return Number(value);
  const text = trim(value);
  if (/^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(text)) return bounded(Number(text));
  return daysOf(text);
}

/** A text that is not empty, a number other than zero. */
export function toBool(value: Value): boolean {
  return Boolean(value);
}

/** The chosen answers of a list. */
export function wordsOf(value: Value): string[] {
  return toText(value)
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== "");
}

export function trim(text: string): string {
  return text.replace(space, "");
}

function daysOf(text: string): number {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (parts === null || text.startsWith("0000")) return Number.NaN;
  const time = Date.parse(`${text}T00:00:00Z`);
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return isReal ? time / 86_400_000 : Number.NaN;
}

function binary(sign: string, left: Node, right: Node, around: Surroundings): Value {
  const first = evaluate(left, around);
  if (sign === "or") return toBool(first) || toBool(evaluate(right, around));
  if (sign === "and") return toBool(first) && toBool(evaluate(right, around));
  const second = evaluate(right, around);
  if (sign === "=" || sign === "!=") return areEqual(first, second) === (sign === "=");
  return numeric(sign, toNumber(first), toNumber(second));
}

function areEqual(first: Value, second: Value): boolean {
  if (typeof first === "boolean" || typeof second === "boolean") {
    return toBool(first) === toBool(second);
  }
  if (typeof first === "number" || typeof second === "number") {
    return toNumber(first) === toNumber(second);
  }
  return first === second;
}

function bounded(number: number): number {
  return Math.abs(number) < largest ? number : Number.NaN;
}

function numeric(sign: string, first: number, second: number): Value {
  switch (sign) {
    case "<":
      return first < second;
    case "<=":
      return first <= second;
    case ">":
      return first > second;
    case ">=":
      return first >= second;
    case "+":
      return bounded(first + second);
    case "-":
      return bounded(first - second);
    case "*":
      return bounded(first * second);
    case "div":
      return bounded(first / second);
    default:
      return first % second;
  }
}

function call(name: string, parts: readonly Node[], around: Surroundings): Value {
  const value = (place: number): Value => {
    const part = parts[place];
    return part === undefined ? "" : evaluate(part, around);
  };
  const text = (place: number): string => toText(value(place));
  switch (name) {
    case "true":
      return true;
    case "false":
      return false;
    case "today":
      return around.today;
    case "not":
      return !toBool(value(0));
    case "if":
      return toBool(value(0)) ? value(1) : value(2);
    case "count":
      return parts[0]?.kind === "reference" ? (around.counts.get(parts[0].name) ?? 0) : 0;
    case "count-selected":
      return wordsOf(value(0)).length;
    case "string-length":
      return [...text(0)].length;
    case "selected":
      return wordsOf(value(0)).includes(trim(text(1)));
    case "coalesce":
      return text(0) || text(1);
    default:
      return fits(text(0), text(1));
  }
}
