/** `[data-bf-print]` prints the page. */
export function printOnRequest(): void {
  document.addEventListener("click", (event) => {
    const asked = event.target instanceof Element && event.target.closest("[data-bf-print]");
    if (asked) window.print();
  });
}
