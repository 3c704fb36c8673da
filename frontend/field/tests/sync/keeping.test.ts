// @vitest-environment node
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Running } from "../../src/sync/field-app.ts";
import { household, start } from "../examples.ts";
import { type FakePhone, makeDraft, makeFakePhone, PIN, ready, record } from "./fake-phone.ts";
import { HAMLET } from "./fake-server.ts";

const PASSWORD = "一个够长的密码!";

let env: FakePhone;
let running: Running;

beforeEach(async () => {
  env = makeFakePhone();
  running = await ready(env);
});

afterEach(() => running.stop());

async function draft() {
  const made = makeDraft(env);
  await running.app.saveDraft(made);
  return made;
}

test("photos follow their visit, and are removed once the server has them", async () => {
  const { id } = await draft();
  const { app } = running;
  await app.addPhoto(id, 0, new Blob(["one"]));
  env.time += 1;
  await app.addPhoto(id, null, new Blob(["two"]));
  const [one, two] = app.records()[0]?.photos ?? [];
  expect(await (await app.photo(one?.id ?? ""))?.text()).toBe("one");

  await app.queue(id);
  await running.rest();

  expect(app.records()[0]?.photos.map(({ state, size }) => [state, size])).toEqual([
    ["sent", 3],
    ["sent", 3],
  ]);
  expect(await app.photo(one?.id ?? "")).toBeNull();
  expect(await env.server.photos.get(two?.id ?? "")?.text()).toBe("two");
  const sent = env.server.asked.filter(({ path }) => path === "photos/");
  expect(sent.map(({ body }) => body.demand)).toEqual(["0", ""]);
  expect(new Set(sent.map(({ body }) => body.visit_id))).toEqual(
    new Set([app.records()[0]?.body.visit_id]),
  );
});

/** What the server says to a photo, and what becomes of it. */
const PHOTO_FAULTS = [
  [{ status: 409, body: { code: "different" } }, "refused", "idle"],
  [{ status: 404, body: { code: "not_found", message: "没有。" } }, "refused", "idle"],
  [{ status: 400, body: { code: "bad_request", message: "不是照片。" } }, "refused", "idle"],
  [{ status: 200, body: { state: "rejected", errors: { "": "不行。" } } }, "refused", "idle"],
  [{ status: 200, body: { state: "later", message: "忙。" } }, "kept", "waiting"],
  [{ status: 413 }, "kept", "waiting"],
  ["lose", "kept", "waiting"],
] as const;

test.each(PHOTO_FAULTS)("a photo that meets %o is %s", async (fault, state, phase) => {
  const { id } = await draft();
  await running.app.addPhoto(id, null, new Blob(["one"]));
  env.server.fail("photos/", fault);
  await running.app.queue(id);
  await running.rest();

  expect(running.app.records()[0]?.photos.map((photo) => photo.state)).toEqual([state]);
  expect(running.app.sync().phase).toBe(phase);
  expect(running.app.sync().message).not.toBe("");
  if (state === "refused") {
    await running.app.removePhoto(id, running.app.records()[0]?.photos[0]?.id ?? "");
    expect(running.app.records()[0]?.photos).toEqual([]);
  } else {
    await running.app.syncNow();
    expect(running.app.records()[0]?.photos[0]?.state).toBe("sent");
  }
});

test("a photo can be taken away before it is sent, and none is added afterwards", async () => {
  const { id } = await draft();
  await running.app.addPhoto(id, null, new Blob(["one"]));
  const photo = running.app.records()[0]?.photos[0]?.id ?? "";
  await running.app.removePhoto(id, photo);
  expect(running.app.records()[0]?.photos).toEqual([]);
  expect(await running.app.photo(photo)).toBeNull();

  await running.app.queue(id);

  const late = running.app.addPhoto(id, null, new Blob(["two"]));
  await expect(late).rejects.toMatchObject({ trouble: "not_now" });
});

test("a natural village is taken, brought up to date by what changed, and left", async () => {
  const { app, rest } = running;
  expect(app.hamlets()[0]).toMatchObject({ is_taken: true, left_here: 1 });
  const [old] = env.server.households;
  env.server.households = [household({ ...old, head: "李新", mark: "m2" }), household({ id: "b" })];
  await app.syncNow();
  expect(app.households(HAMLET).map(({ head }) => head)).toEqual(["李新", "李大山"]);
  const asked = env.server.asked.filter(({ path }) => path.startsWith("bundles/"));
  expect(Object.keys(asked[asked.length - 1]?.body.known ?? {})).toEqual([old?.id]);

  await record(running, env);
  await rest();
  await app.leave(HAMLET);
  expect(app.hamlets()[0]).toMatchObject({ is_taken: false, as_of: null, left_here: 41 });
  expect([app.households(HAMLET), app.records().length]).toEqual([[], 1]);
});

test("own visits count as done before they are sent", async () => {
  env.server.isSignedIn = false;
  await record(running, env);

  expect(running.app.hamlets()[0]?.left_here).toBe(0);
});

test("a natural village that is no longer mine is dropped", async () => {
  env.server.fail(`bundles/${HAMLET}/`, { status: 404, body: { code: "not_found" } });
  await running.app.syncNow();

  expect(running.app.hamlets()[0]?.is_taken).toBe(false);
  expect(running.app.sync().phase).toBe("idle");
});

