import { expect, test } from "vitest";
import type { FieldRecord } from "../../src/core/app.ts";
import type { Household } from "../../src/core/contract.ts";
import { isWhole, marksOf, merged } from "../../src/core/delta.ts";
import { search } from "../../src/core/search.ts";
import { standingsOf } from "../../src/core/standing.ts";
import { bundle, household, visitBody } from "../examples.ts";

const KEPT = {
  hamletId: "h",
  asOf: "2026-11-24T12:00:00Z",
  households: ["a", "b", "c"].map((id) => household({ id, mark: `${id}1` })),
};

test("a delta replaces what is newer, removes what is gone, and leaves the rest", () => {
  const delta = bundle({
    hamlet_id: "h",
    as_of: "2026-11-25T12:00:00Z",
    households: [household({ id: "b", mark: "b2" }), household({ id: "d", mark: "d1" })],
    gone: ["c"],
    marks: { a: "a1", b: "b2", d: "d1" },
  });

  const after = merged(KEPT, delta);

  expect(marksOf(after)).toEqual(delta.marks);
  expect(after.asOf).toBe(delta.as_of);
  expect(isWhole(after, delta.marks)).toBe(true);
  expect(marksOf(KEPT)).toEqual({ a: "a1", b: "b1", c: "c1" });
});

test("a household that the marks do not name does not stay, and a missing one is noticed", () => {
  const delta = bundle({ hamlet_id: "h", households: [], gone: [], marks: { a: "a1", z: "z1" } });

  const after = merged(KEPT, delta);

  expect(marksOf(after)).toEqual({ a: "a1" });
  expect(isWhole(after, delta.marks)).toBe(false);
  expect(marksOf(null)).toEqual({});
});

function record(householdId: string, rest: Partial<FieldRecord>): FieldRecord {
  const { outcome, ...others } = { outcome: "met", ...rest } as FieldRecord & { outcome: "met" };
  return {
    ...({ id: householdId, householdId, form: null, sentAt: null } as FieldRecord),
    ...others,
    body: { ...visitBody(), outcome },
  };
}

test("one's own visits count as done before the register knows them", () => {
  const records = [
    record("queued", { state: "queued" }),
    record("sending", { state: "sending" }),
    record("newer", { state: "accepted", sentAt: "2026-11-24T12:00:01Z" }),
    record("older", { state: "accepted", sentAt: "2026-11-24T11:59:59Z" }),
    record("draft", { state: "draft" }),
    record("rejected", { state: "rejected" }),
    record("nobody", { state: "queued", outcome: "closed_door" } as never),
  ];

  const open = { outcome: "open", attempts: 0, last_try_at: null } as const;
  const homes = records.map(({ householdId }) => household({ id: householdId, target: open }));

  const standings = standingsOf(homes, records, KEPT.asOf);

  const settled = [...standings].filter(([, { outcome }]) => outcome === "met");
  expect(settled.map(([id]) => id).sort()).toEqual(["newer", "queued", "sending"]);
});

test("what the register says stands, and a household outside the round has no standing", () => {
  const open = { outcome: "open", attempts: 0, last_try_at: null } as const;
  const households: Household[] = [
    household({ id: "done", target: { ...open, outcome: "declined" } }),
    household({ id: "left", target: open }),
    household({ id: "none", target: null }),
  ];

  const standings = standingsOf(households, [record("done", { state: "queued" })], KEPT.asOf);

  const outcomes = [...standings].map(([id, { outcome }]) => [id, outcome]);
  expect(outcomes).toEqual([
    ["done", "declined"],
    ["left", "open"],
    ["none", null],
  ]);
});

const FOUND: readonly [string, readonly string[]][] = [
  ["李大山", ["li"]],
  ["大山", ["li"]],
  ["lidas", ["li"]],
  ["LDS", ["li"]],
  ["li da", ["li"]],
  ["12", ["li", "wang"]],
  ["１２", ["li", "wang"]],
  ["东沟", ["li", "wang"]],
  ["0001", ["li"]],
  ["王小花", ["li"]],
  ["不存在", []],
  ["  ", ["li", "wang"]],
];

test.each(FOUND)("%s finds %o", (typed, ids) => {
  const member = { ...household().members[0], name: "王小花" };
  const households = [
    household({
      id: "li",
      head: "李大山",
      pinyin: "lidashan",
      initials: "lds",
      door: "东沟 12 号",
      number: "0101010001",
      members: [member] as Household["members"],
    }),
    household({
      id: "wang",
      head: "王秀",
      pinyin: "wangxiu",
      initials: "wx",
      door: "东沟 120 号",
      number: "0101010412",
      members: [],
    }),
  ];

  expect(search(households, typed).map(({ id }) => id)).toEqual(ids);
});
