// @vitest-environment node
import "fake-indexeddb/auto";
import { Dexie } from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openIn, type Running } from "../../src/sync/field-app.ts";
import { type FakePhone, makeDraft, makeFakePhone, PIN, ready, record } from "./fake-phone.ts";
import { HAMLET } from "./fake-server.ts";

const WRONG = "864209";
const MINUTE = 60_000;
const DAY = 86_400_000;

let env: FakePhone;
let running: Running;

beforeEach(async () => {
  env = makeFakePhone();
  running = await ready(env);
});

afterEach(() => running.stop());

async function openAgain(): Promise<void> {
  await running.rest();
  running.stop();
  running = await openIn(env);
  await running.rest();
}

/** Every value of every table, as text: bytes as the signs they would be, and in base64. */
async function dump(): Promise<string> {
  const raw = await new Dexie(env.database).open();
  const seen: string[] = [];
  const walk = (value: unknown): void => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
      seen.push(Buffer.from(bytes as Uint8Array).toString("utf8"));
      seen.push(Buffer.from(bytes as Uint8Array).toString("utf16le"));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        seen.push(key);
        walk(inner);
      }
    } else seen.push(String(value));
  };
  for (const table of raw.tables) walk(await table.toArray());
  raw.close();
  return seen.join("\n");
}

test("nothing that names a person, a household or a demand lies readable in the database", async () => {
  const draft = makeDraft(env, { note: "机密的话" });
  await running.app.saveDraft(draft);
  await running.app.addPhoto(draft.id, 0, new Blob(["a secret picture"]));
  env.server.fail("commands/", "no_answer");
  await record(running, env);
  await running.rest();

  const raw = await dump();

  const secrets = ["李大山", "王建国", "路灯", "机密", "secret", "东沟", "lidashan", "示范镇", PIN];
  for (const secret of [...secrets, "10000001234", draft.householdId]) {
    expect(raw).not.toContain(secret);
  }
  expect(raw).toContain(draft.id);
  expect(raw.length).toBeGreaterThan(5000);
});

test("a locked phone shows nothing; the PIN shows everything again", async () => {
  const id = await record(running, env);
  await running.rest();
  await openAgain();
  const { app } = running;

  expect(app.lock.state()).toBe("locked");
  expect([app.records(), app.start(), app.household(makeDraft(env).householdId)]).toEqual([
    [],
    null,
    null,
  ]);
  await expect(app.saveDraft(makeDraft(env))).rejects.toMatchObject({ trouble: "locked" });
  await expect(app.exportUnsent("long enough")).rejects.toMatchObject({ trouble: "locked" });
  await expect(app.photo("x")).rejects.toMatchObject({ trouble: "locked" });

  expect(await app.lock.open(PIN)).toBe(true);

  expect(app.records().map((one) => one.id)).toEqual([id]);
  expect(app.start()?.person.name).toBe("王建国");
  expect(app.households(HAMLET)).toHaveLength(1);
  expect(app.household(makeDraft(env).householdId)?.head).toBe("李大山");
});

test("wrong PINs are counted before they are checked, and a right one forgives them", async () => {
  await openAgain();
  for (let wrong = 1; wrong <= 3; wrong += 1) {
    expect(await running.app.lock.open(WRONG)).toBe(false);
    expect(running.app.lock.triesLeft()).toBe(10 - wrong);
  }
  await openAgain();
  expect(running.app.lock.triesLeft()).toBe(7);

  await running.app.lock.open(PIN);

  expect(running.app.lock.triesLeft()).toBe(10);
});

test("a try whose page is closed before the answer counts all the same", async () => {
  await openAgain();
  const check = vi.spyOn(crypto.subtle, "unwrapKey");
  await new Promise<void>((asked) => {
    check.mockImplementation(() => {
      asked();
      return new Promise(() => {});
    });
    void running.app.lock.open(WRONG);
  });
  running.stop();
  check.mockRestore();

  running = await openIn(env);

  expect(running.app.lock.triesLeft()).toBe(9);
});

