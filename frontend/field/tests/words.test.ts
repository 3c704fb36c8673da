import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { en } from "../src/ui/words/en.ts";
import enums from "../src/ui/words/enums.json";
import { zh } from "../src/ui/words/zh.ts";
import { choicesOf, speak, t, word } from "../src/ui/words.ts";

const UI = join(import.meta.dirname, "../src/ui");
const PLACE = /\{(\w+)\}/g;

afterEach(() => speak("zh"));

test("both languages have the same keys, and each text something to say", () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  expect([...Object.values(zh), ...Object.values(en)].filter((text) => text.trim() === "")).toEqual(
    [],
  );
});

test("both languages fill in the same places", () => {
  const places = (text: string) => [...text.matchAll(PLACE)].map((found) => found[1]).sort();
  const differ = Object.keys(zh).filter((key) => {
    const known = key as keyof typeof zh;
    return places(zh[known]).join() !== places(en[known]).join();
  });

  expect(differ).toEqual([]);
});

test("no text is there that no page uses", () => {
  const files = readdirSync(UI, { recursive: true, encoding: "utf-8" });
  const pages = files
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.startsWith("words/"))
    .map((name) => readFileSync(join(UI, name), "utf-8"))
    .join("\n");

  expect(Object.keys(zh).filter((key) => !new RegExp(`["']${key}["']`).test(pages))).toEqual([]);
});

test("each code of the server has a word in both languages", () => {
  for (const codes of Object.values(enums)) {
    for (const words of Object.values(codes)) expect(Object.keys(words)).toEqual(["zh", "en"]);
  }
});

test("the language is that of the staff pages' cookie, and is kept there", () => {
  speak("en");

  expect(document.cookie).toContain("django_language=en");
  expect(document.documentElement.lang).toBe("en");
  expect(t("list.left", { count: 3 })).toBe("To be visited 3");
  expect(word("mode", "evening")).toBe("Evening home visit");
});

test("an unknown code is shown as it is; a missing fact leaves its place", () => {
  expect(word("living_status", "else")).toBe("else");
  expect(t("list.left")).toBe("待走访 {count}");
  expect(choicesOf("reply_mode").map((each) => each.label)).toContain("当面");
});
