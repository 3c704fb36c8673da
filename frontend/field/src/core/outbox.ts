import type { RecordState } from "./app.ts";

/** What of a record lies open beside its content: ids, states and times. */
export interface Entry {
  readonly id: string;
  readonly operationId: string;
  readonly state: RecordState;
  readonly personId: string;
  readonly changedAt: string;
  readonly finishedAt: string | null;
  readonly sentAt: string | null;
  readonly wasOfferedAgain: boolean;
}

export type OutboxEvent =
  | { readonly kind: "write"; readonly at: string }
  | { readonly kind: "finish"; readonly at: string }
  | { readonly kind: "take" }
  | { readonly kind: "accept"; readonly at: string }
  | { readonly kind: "reject"; readonly at: string }
  | { readonly kind: "put_back" }
  | { readonly kind: "reopen"; readonly at: string; readonly operationId: string }
  | { readonly kind: "offer_again" };

const MOVES: Record<RecordState, Partial<Record<OutboxEvent["kind"], RecordState>>> = {
  draft: { write: "draft", finish: "queued" },
  queued: { take: "sending" },
  sending: { accept: "accepted", reject: "rejected", put_back: "queued" },
  accepted: { offer_again: "queued" },
  rejected: { reopen: "draft" },
};

/** The entry after the event, or null where the event means nothing in its state. */
export function moved(entry: Entry, event: OutboxEvent): Entry | null {
  const state = MOVES[entry.state][event.kind];
  if (state === undefined) return null;
  const next = { ...entry, state };
  switch (event.kind) {
    case "write":
      return { ...next, changedAt: event.at };
    case "finish":
      return { ...next, changedAt: event.at, finishedAt: event.at };
    case "accept":
    case "reject":
      return { ...next, sentAt: event.at };
    case "reopen":
      return { ...next, changedAt: event.at, operationId: event.operationId, sentAt: null };
    case "offer_again":
      return { ...next, wasOfferedAgain: true, sentAt: null };
    default:
      return next;
  }
}

/** Only what never went out, or came back without effect, may be thrown away. */
export function canDiscard(state: RecordState): boolean {
  return state === "draft" || state === "rejected";
}

/** Those that wait, in the order they were finished in. */
export function inOrder<E extends Entry>(entries: readonly E[]): E[] {
  const key = (entry: Entry): string => `${entry.finishedAt ?? ""} ${entry.id}`;
  return entries.filter(({ state }) => state === "queued").sort((a, b) => compare(key(a), key(b)));
}

function compare(first: string, second: string): number {
  return first < second ? -1 : Number(first > second);
}

const KEPT = 30 * 86_400_000;

/** Accepted ones stay readable for thirty days after the server's answer. */
export function isPast(entry: Entry, serverTime: number): boolean {
  if (entry.state !== "accepted" || entry.sentAt === null) return false;
  return serverTime - Date.parse(entry.sentAt) > KEPT;
}
