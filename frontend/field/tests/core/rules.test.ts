import { expect, test } from "vitest";
import { waitAfter } from "../../src/core/backoff.ts";
import { contacted, isOverdue, ticked } from "../../src/core/contact.ts";
import { uuid7 } from "../../src/core/ids.ts";
import { fitted } from "../../src/core/picture.ts";
import { troubleOfPin } from "../../src/core/pin.ts";
import { FieldError, say, speak } from "../../src/core/words.ts";

const DAY = 86_400_000;
const T0 = Date.parse("2026-11-24T12:00:00Z");

test("each failure doubles the wait, five minutes at most, and success ends it", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map((failures) => waitAfter(failures) / 1000);

  expect(waits).toEqual([0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test("ids of version 7 sort by time and carry version and variant", () => {
  const random = Uint8Array.from({ length: 10 }, () => 0xff);
  const ids = [T0, T0 + 1, T0 + 1000].map((time) => uuid7(time, random));

  expect(ids).toEqual([...ids].sort());
  expect(uuid7(0, new Uint8Array(10))).toBe("00000000-0000-7000-8000-000000000000");
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7fff-bfff-f{12}$/);
});

/** Days on the phone's clock at which it is looked, from a contact on day 0. */
const LOOKS: readonly [string, readonly number[], boolean][] = [
  ["thirteen days are not too long", [1, 13.9], false],
  ["fourteen days are", [14], true],
  ["a clock set back each day gains nothing", [5, 3, 8, 6, 11, 9, 13], true],
  ["a clock set back before the last contact gains nothing", [7, -300, -293], true],
  ["a clock set back once does not make it longer", [13, 1, 2.1], true],
  ["a clock set back alone is no time", [3, 1, 3], false],
];

test.each(LOOKS)("%s", (_words, days, is) => {
  const last = days.reduce((state, day) => ticked(state, T0 + day * DAY), contacted(T0, T0));

  expect(isOverdue(last)).toBe(is);
});

test("a phone whose clock was years behind and is set right is not emptied", () => {
  const wrong = contacted(T0, T0 - 4000 * DAY);
  const used = ticked(wrong, T0 - 3999 * DAY);

  expect(isOverdue(ticked(used, T0 + 2 * DAY))).toBe(false);
  expect(isOverdue(ticked(used, T0 + 14 * DAY))).toBe(true);
});

test("a phone whose clock is ahead counts from its own time of the contact", () => {
  const ahead = contacted(T0, T0 + 400 * DAY);

  expect(isOverdue(ticked(ahead, T0 + 401 * DAY))).toBe(false);
  expect(isOverdue(ticked(ahead, T0 + 414 * DAY))).toBe(true);
});

test("a PIN has six digits that are neither the same nor in a row", () => {
  const pins = [
    "12345",
    "1234567",
    "12345a",
    "１２３４５６",
    "000000",
    "123456",
    "987654",
    "135792",
  ];

  expect(pins.map(troubleOfPin)).toEqual([
    ...Array(4).fill("bad_pin"),
    ...Array(3).fill("weak_pin"),
    null,
  ]);
});

test("a picture is made smaller, never larger", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1280, height: 960 });
  expect(fitted(3000, 4000)).toEqual({ width: 960, height: 1280 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(10_000, 1)).toEqual({ width: 1280, height: 1 });
});

test("trouble speaks the language of the page", () => {
  const chinese = new FieldError("locked");
  speak(() => "en");
  const english = new FieldError("locked");
  speak(() => "zh");

  expect([chinese.message, english.message]).toEqual([
    "已锁定，请输入密码。",
    "Locked. Enter the PIN.",
  ]);
  expect(say("locked")).toBe(chinese.message);
});
