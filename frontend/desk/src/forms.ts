/** An answer that is a file to save ends no page: the button comes back after this time. */
const RELEASE_AFTER = 10_000;

const dirty = new Set<HTMLFormElement>();

/** `form[data-bf-guard]`: leaving the page with typed, unsent input asks first. */
export function guardUnsavedForms(): void {
  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (form?.hasAttribute("data-bf-guard")) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (form) dirty.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });
}

/** A second press of the button sends nothing; coming back makes the button usable again. */
export function sendFormsOnce(): void {
  const release = (): void => {
    for (const busy of document.querySelectorAll("form[aria-busy], .btn[aria-busy]")) {
      busy.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("submit", (event) => {
    const form = formOf(event.target);
    if (form?.method !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(release, RELEASE_AFTER);
  });
  window.addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);
}

export function formOf(target: EventTarget | null): HTMLFormElement | null {
  if (target instanceof HTMLFormElement) return target;
  return target instanceof Element ? target.closest("form") : null;
}
