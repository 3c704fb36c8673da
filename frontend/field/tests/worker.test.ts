import { expect, test } from "vitest";
import { keptFor } from "../src/worker/kept.ts";
import { precache } from "../tools/precache.ts";

test("the list of kept files replaces its mark, the worker itself left out", () => {
  const chunk = { type: "chunk", code: 'const A = "__FILES__", B = "f-__VERSION__";' };
  const bundle = { "sw.js": chunk, "assets/a-1.js": { type: "chunk" }, "notes.txt": {} };
  const plugin = precache("sw.js", "/static/field/");

  const hook = plugin.generateBundle as unknown as (o: object, b: object) => void;
  hook.call({}, {}, bundle);

  expect(chunk.code).toMatch(
    /^const A = \["\/field\/","\/static\/field\/assets\/a-1.js"\], B = "f-[0-9a-f]{12}";$/,
  );
});

const HERE = "https://town.example";
const FILES = ["/field/", "/static/field/assets/a-1.js"];

/** A request, and the kept file that answers it. */
const ASKED: readonly [string, string, RequestMode, string | null][] = [
  ["GET", "/field/", "navigate", "/field/"],
  ["GET", "/field/?from=home#visit", "navigate", "/field/"],
  ["GET", "/field/households", "navigate", "/field/"],
  ["GET", "/static/field/assets/a-1.js", "cors", "/static/field/assets/a-1.js"],
  ["GET", "/static/field/assets/b-2.js", "cors", null],
  ["GET", "/field/api/csrf/", "cors", null],
  ["GET", "/field/api/csrf/", "navigate", null],
  ["POST", "/field/", "navigate", null],
  ["GET", "/visits/add/", "navigate", null],
  ["GET", "/accounts/login/", "navigate", null],
];

test.each(ASKED)("%s %s as %s is answered by %s", (method, path, mode, kept) => {
  expect(keptFor({ method, mode, url: HERE + path }, HERE, FILES)).toBe(kept);
});

test("nothing of another host is answered", () => {
  const url = "https://other.example/field/";

  expect(keptFor({ method: "GET", mode: "navigate", url }, HERE, FILES)).toBeNull();
});
