import type { Draft } from "../../src/core/app.ts";
import { uuid7 } from "../../src/core/ids.ts";
import { randomBytes } from "../../src/store/crypto.ts";
import type { Environment, Signal } from "../../src/sync/environment.ts";
import { openIn, type Running } from "../../src/sync/field-app.ts";
import { visitBody } from "../examples.ts";
import { type FakeServer, HAMLET, makeFakeServer } from "./fake-server.ts";

export const PIN = "135792";

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** A phone whose clock stands still until a test moves it, and that hears what a test says. */
export interface FakePhone extends Environment {
  time: number;
  online: boolean;
  timers: Set<Timer>;
  readonly server: FakeServer;
  say(signal: Signal): void;
  pass(milliseconds: number): void;
}

/** Browser locks as far as they are used: one holder, and nobody waits. */
export function makeFakeLocks(): Environment["locks"] {
  const held = new Set<string>();
  const request = async (
    name: string,
    _options: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (held.has(name)) return work(null);
    held.add(name);
    try {
      return await work({ name, mode: "exclusive" });
    } finally {
      held.delete(name);
    }
  };
  return { request } as unknown as Environment["locks"];
}

let count = 0;

export function makeFakePhone(rest: Partial<Environment> = {}): FakePhone {
  const listeners = new Map<Signal, Set<() => void>>();
  const timers = new Set<Timer>();
  count += 1;
  const phone: FakePhone = {
    time: Date.parse("2026-11-24T12:00:00Z"),
    online: true,
    timers,
    server: makeFakeServer(() => phone.time),
    database: `test-${count}`,
    locks: makeFakeLocks(),
    now: () => phone.time,
    fetch: (address, init) => phone.server.fetch(address, init),
    isOnline: () => phone.online,
    on(signal, listener) {
      const set = listeners.get(signal) ?? new Set();
      listeners.set(signal, set.add(listener));
      return () => void set.delete(listener);
    },
    after(milliseconds, call) {
      const timer = { due: phone.time + milliseconds, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    shrink: async (picture) => picture,
    phoneName: () => "Android 8.1",
    persist: async () => {},
    update: { isWaiting: () => false, subscribe: () => {}, take: async () => {} },
    say: (signal) => listeners.get(signal)?.forEach((listener) => void listener()),
    pass(milliseconds) {
      phone.time += milliseconds;
      for (const timer of [...timers].filter(({ due }) => due <= phone.time)) {
        if (timers.delete(timer)) timer.call();
      }
    },
    ...rest,
  };
  return phone;
}

/** An app with a PIN that has met the server once and has a natural village with it. */
export async function ready(env: FakePhone): Promise<Running> {
  const running = await openIn(env);
  await running.app.lock.create(PIN);
  await running.app.syncNow();
  await running.app.take(HAMLET);
  return running;
}

/** Another tab of the same phone. */
export async function anotherTab(env: FakePhone): Promise<Running> {
  const running = await openIn(env);
  await running.app.lock.open(PIN);
  await running.app.syncNow();
  return running;
}

export function makeDraft(env: Environment, rest: Partial<Draft["body"]> = {}): Draft {
  const id = uuid7(env.now(), randomBytes(10));
  const visit_id = uuid7(env.now(), randomBytes(10));
  const body = visitBody({ visit_id, ...rest });
  return { id, householdId: body.household_id, body, form: null };
}

/** Writes and finishes a visit, and gives its id. */
export async function record(running: Running, env: FakePhone): Promise<string> {
  const draft = makeDraft(env);
  env.time += 1000;
  await running.app.saveDraft(draft);
  await running.app.queue(draft.id);
  return draft.id;
}

export function statesOf(running: Running): string[] {
  return running.app
    .records()
    .map(({ state }) => state)
    .sort();
}
