interface Htmx {
  config: Record<string, unknown>;
  process(element: Element): void;
}

declare global {
  interface Window {
    htmx?: Htmx;
  }
}

/** Nothing that the content security policy refuses, nothing kept of pages with residents' data. */
export function configureHtmx(): void {
  if (!window.htmx) return;
  Object.assign(window.htmx.config, {
    includeIndicatorStyles: false,
    allowEval: false,
    allowScriptTags: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    scrollIntoViewOnBoost: false,
    timeout: 20_000,
  });
  document.addEventListener("htmx:responseError", (event) => tellFailure(statusOf(event)));
  document.addEventListener("htmx:sendError", () => tellFailure(0));
  document.addEventListener("htmx:timeout", () => tellFailure(0));
}

/** Let htmx see what a script put into the page. */
export function enliven(element: Element): void {
  window.htmx?.process(element);
}

function statusOf(event: Event): number {
  const detail = (event as CustomEvent<{ xhr?: XMLHttpRequest }>).detail;
  return detail?.xhr?.status ?? 0;
}

/** A lost session needs the sign-in page; all else is said in the page's own words. */
function tellFailure(status: number): void {
  if (status === 401 || status === 403) {
    window.location.reload();
    return;
  }
  document.querySelector("[data-bf-failure]")?.removeAttribute("hidden");
}