test("taking along without a connection says so", async () => {
  env.server.fail(`bundles/${HAMLET}/`, "no_answer");

  await expect(running.app.take(HAMLET)).rejects.toMatchObject({ trouble: "no_connection" });
});

test("a number is asked for and kept nowhere", async () => {
  expect(await running.app.phoneNumber("r")).toBe("10000001234");
  env.server.fail("numbers/", { status: 403, body: { code: "not_allowed", message: "不可以。" } });

  await expect(running.app.phoneNumber("r")).rejects.toMatchObject({ message: "不可以。" });
});

test("unsent records go into a file and come back on another phone, once", async () => {
  env.server.isSignedIn = false;
  const open = await draft();
  await running.app.addPhoto(open.id, 0, new Blob(["one"]));
  const queued = await record(running, env);
  const { operationId } = running.app.records().find(({ id }) => id === queued) ?? {};
  const file = await running.app.exportUnsent(PASSWORD);
  const text = await file.text();
  expect(Object.keys(JSON.parse(text))).toEqual([
    "format",
    "version",
    "rounds",
    "salt",
    "iv",
    "data",
  ]);
  expect(text).not.toContain("路灯");

  env.server.isSignedIn = true;
  const other = await ready(makeFakePhone({ fetch: env.fetch }));
  await expect(other.app.importUnsent(file, "wrong password")).rejects.toMatchObject({
    trouble: "wrong_password",
  });
  expect(await other.app.importUnsent(file, PASSWORD)).toBe(2);
  expect(await other.app.importUnsent(file, PASSWORD)).toBe(0);
  await other.rest();

  const byId = new Map(other.app.records().map((one) => [one.id, one]));
  expect(byId.get(open.id)?.state).toBe("draft");
  expect(byId.get(open.id)?.photos).toHaveLength(1);
  expect(byId.get(queued)).toMatchObject({ state: "accepted", operationId });

  await running.app.syncNow();
  expect(env.server.operations.size).toBe(1);
  other.stop();
});

test("another person's file, a short password and a file of another kind are refused", async () => {
  const { app } = running;
  await expect(app.exportUnsent("short")).rejects.toMatchObject({ trouble: "bad_password" });
  const file = await app.exportUnsent(PASSWORD);
  const strange = app.importUnsent(new Blob(["{}"]), PASSWORD);
  await expect(strange).rejects.toMatchObject({ trouble: "bad_file" });

  const env2 = makeFakePhone();
  env2.server.start = start({ person: { id: "another", name: "另一人", username: "x" } });
  const other = await ready(env2);
  const foreign = other.app.importUnsent(file, PASSWORD);
  await expect(foreign).rejects.toMatchObject({ trouble: "other_person" });
  other.stop();
});

test("moves that mean nothing are refused, and nothing changes", async () => {
  const { id } = await draft();
  const { app } = running;
  await expect(app.reopen(id)).rejects.toMatchObject({ trouble: "not_now" });
  env.server.isSignedIn = false;
  await app.queue(id);
  await running.rest();
  await expect(app.queue(id)).rejects.toMatchObject({ trouble: "not_now" });
  await expect(app.discard(id)).rejects.toMatchObject({ trouble: "not_now" });
  await expect(app.saveDraft(makeDraftOf(id))).rejects.toMatchObject({ trouble: "not_now" });

  expect(app.records().map(({ state }) => state)).toEqual(["queued"]);
});

function makeDraftOf(id: string) {
  return { ...makeDraft(env), id };
}

test("a full phone is told to the person, and what was there stays", async () => {
  const { id } = await draft();
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  const failed = running.app.saveDraft({ ...makeDraftOf(id), body: makeDraft(env).body });
  await expect(failed).rejects.toMatchObject({ trouble: "full" });
  await running.app.syncNow();
  expect(running.app.sync()).toMatchObject({ phase: "waiting" });
  expect(running.app.sync().message).toContain("存储已满");
  put.mockRestore();

  await running.app.syncNow();
  expect(running.app.sync()).toMatchObject({ phase: "idle", message: "" });
  expect(running.app.records().map(({ state }) => state)).toEqual(["draft"]);
});

test("a first use offline waits for the first sign-in, and says why nothing can be written", async () => {
  const fresh = makeFakePhone();
  fresh.server.fail("csrf/", ...Array(9).fill("no_answer"));
  fresh.online = false;
  running.stop();
  running = await (await import("../../src/sync/field-app.ts")).openIn(fresh);
  await running.app.lock.create(PIN);
  await running.rest();

  expect(running.app.sync()).toMatchObject({ phase: "offline", lastContact: null });
  await expect(running.app.saveDraft(makeDraft(fresh))).rejects.toMatchObject({
    trouble: "no_person",
  });
});

test("an update is taken once nothing is being written or sent", async () => {
  const take = vi.fn(async () => {
    expect(running.app.records().map(({ state }) => state)).toEqual(["draft"]);
  });
  Object.assign(env, { update: { isWaiting: () => true, subscribe: () => {}, take } });
  expect(running.app.sync().hasUpdate).toBe(true);
  const writing = running.app.saveDraft(makeDraft(env));

  await running.app.useUpdate();
  await writing;

  expect(take).toHaveBeenCalledOnce();
});

test("listeners are told of changes until they stop listening", async () => {
  let count = 0;
  const stop = running.app.subscribe(() => {
    count += 1;
  });
  await draft();
  expect(count).toBeGreaterThan(0);
  stop();
  const before = count;
  await draft();

  expect(count).toBe(before);
});
