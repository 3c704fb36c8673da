import { afterEach, beforeEach, vi } from "vitest";
import type { FieldRecord } from "../src/core/app.ts";
import type { VisitBody } from "../src/core/contract.ts";
import { TO } from "../src/ui/route.ts";
import { type Fake, fakeApp } from "./fake-app.ts";
import { FIRST } from "./fake-data.ts";
import { type Opened, openOver, settled } from "./opened.ts";

const PAUSE = 500;
let opened: Opened | null = null;

beforeEach(() => {
  vi.useFakeTimers({
    now: new Date(2026, 10, 24, 20, 10),
    toFake: ["Date", "setTimeout", "clearTimeout"],
  });
});
afterEach(() => {
  opened?.page.unmount();
  opened = null;
  vi.useRealTimers();
});

/** The visit page of the first household, in the evening. */
export async function visit(
  app: Fake = fakeApp(),
  hash: string = TO.visit(FIRST),
): Promise<Opened> {
  opened = await openOver(app, hash);
  return opened;
}

/** What the only record says. */
export function bodyOf(app: Fake): VisitBody {
  const [record] = app.records() as [FieldRecord];
  return record.body;
}

/** Longer than the page waits before it keeps what was typed. */
export async function pause(): Promise<void> {
  await vi.advanceTimersByTimeAsync(PAUSE);
  await settled();
}
