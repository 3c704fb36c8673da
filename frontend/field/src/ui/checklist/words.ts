/** The few words of the questions that no form brings along. */

import type { Question } from "../../core/checklist/definition.ts";

const texts = {
  zh: {
    add: "添加一条",
    remove: "删除这一条",
    clear: "清空回答",
    photo: "可不拍；需要时在走访记录里加照片，请勿拍人。",
    place: "可不填，本系统不采集位置。",
    unreadable: "此清单由更新的版本制作，请联网更新页面后填写。",
    missing: "请填写此项。",
    kind: "此项填写有误。",
    date: "请填写日期。",
    integer: "请填写整数。",
    decimal: "请填写数字。",
    choice: "请从选项中选择。",
    constraint: "填写内容不符合要求，请核对。",
    long: "内容过长。",
    many: "条数过多。",
    unknown: "清单中没有此项。",
  },
  en: {
    add: "Add one",
    remove: "Remove this one",
    clear: "Clear the answers",
    photo: "Can be left out; photos are added to the visit itself. No people, please.",
    place: "Can be left out; this system takes no position.",
    unreadable: "This checklist was made by a newer version; update the page with a network.",
    missing: "Fill this in.",
    kind: "This is no answer to this question.",
    date: "Choose a day.",
    integer: "Write a whole number.",
    decimal: "Write a number.",
    choice: "Choose one of the answers.",
    constraint: "This answer cannot be right; look at it again.",
    long: "Too long.",
    many: "Too many entries.",
    unknown: "The checklist does not ask this.",
  },
} as const;

export type Word = keyof (typeof texts)["zh"];

export function say(language: string, word: Word): string {
  return (language === "en" ? texts.en : texts.zh)[word];
}

/** What is wrong, where the form says nothing of its own. */
export function flaw(language: string, wrong: string, question: Question | undefined): string {
  const kind = question?.kind;
  if (wrong === "kind" && (kind === "date" || kind === "integer" || kind === "decimal")) {
    return say(language, kind);
  }
  return say(language, wrong in texts.zh ? (wrong as Word) : "kind");
}
