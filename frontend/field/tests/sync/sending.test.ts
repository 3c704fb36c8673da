// @vitest-environment node
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Running } from "../../src/sync/field-app.ts";
import { type FakePhone, makeDraft, makeFakePhone, ready, record } from "./fake-phone.ts";
import type { Fault } from "./fake-server.ts";

let env: FakePhone;
let running: Running;

beforeEach(async () => {
  env = makeFakePhone();
  running = await ready(env);
});

afterEach(() => running.stop());

function only() {
  const [first] = running.app.records();
  if (first === undefined) throw new Error("no record");
  return first;
}

test("a finished visit is sent once and keeps the server's answer", async () => {
  await record(running, env);
  await running.rest();

  const { state, answer, sentAt } = only();
  expect([state, answer?.receipt]).toEqual(["accepted", "S2026-1"]);
  expect(sentAt).toBe(new Date(env.time).toISOString());
  expect([...env.server.arrivals.values()]).toEqual([1]);
  expect(running.app.sync()).toMatchObject({ phase: "idle", unsent: 0, message: "" });
});

test("each post carries a fresh token and the phone's id", async () => {
  await record(running, env);
  await running.rest();

  const paths = env.server.paths();
  const sent = env.server.asked.filter(({ path }) => path === "commands/");
  for (const { headers, body } of sent) {
    expect(headers["X-CSRFToken"]).toMatch(/^token-/);
    expect(headers["X-Bianfang-Phone"]).toBe(body.phone_id);
  }
  expect(paths[paths.indexOf("commands/") - 1]).toBe("csrf/");
});

/** What goes wrong once, and what the phone shows then. */
const FAULTS: readonly [string, Fault, string][] = [
  ["no answer", "no_answer", "waiting"],
  ["an answer that is lost after the commit", "lose", "waiting"],
  ["503 after the commit", "late", "waiting"],
  ["a page of a proxy", "page", "waiting"],
  ["JSON that breaks off", "garbage", "waiting"],
  ["429", { status: 429 }, "waiting"],
  ["an answer of another shape", { status: 200, body: { answers: "yes" } }, "waiting"],
  ["a proxy's 404", { status: 404 }, "waiting"],
  ["a proxy's 410", { status: 410, body: { code: "gone" } }, "waiting"],
  ["401", { status: 401, body: { code: "sign_in" } }, "sign_in"],
  ["403 without the right", { status: 403, body: { code: "not_allowed" } }, "waiting"],
];

test.each(FAULTS)("%s keeps the record, and it takes effect once", async (_words, fault, phase) => {
  env.server.fail("commands/", fault);
  const id = await record(running, env);
  await running.rest();

  expect(running.app.sync()).toMatchObject({ phase, unsent: 1 });
  expect(only()).toMatchObject({ id, state: "queued" });
  const { operationId } = only();

  await running.app.syncNow();

  expect(only()).toMatchObject({ id, state: "accepted", operationId });
  expect(env.server.operations.size).toBe(1);
  expect(running.app.sync()).toMatchObject({ phase: "idle", unsent: 0, message: "" });
});

test("an answer of another shape says that the page has to be updated", async () => {
  env.server.fail("start/", { status: 200, body: { time: "now" } });
  await running.app.syncNow();

  expect(running.app.sync()).toMatchObject({ phase: "waiting" });
  expect(running.app.sync().message).toContain("看不懂服务器的回答");
});

test("a token that is no longer valid is asked for anew, once", async () => {
  env.server.fail("commands/", "csrf");
  await record(running, env);
  await running.rest();

  expect(only().state).toBe("accepted");

  env.server.fail("commands/", "csrf", "csrf");
  await record(running, env);
  await running.rest();

  expect(running.app.sync()).toMatchObject({ phase: "waiting", unsent: 1 });
});

test("nobody signed in: everything is kept and the phone asks to sign in", async () => {
  env.server.isSignedIn = false;
  await record(running, env);
  await running.rest();

  expect(running.app.sync()).toMatchObject({ phase: "sign_in", nextTry: null, unsent: 1 });
  env.server.isSignedIn = true;
  env.say("shown");
  await running.app.syncNow();

  expect(only().state).toBe("accepted");
});

