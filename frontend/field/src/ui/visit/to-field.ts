/** Brings a wrong field to where it can be mended: opened, in sight, ready for typing. */
export function toField(name: string): void {
  const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  if (!field) {
    window.scrollTo(0, 0);
    return;
  }
  for (let fold = field.closest("details"); fold; fold = outer(fold)) fold.open = true;
  field.scrollIntoView({ block: "center" });
  field
    .querySelector<HTMLElement>("input, select, textarea, button")
    ?.focus({ preventScroll: true });
}

function outer(fold: HTMLElement): HTMLDetailsElement | null {
  return fold.parentElement?.closest("details") ?? null;
}
