import type { FieldRecord } from "../src/core/app.ts";
import type { Accepted, VisitBody } from "../src/core/contract.ts";
import answered from "./examples/answers.json" with { type: "json" };
import batch from "./examples/batch.json" with { type: "json" };
import { recordOf } from "./fake-app.ts";
import { idOf } from "./fake-data.ts";

const [accepted, rejected] = answered.answers;
const [command] = batch.commands;

/** One record in each state. */
export function someRecords(): readonly FieldRecord[] {
  return [
    record("901", "101", { state: "draft" }),
    record("902", "102", { state: "queued" }),
    record("903", "103", { state: "sending" }),
    record("904", "105", {
      state: "accepted",
      sentAt: "2026-11-24T20:40:00+08:00",
      answer: accepted as Accepted,
      wasOfferedAgain: true,
    }),
    record("905", "106", { state: "rejected", errors: rejected?.errors as Record<string, string> }),
  ];
}

function record(id: string, household: string, more: Partial<FieldRecord>): FieldRecord {
  const body = { ...command?.body, household_id: idOf(household) } as VisitBody;
  return recordOf({ id: idOf(id), householdId: idOf(household), body, form: null }, more);
}
