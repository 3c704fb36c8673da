// @vitest-environment node
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Running } from "../../src/sync/field-app.ts";
import { type FakePhone, makeDraft, makeFakePhone, PIN, ready, record } from "./fake-phone.ts";

let env: FakePhone;
let running: Running;

beforeEach(async () => {
  env = makeFakePhone();
  running = await ready(env);
});

afterEach(() => running.stop());

test("a server restored from an older backup is offered again what it lost, under the same ids", async () => {
  for (let visit = 0; visit < 3; visit += 1) await record(running, env);
  await running.app.syncNow();
  const before = [...env.server.operations];
  env.server.operations.clear();
  env.server.operations.set(...(before[0] as [string, string]));

  await running.app.syncNow();

  expect([...env.server.operations.keys()].sort()).toEqual(before.map(([id]) => id).sort());
  expect(running.app.records().map(({ wasOfferedAgain }) => wasOfferedAgain)).toEqual([
    true,
    true,
    false,
  ]);
  expect(running.app.sync()).toMatchObject({ unsent: 0, phase: "idle" });

  await running.app.syncNow();
  expect(env.server.paths().filter((path) => path === "known/")).toHaveLength(1);
});

test("an order to empty the phone is carried out, and said", async () => {
  await record(running, env);
  const phoneId = env.server.asked.find(({ path }) => path === "start/")?.body.phone_id;
  env.server.fail("commands/", { status: 410, body: { code: "wipe" } });
  env.server.fail("wiped/", "no_answer");
  await running.app.syncNow();

  expect(running.app.lock.state()).toBe("wiped");
  expect(running.app.lock.wipedFor()).toBe("ordered");
  expect(running.app.records()).toEqual([]);
  expect(running.app.start()).toBeNull();
  await running.app.syncNow();

  const said = env.server.asked.filter(({ path }) => path === "wiped/");
  expect(said.map(({ body }) => body.phone_id)).toEqual([phoneId, phoneId]);
  await running.app.syncNow();
  expect(env.server.paths().filter((path) => path === "wiped/")).toHaveLength(2);
});

test("an order to empty the phone that meets a person's own question is carried out too", async () => {
  const wipe = { status: 410, body: { code: "wipe" } };
  env.server.fail("numbers/", wipe);
  env.server.fail("csrf/", { status: 200, body: { csrf: "token", signed_in: true } }, wipe);

  await expect(running.app.phoneNumber("r")).rejects.toThrow();
  await running.rest();

  expect(running.app.lock.wipedFor()).toBe("ordered");
});

test("a locked phone sends nothing, but hears the order to empty it", async () => {
  env.online = false;
  env.server.isSignedIn = false;
  await record(running, env);
  running.app.lock.close();
  await running.app.syncNow();
  expect(running.app.sync()).toMatchObject({ unsent: 1, phase: "sign_in" });
  env.server.isSignedIn = true;
  await running.app.syncNow();
  expect(running.app.sync()).toMatchObject({ unsent: 1, phase: "idle" });
  expect(env.server.operations.size).toBe(0);

  const asked = env.server.asked.filter(({ path }) => path === "csrf/").pop();
  expect(asked?.headers["X-Bianfang-Phone"]).toBeTruthy();
  env.server.fail("csrf/", { status: 410, body: { code: "wipe" } });
  await running.app.syncNow();

  expect(running.app.lock.wipedFor()).toBe("ordered");
  expect(env.server.paths().pop()).toBe("wiped/");
});

test("another person's session sends nothing and sees nothing", async () => {
  env.server.isSignedIn = false;
  await record(running, env);
  await running.rest();
  env.server.isSignedIn = true;
  const mine = env.server.start;
  env.server.start = { ...mine, person: { ...mine.person, id: "another" } };
  await running.app.syncNow();

  expect(running.app.sync()).toMatchObject({ phase: "other_person", unsent: 1 });
  expect(running.app.lock.state()).toBe("locked");
  expect([running.app.records(), running.app.start(), running.app.hamlets()]).toEqual([
    [],
    null,
    [],
  ]);
  expect(env.server.operations.size).toBe(0);

  await running.app.syncNow();
  expect(running.app.sync().phase).toBe("other_person");

  env.server.start = mine;
  await running.app.lock.open(PIN);
  await running.app.syncNow();
  expect(running.app.records()[0]?.state).toBe("accepted");
  running.app.lock.close();
  await running.app.syncNow();
  expect(running.app.sync().phase).toBe("idle");
});

test("accepted records are removed after thirty days, with drafts left alone", async () => {
  await record(running, env);
  await running.rest();
  const draft = makeDraft(env);
  await running.app.saveDraft(draft);
  for (let week = 0; week < 5; week += 1) {
    env.time += 7 * 86_400_000;
    await running.app.syncNow();
  }

  expect(running.app.records().map(({ id }) => id)).toEqual([draft.id]);
});
