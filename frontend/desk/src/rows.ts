const CURRENT = "is-current";

/** j and k walk through the rows of `table[data-bf-rows]`; Enter opens the row's first link. */
export function moveToRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("table[data-bf-rows] > tbody > tr")];
  const now = rows.findIndex((row) => row.classList.contains(CURRENT));
  const next = rows[nextIndex(now, step, rows.length)];
  if (!next) return;
  rows[now]?.classList.remove(CURRENT);
  next.classList.add(CURRENT);
  const link = next.querySelector<HTMLElement>("a[href]");
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

export function nextIndex(now: number, step: 1 | -1, count: number): number {
  if (now < 0) return step > 0 ? 0 : count - 1;
  return Math.min(Math.max(now + step, 0), count - 1);
}

/** `input[data-bf-pick-all]` ticks its table's rows; `[data-bf-picked]` shows how many are ticked. */
export function pickRows(): void {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    const table = box.closest("table");
    if (!table) return;
    const boxes = [...table.querySelectorAll<HTMLInputElement>("tbody .pick input")];
    if (box.hasAttribute("data-bf-pick-all")) {
      for (const other of boxes) other.checked = box.checked;
    }
    showPicked(table, boxes.filter((one) => one.checked).length, boxes.length);
  });
}

function showPicked(table: HTMLTableElement, picked: number, of: number): void {
  const all = table.querySelector<HTMLInputElement>("[data-bf-pick-all]");
  if (all) {
    all.checked = picked === of && of > 0;
    all.indeterminate = picked > 0 && picked < of;
  }
  const bulk = table.closest(".card")?.querySelector<HTMLElement>(".bulk");
  if (!bulk) return;
  bulk.hidden = picked === 0;
  const count = bulk.querySelector("[data-bf-picked]");
  if (count) count.textContent = String(picked);
}
