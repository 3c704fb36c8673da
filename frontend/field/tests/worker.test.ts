import { expect, test } from "vitest";
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
