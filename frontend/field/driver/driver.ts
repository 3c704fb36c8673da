import type { Draft, FieldApp } from "../src/core/app.ts";
import type { VisitBody } from "../src/core/contract.ts";
import { openFieldApp } from "../src/sync/field-app.ts";

/** The phone page without its pages, for the fault test: what a person does, by name. */
declare global {
  interface Window {
    driver: Driver;
  }
}

interface Planned {
  readonly recordId: string;
  readonly body: VisitBody;
}

interface Tally {
  readonly states: Readonly<Record<string, number>>;
  readonly receipts: Readonly<Record<string, string>>;
  readonly errors: readonly unknown[];
  readonly held: number;
  readonly offeredAgain: number;
  readonly phase: string;
  readonly message: string;
}

interface Driver {
  open(pin: string): Promise<string>;
  begin(): Promise<number>;
  write(planned: readonly Planned[]): Promise<void>;
  sync(): Promise<Tally>;
  tally(): Tally;
}

let app: FieldApp;

window.driver = {
  async open(pin) {
    app = await openFieldApp();
    if (app.lock.state() === "new") await app.lock.create(pin);
    else if (!(await app.lock.open(pin))) throw new Error("the PIN was refused");
    return app.lock.state();
  },
  /** Takes all natural villages along; how many households came. */
  async begin() {
    await app.syncNow();
    for (const hamlet of app.hamlets()) await app.take(hamlet.id);
    return app.hamlets().reduce((sum, one) => sum + app.households(one.id).length, 0);
  },
  async write(planned) {
    for (const { recordId, body } of planned) {
      const draft: Draft = { id: recordId, householdId: body.household_id, body, form: null };
      await app.saveDraft(draft);
      await app.queue(recordId);
    }
  },
  async sync() {
    await app.syncNow();
    return tally();
  },
  tally,
};

function tally(): Tally {
  const records = app.records();
  const states: Record<string, number> = {};
  for (const record of records) states[record.state] = (states[record.state] ?? 0) + 1;
  const accepted = records.flatMap((one) => (one.answer ? [one.answer] : []));
  return {
    states,
    receipts: Object.fromEntries(accepted.map((one) => [one.visit_id, one.receipt])),
    errors: records.map((one) => one.errors).filter((one) => Object.keys(one).length > 0),
    held: accepted.reduce((sum, one) => sum + one.held.length, 0),
    offeredAgain: records.filter((one) => one.wasOfferedAgain).length,
    phase: app.sync().phase,
    message: app.sync().message,
  };
}
