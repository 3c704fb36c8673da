const MOVING = "is-moving";

/**
 * Items of `ol[data-bf-order]` are dragged by their `[data-bf-drag]`, with mouse, pen or finger. Where
 * one is let go its own `form[data-bf-place]` is sent: the same as typing the position and sending it.
 */
export function orderByDragging(): void {
  document.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Element) || event.button !== 0) return;
    const handle = event.target.closest<HTMLElement>("[data-bf-drag]");
    const item = handle?.closest<HTMLElement>("li");
    const list = item?.closest<HTMLElement>("[data-bf-order]");
    if (!item || !list) return;
    event.preventDefault();
    follow(item, list, event.pointerId);
  });
}

function follow(item: HTMLElement, list: HTMLElement, pointer: number): void {
  const before = itemsOf(list);
  const from = before.indexOf(item);
  const stop = new AbortController();
  const { signal } = stop;
  const end = (): void => {
    stop.abort();
    item.classList.remove(MOVING);
  };
  const putBack = (): void => {
    end();
    list.append(...before);
  };
  // The list, not the handle: what is moved within the page lets go of its pointer.
  list.setPointerCapture(pointer);
  item.classList.add(MOVING);
  list.addEventListener("pointermove", (event) => move(item, list, event.clientY), { signal });
  list.addEventListener("pointercancel", putBack, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && putBack(), { signal });
  list.addEventListener(
    "pointerup",
    () => {
      end();
      const to = itemsOf(list).indexOf(item);
      if (to !== from) send(item, to + 1);
    },
    { signal },
  );
}

function move(item: HTMLElement, list: HTMLElement, y: number): void {
  const others = itemsOf(list).filter((other) => other !== item);
  const middles = others.map((other) => {
    const { top, height } = other.getBoundingClientRect();
    return top + height / 2;
  });
  const next = others[placeAt(middles, y)] ?? null;
  if (next !== item.nextElementSibling) list.insertBefore(item, next);
}

/** How many of the middles, from the top down, lie above the pointer. */
export function placeAt(middles: readonly number[], y: number): number {
  return middles.filter((middle) => middle < y).length;
}

function itemsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > li")];
}

function send(item: HTMLElement, position: number): void {
  const form = item.querySelector<HTMLFormElement>("form[data-bf-place]");
  const field = form?.querySelector<HTMLInputElement>("input[name=position]");
  if (!form || !field) return;
  field.value = String(position);
  form.requestSubmit();
}
