import type { FieldRecord } from "./app.ts";
import type { Household, Target, VisitOutcome } from "./contract.ts";

const SETTLES: Readonly<Partial<Record<VisitOutcome, Target["outcome"]>>> = {
  met: "met",
  declined: "declined",
  moved: "moved",
};

/** How a household stands in the round, what was written here and not sent yet counted. */
export interface Standing {
  readonly outcome: Target["outcome"] | null;
  readonly hasDraft: boolean;
  readonly isUnsent: boolean;
}

export type Standings = ReadonlyMap<string, Standing>;

/** A sent visit counts as long as what was taken along (`asOf`) is older than it. */
export function standingOf(
  household: Household,
  own: readonly FieldRecord[],
  asOf: string | null,
): Standing {
  const told = own.filter((record) => record.state !== "draft");
  const settled = told
    .filter((record) => record.state !== "rejected" && !isKnown(record, asOf))
    .map((record) => SETTLES[record.body.outcome])
    .find((outcome) => outcome);
  const target = household.target;
  return {
    outcome: target?.outcome === "open" ? (settled ?? "open") : (target?.outcome ?? null),
    hasDraft: own.some((record) => record.state === "draft"),
    isUnsent: told.some((record) => record.state !== "accepted"),
  };
}

/** Whether the register that was taken along knows the visit already. */
function isKnown(record: FieldRecord, asOf: string | null): boolean {
  const { state, sentAt } = record;
  if (state !== "accepted" || sentAt === null || asOf === null) return false;
  return Date.parse(sentAt) <= Date.parse(asOf);
}

export function standingsOf(
  households: readonly Household[],
  records: readonly FieldRecord[],
  asOf: string | null,
): Standings {
  const byHousehold = new Map<string, FieldRecord[]>();
  for (const record of records) {
    const own = byHousehold.get(record.householdId);
    if (own) own.push(record);
    else byHousehold.set(record.householdId, [record]);
  }
  return new Map(
    households.map((each) => [each.id, standingOf(each, byHousehold.get(each.id) ?? [], asOf)]),
  );
}

/** Hardship first, then those still to be visited, then as the register has them. */
export function inOrder(households: readonly Household[], standings: Standings): Household[] {
  const isLeft = (each: Household) => standings.get(each.id)?.outcome === "open";
  return [...households].sort(
    (one, other) =>
      one.priority.localeCompare(other.priority) ||
      Number(isLeft(other)) - Number(isLeft(one)) ||
      one.number.localeCompare(other.number),
  );
}
