import type { Household } from "./contract.ts";

const NOWHERE = 9;

/** Households found by name, pinyin, initials, house number or household number, best first. */
export function search(households: readonly Household[], typed: string): Household[] {
  const words = plain(typed);
  if (words === "") return [...households];
  return households
    .map((household, place) => ({ household, place, rank: rankOf(household, words) }))
    .filter(({ rank }) => rank < NOWHERE)
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ household }) => household);
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s'’-]/g, "");
}

function rankOf(household: Household, words: string): number {
  const door = plain(household.door);
  const places: readonly [boolean, number][] = [
    [plain(household.head).startsWith(words), 0],
    [numbersIn(door).includes(words), 1],
    [household.initials.startsWith(words) || household.pinyin.startsWith(words), 2],
    [plain(household.head).includes(words), 3],
    [household.members.some(({ name }) => plain(name).includes(words)), 4],
    [door.includes(words), 5],
    [household.number.endsWith(words), 6],
    [household.pinyin.includes(words), 7],
    [household.number.includes(words), 8],
  ];
  return places.find(([isThere]) => isThere)?.[1] ?? NOWHERE;
}

function numbersIn(text: string): readonly string[] {
  return text.match(/\d+/g) ?? [];
}
