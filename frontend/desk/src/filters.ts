const TYPING_PAUSE = 400;

/** `form[data-bf-auto]` sends itself when a choice changes, or when typing has paused. */
export function submitFiltersOnChange(): void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const send = (form: HTMLFormElement): void => {
    clearTimeout(pause);
    form.requestSubmit();
  };
  document.addEventListener("change", (event) => {
    const form = autoForm(event.target);
    if (form && !isSearch(event.target)) send(form);
  });
  document.addEventListener("input", (event) => {
    const form = autoForm(event.target);
    if (!form || !isSearch(event.target) || (event as InputEvent).isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(() => form.isConnected && send(form), TYPING_PAUSE);
  });
}

function autoForm(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-bf-auto]") : null;
}

function isSearch(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && /^(search|text)$/.test(target.type);
}
