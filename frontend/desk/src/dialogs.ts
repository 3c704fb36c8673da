import { enliven } from "./htmx.ts";

/**
 * `a[data-bf-dialog]` opens the page it links to as a dialog: that page's `main` (or the part marked
 * `data-bf-dialog-part`) is shown in `#sheet`. Without a script, or when fetching fails, the link is
 * followed as usual. Forms inside are sent as ordinary forms.
 */
export function openLinksInDialogs(): void {
  const sheet = document.querySelector<HTMLDialogElement>("#sheet");
  if (!sheet || typeof sheet.showModal !== "function") return;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-bf-dialog]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    void open(sheet, link);
  });
}

/** `[data-bf-close]` closes its dialog; so does a click beside it. */
export function closeDialogs(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const beside = event.target instanceof HTMLDialogElement;
    if (beside || event.target.closest("[data-bf-close]")) event.target.closest("dialog")?.close();
  });
}

async function open(sheet: HTMLDialogElement, link: HTMLAnchorElement): Promise<void> {
  const inside = sheet.querySelector(".sheet-inside");
  const part = await fetchPart(link.href);
  if (!part || !inside) {
    window.location.assign(link.href);
    return;
  }
  const title = sheet.querySelector("[data-bf-dialog-title]");
  if (title) title.textContent = link.dataset.bfDialog || link.textContent;
  inside.replaceChildren(...part.childNodes);
  giveFormsTheirAddress(inside, link.href);
  enliven(inside);
  sheet.showModal();
}

async function fetchPart(address: string): Promise<Element | null> {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || answer.url !== address) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-bf-dialog-part]") ?? page.querySelector("main");
  } catch {
    return null;
  }
}

/** A form without an action sends itself to its own page, which is no longer this one. */
function giveFormsTheirAddress(inside: Element, address: string): void {
  for (const form of inside.querySelectorAll("form:not([action])")) {
    form.setAttribute("action", address);
  }
}