test("the tenth wrong PIN empties the phone, and the server is told", async () => {
  await record(running, env);
  await openAgain();
  for (let wrong = 1; wrong <= 10; wrong += 1) {
    expect(running.app.lock.state()).toBe("locked");
    expect(await running.app.lock.open(WRONG)).toBe(false);
  }
  await running.rest();

  expect([running.app.lock.state(), running.app.lock.wipedFor()]).toEqual(["wiped", "wrong_pins"]);
  expect(await running.app.lock.open(PIN)).toBe(false);
  expect(env.server.paths()).toContain("wiped/");
  expect((await dump()).length).toBeLessThan(500);

  await running.app.lock.create(PIN);
  expect([running.app.lock.state(), running.app.lock.wipedFor()]).toEqual(["open", null]);
  expect(running.app.records()).toEqual([]);
});

test("a counter that stands at ten empties the phone when the page is opened", async () => {
  running.stop();
  const raw = await new Dexie(env.database).open();
  const vault = await raw.table("meta").get("vault");
  await raw.table("meta").put({ ...vault, tries: 10 });
  raw.close();

  running = await openIn(env);

  expect(running.app.lock.wipedFor()).toBe("wrong_pins");
});

const GAPS: readonly [string, readonly number[], string][] = [
  ["thirteen days without the server are not too long", [13], "locked"],
  ["fourteen days are", [14], "wiped"],
  ["a clock set back does not make it longer", [8, -8, 7], "wiped"],
];

test.each(GAPS)("%s", async (_words, steps, state) => {
  env.server.isSignedIn = false;
  for (const days of steps) {
    env.time += days * DAY;
    await openAgain();
  }

  expect(running.app.lock.state()).toBe(state);
  expect(running.app.lock.wipedFor()).toBe(state === "wiped" ? "no_contact" : null);
});

test("an open page is emptied too when the fourteen days are over", async () => {
  env.server.isSignedIn = false;
  env.time += 14 * DAY;
  env.pass(MINUTE);

  await vi.waitFor(() => expect(running.app.lock.wipedFor()).toBe("no_contact"));
});

test("it locks by itself after ten minutes without a touch, not while it is used", async () => {
  for (let minute = 0; minute < 20; minute += 1) {
    env.pass(MINUTE);
    env.say("used");
  }
  expect(running.app.lock.state()).toBe("open");
  await running.rest();

  for (let quarter = 0; quarter < 39; quarter += 1) env.pass(MINUTE / 4);
  expect(running.app.lock.state()).toBe("open");
  await running.rest();
  env.pass(MINUTE / 4);

  expect(running.app.lock.state()).toBe("locked");
});

test("a page that comes back after ten minutes behind is locked before it is touched", async () => {
  await running.rest();
  env.time += 10 * MINUTE;
  env.say("used");
  env.say("shown");

  expect(running.app.lock.state()).toBe("locked");
});

test("PINs that are no good are refused, and a phone has one PIN only", async () => {
  await expect(running.app.lock.create(PIN)).rejects.toMatchObject({ trouble: "has_pin" });
  await running.app.lock.wipe();
  expect(running.app.lock.wipedFor()).toBe("own_wish");
  await expect(running.app.lock.create("12345")).rejects.toMatchObject({ trouble: "bad_pin" });
  await expect(running.app.lock.create("111111")).rejects.toMatchObject({ trouble: "weak_pin" });
});

test("signing out locks, and unsent records stay encrypted", async () => {
  env.server.fail("commands/", "no_answer");
  await record(running, env);
  await running.rest();

  await running.app.signOut();

  expect(env.server.paths()).toContain("/accounts/logout/");
  expect([running.app.lock.state(), running.app.sync().unsent]).toEqual(["locked", 1]);
  env.server.fail("csrf/", "no_answer");
  await expect(running.app.signOut()).rejects.toMatchObject({ trouble: "no_connection" });
});
