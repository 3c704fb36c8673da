import type { Bundle, Household, Start, VisitBody } from "../src/core/contract.ts";
import { parseVisitBody } from "../src/core/export-file.ts";
import { parseBundle, parseStart } from "../src/core/parse.ts";
import batchJson from "./examples/batch.json" with { type: "json" };
import bundleJson from "./examples/bundle.json" with { type: "json" };
import startJson from "./examples/start.json" with { type: "json" };

/** The examples that both sides agree on, with what a test wants to be different. */
export function start(rest: Partial<Start> = {}): Start {
  return { ...parseStart(startJson), ...rest };
}

export function bundle(rest: Partial<Bundle> = {}): Bundle {
  return { ...parseBundle(bundleJson), ...rest };
}

export function household(rest: Partial<Household> = {}): Household {
  const [first] = bundle().households;
  if (first === undefined) throw new Error("bundle.json holds no household");
  return { ...first, ...rest };
}

export function visitBody(rest: Partial<VisitBody> = {}): VisitBody {
  return { ...parseVisitBody(batchJson.commands[0]?.body), ...rest };
}
