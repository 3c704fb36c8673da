import { expect, test } from "vitest";
import { alikeDemands, likeness } from "../src/core/alike.ts";
import type { Category, Household } from "../src/core/contract.ts";
import { fromInput, inputOf, isoOf, modeAt, shownMoment } from "../src/core/moment.ts";
import { inOrder, standingOf, standingsOf } from "../src/core/standing.ts";
import { suggestCategories } from "../src/core/suggest.ts";
import cases from "./examples/alike.json" with { type: "json" };
import { recordOf } from "./fake-app.ts";
import { HAMLETS, householdsOf, startOf } from "./fake-data.ts";
import { someRecords } from "./fake-records.ts";

const [first, ...others] = householdsOf(HAMLETS[0] ?? "") as [Household, ...Household[]];
const names = (found: readonly Category[]) => found.map((each) => each.name);

test.each(cases)(
  "$one and $other are alike as the server finds",
  ({ one, other, likeness: expected }) => {
    expect(likeness(one, other)).toBeCloseTo(expected, 6);
  },
);

test("categories are suggested by the sum of their words, at most two", () => {
  const { categories } = startOf();

  expect(names(suggestCategories("门前路灯不亮，路面坑洼", categories))).toEqual([
    "路灯照明",
    "道路交通",
  ]);
  expect(names(suggestCategories("医保怎么缴", categories))).toEqual(["医疗保险"]);
  expect(suggestCategories("想请人来看看", categories)).toEqual([]);
});

test("ties keep the order of the categories, and an empty word counts for nothing", () => {
  const [one] = startOf().categories as [Category];
  const list = [
    { ...one, name: "甲", words: ["水", ""] },
    { ...one, name: "乙", words: ["电"] },
  ];

  expect(names(suggestCategories("水电", list))).toEqual(["甲", "乙"]);
});

test("open demands of the household are shown in any case, others where the words are alike", () => {
  const neighbour = {
    ...(others[0] as Household),
    demands: [
      { ...(first.demands[0] as Household["demands"][0]), id: "n", content: "路灯坏了两盏" },
    ],
  };
  const village = [first, neighbour];

  expect(alikeDemands("", first, village).map((each) => each.isOwn)).toEqual([true]);
  expect(alikeDemands("路灯坏了三盏", first, village).map((each) => each.demand.id)).toEqual([
    first.demands[0]?.id,
    "n",
  ]);
});

test("what was written here counts in the round until the register knows it", () => {
  const body = { ...someRecords()[0]?.body, outcome: "met" } as ReturnType<typeof recordOf>["body"];
  const draft = recordOf({ id: "r", householdId: first.id, body, form: null });
  const sent = { ...draft, state: "accepted" as const, sentAt: "2026-11-24T20:00:00+08:00" };

  expect(standingOf(first, [draft], null)).toEqual({
    outcome: "open",
    hasDraft: true,
    isUnsent: false,
  });
  expect(standingOf(first, [{ ...draft, state: "queued" }], null)).toEqual({
    outcome: "met",
    hasDraft: false,
    isUnsent: true,
  });
  expect(standingOf(first, [sent], "2026-11-24T19:00:00+08:00").outcome).toBe("met");
  expect(standingOf(first, [sent], "2026-11-24T21:00:00+08:00").outcome).toBe("open");
  expect(standingOf(first, [{ ...draft, state: "rejected" }], null).outcome).toBe("open");
});

test("the list begins with hardship, then those still to be visited", () => {
  const make = (priority: string, outcome: "open" | "met", number: string): Household => ({
    ...first,
    id: number,
    number,
    priority,
    target: { outcome, attempts: 0, last_try_at: null },
  });
  const rows = [
    make("3", "open", "4"),
    make("1", "met", "2"),
    make("3", "met", "3"),
    make("1", "open", "9"),
  ];

  const ordered = inOrder(rows, standingsOf(rows, [], null));

  expect(ordered.map((each) => each.number)).toEqual(["9", "2", "4", "3"]);
});

test("moments keep the distance to UTC, and an emptied input changes nothing", () => {
  const iso = isoOf(new Date(2026, 10, 24, 20, 10));

  expect(iso).toMatch(/^2026-11-24T20:10:00[+-]\d\d:\d\d$/);
  expect(inputOf(iso)).toBe("2026-11-24T20:10");
  expect(fromInput("", iso)).toBe(iso);
  expect(fromInput("2026-11-24T19:00", iso)).toBe(isoOf(new Date(2026, 10, 24, 19, 0)));
  expect(shownMoment(iso, new Date(2026, 11, 1))).toBe("11-24 20:10");
  expect(shownMoment(iso, new Date(2027, 0, 1))).toBe("2026-11-24 20:10");
});

test.each([
  [5, "evening"],
  [6, "day"],
  [17, "day"],
  [18, "evening"],
])("at %i o'clock the visit is of the %s", (hour, mode) => {
  expect(modeAt(new Date(2026, 10, 24, hour))).toBe(mode);
});