test("failures wait twice as long each time, and success begins anew", async () => {
  const waits: number[] = [];
  env.server.fail("commands/", ...Array(9).fill("no_answer"));
  await record(running, env);
  await running.rest();
  for (let round = 0; round < 9; round += 1) {
    const next = Date.parse(running.app.sync().nextTry ?? "");
    waits.push((next - env.time) / 1000);
    env.say("used");
    env.pass(next - env.time);
    await running.rest();
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(only().state).toBe("accepted");

  env.server.fail("commands/", "no_answer");
  await running.app.syncNow();

  expect(Date.parse(running.app.sync().nextTry ?? "") - env.time).toBe(5000);
});

test("trying by hand makes no wait longer", async () => {
  env.server.fail("commands/", ...Array(5).fill("no_answer"));
  await record(running, env);
  await running.rest();
  for (let again = 0; again < 4; again += 1) await running.app.syncNow();

  expect(Date.parse(running.app.sync().nextTry ?? "") - env.time).toBe(5000);
});

test("coming back online or to the page sends what waits at once", async () => {
  for (const signal of ["online", "shown"] as const) {
    env.server.fail("commands/", "no_answer");
    const id = await record(running, env);
    await running.rest();
    const stateOf = () => running.app.records().find((one) => one.id === id)?.state;
    expect(stateOf()).toBe("queued");

    env.say(signal);
    await running.rest();

    expect(stateOf()).toBe("accepted");
  }
});

test("a rejection shows its reasons and is mended as a new operation", async () => {
  env.server.verdict = (_visit, id) => ({ id, state: "rejected", errors: { note: "太长。" } });
  const id = await record(running, env);
  await running.rest();
  const before = only();
  expect(before).toMatchObject({ state: "rejected", errors: { note: "太长。" } });

  env.server.verdict = () => null;
  await running.app.reopen(id);
  const { form, householdId, body } = only();
  expect(body.visit_id).not.toBe(before.body.visit_id);
  await running.app.saveDraft({ id, form, householdId, body: { ...body, note: "短" } });
  await running.app.queue(id);
  await running.app.syncNow();

  expect(only()).toMatchObject({ id, state: "accepted", errors: {} });
  expect(only().operationId).not.toBe(before.operationId);
  expect(env.server.operations.size).toBe(1);
});

test("another content under the same id is shown to the person", async () => {
  env.server.verdict = (_visit, id) => ({ id, state: "different" });
  await record(running, env);
  await running.rest();

  expect(only().state).toBe("rejected");
  expect(only().errors[""]).toContain("内容不同");
});

test("later means later: the sentence is shown and the record waits", async () => {
  env.server.verdict = (_visit, id) => ({ id, state: "later", message: "服务器忙。" });
  await record(running, env);
  await running.rest();

  expect(only().state).toBe("queued");
  expect(running.app.sync()).toMatchObject({ phase: "waiting", message: "服务器忙。" });
});

test("a batch that is too large is halved; one visit that is too large waits, the rest goes", async () => {
  const big = makeDraft(env, { note: "很长" });
  const { fetch } = env.server;
  env.server.fetch = async (address, init) => {
    const text = String(init.body);
    const many = text.split('"visit.record"').length - 1;
    const isTooLarge = many > 1 || text.includes("很长");
    if (address.endsWith("commands/") && isTooLarge) return new Response("", { status: 413 });
    return fetch(address, init);
  };
  env.online = false;
  await running.app.saveDraft(big);
  await running.app.queue(big.id);
  for (let visit = 0; visit < 3; visit += 1) await record(running, env);
  await running.app.syncNow();
  await running.app.syncNow();

  const states = running.app.records().map(({ id, state }) => [id === big.id, state]);
  expect(states.filter(([isBig]) => isBig)).toEqual([[true, "queued"]]);
  expect(states.filter(([isBig]) => !isBig)).toEqual(Array(3).fill([false, "accepted"]));
  expect(running.app.sync().message).toContain("太大");
});

test("a batch that is not understood is sent one by one, and the sentence goes to the culprit", async () => {
  const { fetch } = env.server;
  const bad = makeDraft(env, { note: "乱码" });
  env.server.fetch = async (address, init) => {
    const isBad = address.endsWith("commands/") && String(init.body).includes("乱码");
    const refusal = { code: "bad_request", message: "看不懂。" };
    return isBad ? new Response(JSON.stringify(refusal), { status: 400 }) : fetch(address, init);
  };
  env.server.isSignedIn = false;
  await running.app.saveDraft(bad);
  await running.app.queue(bad.id);
  await record(running, env);
  await running.rest();
  env.server.isSignedIn = true;
  await running.app.syncNow();

  const byId = new Map(running.app.records().map((one) => [one.id, one]));
  expect(byId.get(bad.id)).toMatchObject({ state: "rejected", errors: { "": "看不懂。" } });
  expect([...byId.values()].filter(({ state }) => state === "accepted")).toHaveLength(1);
});

test("more than fifty go out in batches, in the order they were finished in", async () => {
  env.server.isSignedIn = false;
  const ids: string[] = [];
  for (let visit = 0; visit < 60; visit += 1) ids.push(await record(running, env));
  await running.rest();
  env.server.isSignedIn = true;
  await running.app.syncNow();

  const sizes = env.server.asked
    .filter(({ path }) => path === "commands/")
    .map(({ body }) => (body.commands as unknown[]).length);
  expect(sizes.filter((size) => size > 0)).toEqual([50, 10]);
  const operations = new Map(running.app.records().map((one) => [one.id, one.operationId]));
  expect([...env.server.operations.keys()]).toEqual(ids.map((id) => operations.get(id)));
});
