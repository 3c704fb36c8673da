const YEAR = 31_536_000;

/** `button[data-bf-type]` switches the big type; the server writes the kept choice into `<html>`. */
export function rememberTypeSize(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-bf-type]") : null;
    if (!button) return;
    const big = document.documentElement.dataset.type !== "big";
    document.documentElement.dataset.type = big ? "big" : "normal";
    button.setAttribute("aria-pressed", String(big));
    // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is missing in the browsers served
    document.cookie = `bf_type=${big ? "big" : "normal"}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}
