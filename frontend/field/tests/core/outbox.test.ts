import { expect, test } from "vitest";
import type { RecordState } from "../../src/core/app.ts";
import { canDiscard, type Entry, inOrder, isPast, moved } from "../../src/core/outbox.ts";

const STATES: readonly RecordState[] = ["draft", "queued", "sending", "accepted", "rejected"];
const AT = "2026-11-24T12:00:00.000Z";
const EVENTS = [
  { kind: "write", at: AT },
  { kind: "finish", at: AT },
  { kind: "take" },
  { kind: "accept", at: AT },
  { kind: "reject", at: AT },
  { kind: "put_back" },
  { kind: "reopen", at: AT, operationId: "op-2" },
  { kind: "offer_again" },
] as const;

/** What each event makes of each state, in the order of EVENTS; everything else is no move. */
const TABLE: Record<RecordState, readonly (RecordState | null)[]> = {
  draft: ["draft", "queued", null, null, null, null, null, null],
  queued: [null, null, "sending", null, null, null, null, null],
  sending: [null, null, null, "accepted", "rejected", "queued", null, null],
  accepted: [null, null, null, null, null, null, null, "queued"],
  rejected: [null, null, null, null, null, null, "draft", null],
};

function entry(state: RecordState, rest: Partial<Entry> = {}): Entry {
  return {
    id: "r-1",
    operationId: "op-1",
    state,
    personId: "p-1",
    changedAt: "2026-11-24T10:00:00.000Z",
    finishedAt: null,
    sentAt: null,
    wasOfferedAgain: false,
    ...rest,
  };
}

const MOVES = STATES.flatMap((from) =>
  EVENTS.map((event, place) => [from, event, TABLE[from][place] ?? null] as const),
);

test.each(MOVES)("%s on %o becomes %s", (from, event, to) => {
  expect(moved(entry(from), event)?.state ?? null).toBe(to);
});

test("only reopening gives another operation id", () => {
  for (const [from, event, to] of MOVES) {
    if (to === null) continue;
    const id = moved(entry(from), event)?.operationId;
    expect(id).toBe(event.kind === "reopen" ? "op-2" : "op-1");
  }
});

test("an accepted record carries the server's time, and one offered again says so", () => {
  const accepted = moved(entry("sending"), { kind: "accept", at: AT });
  const again = accepted && moved(accepted, { kind: "offer_again" });

  expect(accepted?.sentAt).toBe(AT);
  expect(again).toMatchObject({ sentAt: null, wasOfferedAgain: true, operationId: "op-1" });
});

test("only drafts and rejected records may be thrown away", () => {
  expect(STATES.filter(canDiscard)).toEqual(["draft", "rejected"]);
});

test("what waits goes out in the order it was finished in", () => {
  const entries = [
    entry("queued", { id: "c", finishedAt: "2026-11-24T10:00:02.000Z" }),
    entry("sending", { id: "x", finishedAt: "2026-11-24T09:00:00.000Z" }),
    entry("queued", { id: "b", finishedAt: "2026-11-24T10:00:01.000Z" }),
    entry("queued", { id: "a", finishedAt: "2026-11-24T10:00:02.000Z" }),
  ];

  expect(inOrder(entries).map(({ id }) => id)).toEqual(["b", "a", "c"]);
});

test("an accepted record is past after thirty days of the server", () => {
  const accepted = entry("accepted", { sentAt: AT });
  const month = Date.parse(AT) + 30 * 86_400_000;

  expect(isPast(accepted, month)).toBe(false);
  expect(isPast(accepted, month + 1)).toBe(true);
  expect(isPast(entry("rejected", { sentAt: AT }), month + 1)).toBe(false);
});
