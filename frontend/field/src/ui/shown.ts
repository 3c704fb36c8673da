import { shownMoment } from "../core/moment.ts";

/** A moment as lists show it today. */
export function shownNow(iso: string): string {
  return shownMoment(iso, new Date());
}

/** What lies below refuses with sentences for people; of any other failure `otherwise` is said. */
export function reasonOf(failure: unknown, otherwise: string): string {
  const isSentence = failure instanceof Error && failure.name === "FieldError";
  return isSentence ? failure.message : otherwise;
}
