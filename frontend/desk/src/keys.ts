import { moveToRow } from "./rows.ts";

const SECOND_KEY_WITHIN = 1_200;

/**
 * `/` search, `j` `k` rows, `?` the list of keys (`dialog#keys`), `g` then a letter: the link of the
 * page with that `data-bf-key`. Keys typed into a control mean what they say.
 */
export function listenToKeys(): void {
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (going > Date.now() - SECOND_KEY_WITHIN) {
      going = 0;
      if (go(event.key)) event.preventDefault();
    } else if (event.key === "g") {
      going = Date.now();
    } else if (act(event.key)) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    const asked = event.target instanceof Element && event.target.closest("[data-bf-show-keys]");
    if (asked) showKeys();
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (document.querySelector("dialog[open]")) return true;
  return target.isContentEditable || target.matches("input:not([type=checkbox]), select, textarea");
}

function go(key: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[data-bf-key="${CSS.escape(key)}"]`);
  link?.click();
  return link !== null;
}

function act(key: string): boolean {
  switch (key) {
    case "/":
      return focusSearch();
    case "j":
      moveToRow(1);
      return true;
    case "k":
      moveToRow(-1);
      return true;
    case "?":
      return showKeys();
    default:
      return false;
  }
}

function focusSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>("[data-bf-search]");
  search?.focus();
  search?.select();
  return search !== null;
}

function showKeys(): boolean {
  const keys = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (!keys || typeof keys.showModal !== "function") return false;
  keys.showModal();
  return true;
}
