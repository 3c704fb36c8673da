import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDraft, sameDraft } from "../src/drafts.ts";

test("a stored draft comes back entry by entry", () => {
  const draft = [
    ["content", "门前路灯不亮"],
    ["topic", "a"],
    ["topic", "b"],
  ] as const;

  assert.deepEqual(parseDraft(JSON.stringify(draft)), draft);
});

test("what is no draft gives an empty one", () => {
  for (const stored of [null, "{}", "[1]", '[["content"]]', '[["content", 3]]']) {
    assert.deepEqual(parseDraft(stored), []);
  }
});

test("drafts are the same when names, values and order are", () => {
  assert.equal(sameDraft([["a", "1"]], [["a", "1"]]), true);
  assert.equal(sameDraft([["a", "1"]], [["a", "2"]]), false);
});
