import type { Mode } from "./contract.ts";

const DAYTIME = { from: 6, to: 18 };

function two(number: number): string {
  return String(Math.abs(number)).padStart(2, "0");
}

function wallClock(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** ISO 8601 by the clock of the phone, with its distance to UTC, as the server is told. */
export function isoOf(at: Date): string {
  const ahead = -at.getTimezoneOffset();
  const sign = ahead < 0 ? "-" : "+";
  const minutes = Math.abs(ahead);
  const offset = `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${wallClock(at)}:${two(at.getSeconds())}${offset}`;
}

/** What an input of day and time holds. */
export function inputOf(iso: string): string {
  return wallClock(new Date(iso));
}

/** From such an input; an emptied one leaves the time as it was. */
export function fromInput(text: string, before: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? before : isoOf(at);
}

export function dayOf(iso: string): string {
  return inputOf(iso).slice(0, 10);
}

/** Short, for a list: the year only where it is another one than that of `now`. */
export function shownMoment(iso: string, now: Date): string {
  const text = inputOf(iso).replace("T", " ");
  return text.startsWith(`${now.getFullYear()}-`) ? text.slice(5) : text;
}

/** The way of visiting that the hour suggests. */
export function modeAt(at: Date): Mode {
  return at.getHours() >= DAYTIME.from && at.getHours() < DAYTIME.to ? "day" : "evening";
}
