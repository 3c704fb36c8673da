import { expect, test } from "vitest";
import { evaluate, type Value } from "../src/core/expressions/evaluate.ts";
import { ExpressionError, parse } from "../src/core/expressions/grammar.ts";
import examples from "./examples/expressions.json";

type Raw = Value | { readonly number: string };

interface Case {
  readonly expression: string;
  readonly values?: Readonly<Record<string, Raw | undefined>>;
  readonly counts?: Readonly<Record<string, number | undefined>>;
  readonly own?: Raw;
  readonly today?: string;
  readonly is?: Raw;
  readonly error?: string;
  readonly words?: readonly string[];
}

const cases = examples.cases as readonly Case[];

function rawValue(raw: Raw | undefined): Value {
  return typeof raw === "object" ? Number.NaN : (raw ?? "");
}

function known<T>(given: Readonly<Record<string, T | undefined>> = {}): [string, T][] {
  return Object.entries(given).flatMap(([name, raw]) => (raw === undefined ? [] : [[name, raw]]));
}

test.each(cases)("$expression", (one) => {
  if (one.error !== undefined) {
    let caught: unknown = null;
    try {
      parse(one.expression);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ExpressionError);
    expect(caught).toMatchObject({ fault: one.error, words: one.words });
    return;
  }
  const found = evaluate(parse(one.expression), {
    values: new Map(known(one.values).map(([name, raw]) => [name, rawValue(raw)])),
    counts: new Map(known(one.counts)),
    own: rawValue(one.own),
    today: one.today ?? "1970-01-01",
  });

  expect(found === 0 ? 0 : found).toBe(rawValue(one.is));
});
