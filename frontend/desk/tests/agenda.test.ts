import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAt } from "../src/agenda.ts";

test("an item goes in front of the first item whose middle lies below the pointer", () => {
  const middles = [100, 200, 300];
  const places = [
    [-5, 0],
    [99, 0],
    [150, 1],
    [250, 2],
    [301, 3],
  ] as const;

  for (const [y, place] of places) assert.equal(placeAt(middles, y), place);
  assert.equal(placeAt([], 10), 0);
});
