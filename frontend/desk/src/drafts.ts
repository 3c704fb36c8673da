import { formOf } from "./forms.ts";

/** What a form held: one entry per filled control, in the form's order. */
export type Draft = readonly (readonly [name: string, value: string])[];

const PREFIX = "bf-draft:";
const NEVER_KEPT = "input[type=hidden], input[type=password], input[type=file]";

/**
 * `form[data-bf-draft="name"]`: what is typed stays in this tab until it is sent or the person signs
 * out, so that neither an ended session nor a lost connection costs a word. Drafts belong to the
 * signed-in person (`body[data-bf-person]`); another person in the same tab never sees them.
 */
export function keepDrafts(): void {
  const person = document.body.dataset.bfPerson;
  if (!person) return;
  dropOthers(person);
  dropSent(person);
  for (const form of draftForms()) restore(form, person);
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form?.dataset.bfDraft) write(keyOf(form, person), draftOf(form));
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (form?.hasAttribute("data-bf-sign-out")) sessionStorage.clear();
    else if (form?.dataset.bfDraft) sessionStorage.setItem(sentKey(person), keyOf(form, person));
  });
}

export function draftOf(form: HTMLFormElement): Draft {
  const never = new Set(
    [...form.querySelectorAll(NEVER_KEPT)].map((one) => one.getAttribute("name")),
  );
  return [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" && value !== "" && !never.has(name) ? [[name, value] as const] : [],
  );
}

export function parseDraft(stored: string | null): Draft {
  if (stored === null) return [];
  const read: unknown = JSON.parse(stored);
  if (!Array.isArray(read)) return [];
  return read.filter(
    (entry): entry is [string, string] =>
      Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "string",
  );
}

export function sameDraft(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function draftForms(): NodeListOf<HTMLFormElement> {
  return document.querySelectorAll<HTMLFormElement>("form[data-bf-draft]");
}

function keyOf(form: HTMLFormElement, person: string): string {
  return `${PREFIX}${person}:${form.dataset.bfDraft ?? ""}`;
}

function sentKey(person: string): string {
  return `bf-sent:${person}`;
}

function write(key: string, draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    document.querySelector("[data-bf-draft-full]")?.removeAttribute("hidden");
  }
}

function dropOthers(person: string): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${person}:`)) {
      sessionStorage.removeItem(key);
    }
  }
}

/** The form was sent and this page is not that form again: its draft has done its work. */
function dropSent(person: string): void {
  const sent = sessionStorage.getItem(sentKey(person));
  sessionStorage.removeItem(sentKey(person));
  const stillHere = [...draftForms()].some((form) => keyOf(form, person) === sent);
  if (sent !== null && !stillHere) sessionStorage.removeItem(sent);
}

/** Fill a fresh form. One that came back with errors already holds what was typed. */
function restore(form: HTMLFormElement, person: string): void {
  const key = keyOf(form, person);
  const draft = parseDraft(sessionStorage.getItem(key));
  if (draft.length === 0 || form.hasAttribute("data-bf-bound")) return;
  if (sameDraft(draft, draftOf(form))) return;
  fill(form, draft);
  const notice = form.querySelector("[data-bf-draft-notice]");
  notice?.removeAttribute("hidden");
  notice?.querySelector("button")?.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.reset();
    notice.setAttribute("hidden", "");
  });
}

function fill(form: HTMLFormElement, draft: Draft): void {
  const kept = new Map<string, string[]>();
  for (const [name, value] of draft) kept.set(name, [...(kept.get(name) ?? []), value]);
  for (const control of form.elements) {
    fillControl(control, kept.get(control.getAttribute("name") ?? "") ?? []);
  }
}

/** Texts of one name take the values in turn; marks and choices look for their own. */
function fillControl(control: Element, values: string[]): void {
  if (control instanceof HTMLSelectElement) {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else if (isMark(control)) {
    control.checked = values.includes(control.value);
  } else if (isText(control) && values.length > 0) {
    control.value = values.shift() ?? "";
  }
}

function isMark(control: Element): control is HTMLInputElement {
  return control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);
}

function isText(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
  if (control instanceof HTMLTextAreaElement) return true;
  return control instanceof HTMLInputElement && !/^(hidden|file|submit|button)$/.test(control.type);
}
