import assert from "node:assert/strict";
import { test } from "node:test";
import { nextIndex } from "../src/rows.ts";

test("the walk starts at either end and stops at both", () => {
  const steps = [
    [-1, 1, 0],
    [-1, -1, 4],
    [0, 1, 1],
    [4, 1, 4],
    [0, -1, 0],
  ] as const;

  for (const [now, step, next] of steps) assert.equal(nextIndex(now, step, 5), next);
});
