import { shownMoment } from "../core/moment.ts";

/** A moment as lists show it today. */
export function shownNow(iso: string): string {
  return shownMoment(iso, new Date());
}

/** The sentence of a failure, for people. */
export function reasonOf(failure: unknown, otherwise: string): string {
  return failure instanceof Error && failure.message !== "" ? failure.message : otherwise;
}
