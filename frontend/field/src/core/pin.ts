import type { Trouble } from "./words.ts";

export const MOST_TRIES = 10;

/** Why this PIN is not taken: six digits, neither all the same nor in a row. */
export function troubleOfPin(pin: string): Trouble | null {
  if (!/^[0-9]{6}$/.test(pin)) return "bad_pin";
  const steps = new Set<number>();
  for (let place = 1; place < pin.length; place += 1) {
    steps.add(pin.charCodeAt(place) - pin.charCodeAt(place - 1));
  }
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1 ? "weak_pin" : null;
}
