import type { Category } from "./contract.ts";

/**
 * The categories whose words stand in the text, best first: the sum of the lengths of the words
 * found, ties in the order of the categories. Suggested only; the person chooses.
 */
export function suggestCategories(
  text: string,
  categories: readonly Category[],
  most = 2,
): readonly Category[] {
  return categories
    .map((category) => ({ category, score: scoreOf(text, category.words) }))
    .filter((each) => each.score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map((each) => each.category);
}

function scoreOf(text: string, words: readonly string[]): number {
  const found = words.filter((word) => word !== "" && text.includes(word));
  return found.reduce((sum, word) => sum + word.length, 0);
}
