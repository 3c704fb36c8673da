// @vitest-environment node
import "fake-indexeddb/auto";
import { Dexie } from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openIn, type Running } from "../../src/sync/field-app.ts";
import {
  anotherTab,
  type FakePhone,
  makeDraft,
  makeFakeLocks,
  makeFakePhone,
  PIN,
  ready,
  record,
  statesOf,
} from "./fake-phone.ts";

const LOCKS = [
  ["locks of the browser", makeFakeLocks],
  ["a row in the database", () => null],
] as const;

let env: FakePhone;
let first: Running;
let second: Running;

async function openBoth(locks: FakePhone["locks"]): Promise<void> {
  env = makeFakePhone({ locks });
  first = await ready(env);
  second = await anotherTab(env);
}

beforeEach(() => openBoth(makeFakeLocks()));

afterEach(() => {
  first.stop();
  second.stop();
});

test.each(LOCKS)("two tabs with %s send each record once", async (_words, makeLocks) => {
  first.stop();
  second.stop();
  await openBoth(makeLocks());
  env.server.isSignedIn = false;
  for (let visit = 0; visit < 4; visit += 1) {
    await record(visit % 2 ? first : second, env);
  }
  await Promise.all([first.rest(), second.rest()]);
  env.server.isSignedIn = true;

  await Promise.all([first.app.syncNow(), second.app.syncNow(), first.app.syncNow()]);
  await Promise.all([first.app.syncNow(), second.app.syncNow()]);

  expect([...env.server.arrivals.values()]).toEqual([1, 1, 1, 1]);
  for (const tab of [first, second]) {
    await vi.waitFor(() => expect(statesOf(tab)).toEqual(Array(4).fill("accepted")));
  }
});

test("what is written in one tab is seen in the other", async () => {
  const draft = makeDraft(env);
  await first.app.saveDraft(draft);
  await vi.waitFor(() => expect(statesOf(second)).toEqual(["draft"]));

  await second.app.discard(draft.id);
  await vi.waitFor(() => expect(statesOf(first)).toEqual([]));
});

test("a wipe in one tab empties the other, and nothing is written into the empty tables", async () => {
  await first.app.lock.wipe();

  await expect(second.app.saveDraft(makeDraft(env))).rejects.toMatchObject({ trouble: "wiped" });
  await vi.waitFor(() => expect(second.app.lock.state()).toBe("wiped"));
  expect(second.app.start()).toBeNull();
});

test("a record that a closed tab left under way waits again, under the same id", async () => {
  env.server.isSignedIn = false;
  const id = await record(first, env);
  await Promise.all([first.rest(), second.rest()]);
  const before = first.app.records().find((one) => one.id === id)?.operationId;
  const raw = await new Dexie(env.database).open();
  await raw.table("records").update(id, { state: "sending", version: 99 });
  raw.close();
  env.server.isSignedIn = true;
  first.stop();
  second.stop();

  first = await anotherTab(env);

  const [after] = first.app.records();
  expect(after).toMatchObject({ id, operationId: before, state: "accepted" });
});

test("a tab whose page is older than the tables writes nothing and asks to be opened again", async () => {
  const raw = await new Dexie(env.database).open();
  const vault = await raw.table("meta").get("vault");
  await raw.table("meta").put({ ...vault, schema: 2 });
  raw.close();

  await expect(first.app.saveDraft(makeDraft(env))).rejects.toMatchObject({ trouble: "stale" });
  await second.app.syncNow();

  expect(second.app.sync()).toMatchObject({ hasUpdate: true });
  expect(second.app.sync().message).toContain("重新打开");
});

test("tables that a newer page changes are let go at once", async () => {
  await Promise.all([first.rest(), second.rest()]);
  const newer = new Dexie(env.database);
  newer.version(2).stores({ meta: "key", more: "id" });
  await newer.open();
  newer.close();

  await expect(first.app.saveDraft(makeDraft(env))).rejects.toMatchObject({ trouble: "stale" });
  expect(first.app.sync().hasUpdate).toBe(true);
});

test("a page that is older than the tables leaves them as they are", async () => {
  await Promise.all([first.rest(), second.rest()]);
  const newer = new Dexie(env.database);
  newer.version(2).stores({ meta: "key", more: "id" });
  await newer.open();
  newer.close();

  await expect(openIn(env)).rejects.toMatchObject({ trouble: "stale" });

  const raw = await new Dexie(env.database).open();
  expect([raw.verno, raw.tables.map(({ name }) => name)]).toEqual([2, ["meta", "more"]]);
  raw.close();
});

test("a page that is older than the vault it finds writes nothing", async () => {
  const raw = await new Dexie(env.database).open();
  const vault = await raw.table("meta").get("vault");
  await raw.table("meta").put({ ...vault, schema: 2 });
  raw.close();

  const older = await openIn(env);

  expect(older.app.sync().hasUpdate).toBe(true);
  await expect(older.app.lock.open(PIN)).rejects.toMatchObject({ trouble: "stale" });
  expect(older.app.lock.state()).toBe("locked");
  older.stop();
});

test("a lease of a tab that died runs out", async () => {
  first.stop();
  second.stop();
  await openBoth(null);
  await Promise.all([first.rest(), second.rest()]);
  const raw = await new Dexie(env.database).open();
  await raw.table("meta").put({ key: "lease", owner: "dead", until: env.time + 60_000 });
  raw.close();
  await record(first, env);
  await first.rest();
  expect(statesOf(first)).toEqual(["queued"]);

  env.time += 60_001;
  await first.app.syncNow();

  expect(statesOf(first)).toEqual(["accepted"]);
});

test("a second vault is not made beside the first", async () => {
  const third = await openIn(env);

  await expect(third.app.lock.create("246813")).rejects.toMatchObject({ trouble: "has_pin" });
  third.stop();
});
