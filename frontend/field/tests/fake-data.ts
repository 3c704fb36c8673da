import type { Household, Member, Start } from "../src/core/contract.ts";
import example from "./examples/bundle.json" with { type: "json" };
import started from "./examples/start.json" with { type: "json" };

/** An invented town of three natural villages: for tests and for looking at the pages. */
export const HAMLETS = ["0000000000c1", "0000000000c2", "0000000000c3"].map(idOf);
export const ME = idOf("000000000001");
export const FIRST = idOf("000000000101");

const NAMES = ["东沟", "西岭", "南湖"];
const HEADS = ["李大山", "王秀英", "张建国", "赵桂兰", "刘长河", "陈玉梅", "孙大勇", "周凤霞"];
const PINYIN = [
  "lidashan",
  "wangxiuying",
  "zhangjianguo",
  "zhaoguilan",
  "liuchanghe",
  "chenyumei",
  "sundayong",
  "zhoufengxia",
];
const INITIALS = ["lds", "wxy", "zjg", "zgl", "lch", "cym", "sdy", "zfx"];
const [known] = example.households;

export function idOf(tail: string): string {
  return `01900000-0000-7000-8000-${tail.padStart(12, "0")}`;
}

export function startOf(): Start {
  const base = started as Start;
  const visitors = ["王建国", "李秀英", "周海", "孙丽", "赵敏"].map((name, place) => ({
    id: idOf(String(place + 1)),
    name,
    unit: place % 2 ? "李家沟村村委会" : "党政办公室",
  }));
  const extra = [
    {
      code: "lamps",
      theme: "projects",
      name: "路灯照明",
      name_en: "Lamps",
      words: ["路灯", "不亮"],
    },
    {
      code: "insurance",
      theme: "livelihoods",
      name: "医疗保险",
      name_en: "Health insurance",
      words: ["医保"],
    },
    {
      code: "rubbish",
      theme: "environment",
      name: "垃圾清运",
      name_en: "Rubbish",
      words: ["垃圾"],
    },
    {
      code: "quarrels",
      theme: "petitions",
      name: "邻里纠纷",
      name_en: "Quarrels",
      words: ["纠纷"],
    },
    {
      code: "aid",
      theme: "assistance",
      name: "临时救助",
      name_en: "Temporary aid",
      words: ["救助"],
    },
  ].map((each, place) => ({ ...each, id: idOf(`e${place + 2}`) }));
  const topics = [
    { id: idOf("d2"), kind: "explain" as const, text: "护林防火", hint: "" },
    { id: idOf("d3"), kind: "ask" as const, text: "就业意愿", hint: "想不想在家门口打工" },
  ];
  const hamlets = HAMLETS.map((id, place) => ({
    id,
    name: NAMES[place] ?? "",
    village: place < 2 ? "李家沟村" : "南湖村",
    community: "南湖社区",
    households: place === 0 ? 130 : 30,
    left: place === 0 ? 98 : 30,
    is_mine: place === 0,
  }));
  return {
    ...base,
    visitors,
    hamlets,
    categories: [...base.categories, ...extra],
    topics: [...base.topics, ...topics],
  };
}

export function householdsOf(hamletId: string): readonly Household[] {
  const hamlet = HAMLETS.indexOf(hamletId);
  const count = hamlet === 0 ? 130 : 30;
  return Array.from({ length: count }, (_each, place) => householdOf(hamlet, place));
}

function householdOf(hamlet: number, place: number): Household {
  if (!known) throw new Error("the example bundle holds no household");
  const turn = place % HEADS.length;
  const isDone = place % 4 === 3;
  const id = idOf(`${hamlet + 1}${String(place + 1).padStart(2, "0")}`);
  const head = HEADS[turn] ?? "";
  return {
    ...known,
    id,
    number: `010101${String(place + 1).padStart(4, "0")}`,
    door: `${NAMES[hamlet]} ${place + 1} 号`,
    head,
    pinyin: PINYIN[turn] ?? "",
    initials: INITIALS[turn] ?? "",
    status: place % 5 === 0 ? "away" : "resident",
    contact_time: place % 5 === 0 ? "evening" : "any",
    priority: place % 9 === 0 ? "1" : place % 7 === 0 ? "2" : "3",
    members: membersOf(id, head),
    target: isDone
      ? { outcome: "met", attempts: 0, last_try_at: null }
      : { outcome: "open", attempts: place % 6 === 0 ? 1 : 0, last_try_at: null },
    visits: place % 3 === 0 ? known.visits : [],
    demands: place === 0 ? known.demands : [],
  };
}

function membersOf(householdId: string, head: string): readonly Member[] {
  const plain = { is_away: false, away_place: "", has_phone: false, is_child: false };
  const tail = householdId.slice(-5);
  return [
    { ...plain, id: idOf(`a${tail}`), name: head, relation: "02", has_phone: true },
    { ...plain, id: idOf(`b${tail}`), name: `${head.slice(0, 1)}春花`, relation: "10" },
    {
      ...plain,
      id: idOf(`c${tail}`),
      name: `${head.slice(0, 1)}小宝`,
      relation: "41",
      is_child: true,
    },
  ];
}
