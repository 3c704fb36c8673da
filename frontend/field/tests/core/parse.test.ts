import { expect, test } from "vitest";
import { parseEnvelope, parseVisitBody } from "../../src/core/export-file.ts";
import {
  findRefusal,
  parseAnswers,
  parseBundle,
  parseCsrf,
  parseKeptHamlet,
  parseKnown,
  parseNumber,
  parsePhotoAnswer,
  parseStart,
} from "../../src/core/parse.ts";
import answers from "../examples/answers.json" with { type: "json" };
import batch from "../examples/batch.json" with { type: "json" };
import bundle from "../examples/bundle.json" with { type: "json" };
import start from "../examples/start.json" with { type: "json" };

const EXAMPLES = [
  ["start.json", parseStart, start],
  ["bundle.json", parseBundle, bundle],
  ["answers.json", parseAnswers, answers],
  ["a visit of batch.json", parseVisitBody, batch.commands[0]?.body],
] as const;

test.each(EXAMPLES)("%s is read whole", (_name, parse, example) => {
  expect(parse(example)).toEqual(example);
});

test("what is not said in the contract is left out", () => {
  expect(parseStart({ ...start, more: 1 })).toEqual(start);
});

const BROKEN: readonly [string, (data: unknown) => unknown, unknown][] = [
  ["no object", parseStart, null],
  ["a start without a person", parseStart, { ...start, person: undefined }],
  ["a start with a strange time", parseStart, { ...start, time: "soon" }],
  ["an answer in an unknown state", parseAnswers, { ...answers, answers: [{ state: "eaten" }] }],
  ["marks that are numbers", parseBundle, { ...bundle, marks: { a: 1 } }],
  ["a page instead of a token", parseCsrf, "<html>"],
  ["missing ids that are no texts", parseKnown, { missing: [1] }],
  ["no number", parseNumber, {}],
  ["no photo answer", parsePhotoAnswer, { state: "sent" }],
  ["no village", parseKeptHamlet, { hamletId: "h" }],
  ["another version of the file", parseEnvelope, { format: "bianfang-unsent", version: 2 }],
];

test.each(BROKEN)("%s is refused", (_words, parse, data) => {
  expect(() => parse(data)).toThrow();
});

test("a refusal is read where it is the server's own", () => {
  expect(findRefusal({ code: "wipe" })).toEqual({ code: "wipe", message: "" });
  expect(findRefusal("<html>")).toBeNull();
});
