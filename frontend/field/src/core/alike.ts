import type { Household, KnownDemand } from "./contract.ts";

const ALIKE_FROM = 55;
const MOST = 5;
const SIGN = /[\p{L}\p{N}]/u;

export interface Alike {
  readonly demand: KnownDemand;
  readonly household: Household;
  readonly isOwn: boolean;
  readonly likeness: number;
}

/** How alike two texts are, 0 to 100: of their pairs of signs, as the server counts them. */
export function likeness(one: string, other: string): number {
  if (one.trim() === "" || other.trim() === "") return 0;
  const mine = pairsOf(one);
  const theirs = pairsOf(other);
  let shared = 0;
  for (const pair of mine) if (theirs.has(pair)) shared += 1;
  return (200 * shared) / (mine.size + theirs.size);
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = Array.from(text).filter((sign) => SIGN.test(sign));
  const signs = letters.length > 0 ? letters : [text];
  const pairs = signs.slice(1).map((sign, place) => `${signs[place]}${sign}`);
  return new Set(pairs.length > 0 ? pairs : signs);
}

/**
 * Earlier demands that may be the same: open ones of the household in any case, its settled ones
 * and those of the natural village where the words are alike.
 */
export function alikeDemands(
  text: string,
  household: Household,
  neighbours: readonly Household[],
): readonly Alike[] {
  const others = neighbours.filter((each) => each.id !== household.id);
  return [household, ...others]
    .flatMap((each) =>
      each.demands.map((demand) => compare(text, demand, each, each === household)),
    )
    .filter((each) => (each.isOwn && each.demand.is_open) || each.likeness >= ALIKE_FROM)
    .sort((one, other) => Number(other.isOwn) - Number(one.isOwn) || other.likeness - one.likeness)
    .slice(0, MOST);
}

function compare(text: string, demand: KnownDemand, household: Household, isOwn: boolean): Alike {
  return { demand, household, isOwn, likeness: likeness(text, demand.content) };
}
