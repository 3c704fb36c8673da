import type { FieldRecord } from "./app.ts";
import type { Household, VisitOutcome } from "./contract.ts";

const SETTLES: ReadonlySet<VisitOutcome> = new Set<VisitOutcome>(["met", "declined", "moved"]);

/**
 * Households with a visit of one's own that the register does not know yet: unsent ones, and
 * accepted ones that are newer than what was taken along.
 */
export function settledHere(records: readonly FieldRecord[], asOf: string): ReadonlySet<string> {
  const settled = records.filter(
    ({ state, sentAt, body }) =>
      SETTLES.has(body.outcome) &&
      (state === "queued" ||
        state === "sending" ||
        (state === "accepted" && sentAt !== null && Date.parse(sentAt) > Date.parse(asOf))),
  );
  return new Set(settled.map(({ householdId }) => householdId));
}

export function isLeft(household: Household, settled: ReadonlySet<string>): boolean {
  return household.target?.outcome === "open" && !settled.has(household.id);
}

export function countLeft(households: readonly Household[], settled: ReadonlySet<string>): number {
  return households.filter((household) => isLeft(household, settled)).length;
}
