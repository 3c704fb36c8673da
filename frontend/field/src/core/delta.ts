import type { Bundle, Household } from "./contract.ts";

/** A natural village as it lies on the phone. */
export interface KeptHamlet {
  readonly hamletId: string;
  readonly asOf: string;
  readonly households: readonly Household[];
}

/** What the phone has, as the server asks for it: only other marks are sent. */
export function marksOf(kept: KeptHamlet | null): Record<string, string> {
  return Object.fromEntries((kept?.households ?? []).map(({ id, mark }) => [id, mark]));
}

/** The village with what changed: newer households replace, gone ones go, no others stay. */
export function merged(kept: KeptHamlet | null, delta: Bundle): KeptHamlet {
  const byId = new Map((kept?.households ?? []).map((household) => [household.id, household]));
  for (const household of delta.households) byId.set(household.id, household);
  for (const id of delta.gone) byId.delete(id);
  const households = [...byId.values()].filter(({ id }) => id in delta.marks);
  return { hamletId: delta.hamlet_id, asOf: delta.as_of, households };
}

/** Whether each household the server speaks of is here in the same version. */
export function isWhole(kept: KeptHamlet, marks: Readonly<Record<string, string>>): boolean {
  const here = marksOf(kept);
  const ids = Object.keys(marks);
  return ids.length === kept.households.length && ids.every((id) => here[id] === marks[id]);
}
