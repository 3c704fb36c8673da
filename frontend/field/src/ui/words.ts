import { ref } from "vue";
import { en } from "./words/en.ts";
import enums from "./words/enums.json";
import { zh } from "./words/zh.ts";

export type Key = keyof typeof zh;
export type Language = "zh" | "en";
export type EnumName = keyof typeof enums;

const COOKIE = "django_language";
const YEAR = 31_536_000;
const DICTIONARIES: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { zh, en };
const ENUMS: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<Language, string>>>>>
> = enums;

export function cookieOf(name: string): string {
  const pairs = document.cookie.split("; ").map((pair) => pair.split("="));
  return pairs.find(([key]) => key === name)?.[1] ?? "";
}

export function keepCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the browsers of old phones have no cookie store
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

/** As on the staff pages: the same cookie. */
export const language = ref<Language>(cookieOf(COOKIE).startsWith("en") ? "en" : "zh");

export function speak(wanted: Language): void {
  keepCookie(COOKIE, wanted === "zh" ? "zh-hans" : "en");
  language.value = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-Hans" : "en";
}

/** The text in the language of the page; `{name}` is replaced by the fact of that name. */
export function t(key: Key, facts: Readonly<Record<string, string | number>> = {}): string {
  return DICTIONARIES[language.value][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(facts[name] ?? whole),
  );
}

/** The word of the server for one of its codes. */
export function word(name: EnumName, value: string): string {
  return ENUMS[name]?.[value]?.[language.value] ?? value;
}

/** All codes of a kind with their words, in the order of the server. */
export function choicesOf(name: EnumName): readonly { value: string; label: string }[] {
  return Object.keys(enums[name]).map((value) => ({ value, label: word(name, value) }));
}

/** A remark behind something, in the brackets of the language. */
export function bracketed(text: string): string {
  if (text === "") return "";
  return language.value === "zh" ? `（${text}）` : ` (${text})`;
}

/** Names and the like, one after the other. */
export function joined(words: readonly string[]): string {
  return words.filter((each) => each !== "").join(language.value === "zh" ? "、" : ", ");
}
