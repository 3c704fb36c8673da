import { afterEach, expect, test, vi } from "vitest";
import { ownAddress, routeOf, TO } from "../src/ui/route.ts";
import { speak } from "../src/ui/words.ts";
import { refusal } from "./fake-app.ts";
import { FIRST, HAMLETS, idOf } from "./fake-data.ts";
import { someRecords } from "./fake-records.ts";
import { byText, type Opened, open, settled } from "./opened.ts";

const HERE = HAMLETS[0] ?? "";
let opened: Opened | null = null;

afterEach(() => {
  opened?.page.unmount();
  opened = null;
  speak("zh");
});

async function at(...given: Parameters<typeof open>): Promise<Opened> {
  opened = await open(...given);
  return opened;
}

test("addresses lead to pages, unknown ones to the beginning", () => {
  expect(routeOf("")).toEqual({ page: "hamlets" });
  expect(routeOf("#/else/1")).toEqual({ page: "hamlets" });
  expect(routeOf("#/hamlet/")).toEqual({ page: "hamlets" });
  expect(routeOf(TO.call("h", "m"))).toEqual({ page: "visit", household: "h", spokenWith: "m" });
  expect(routeOf(TO.records)).toEqual({ page: "records" });
});

test("a code on paper opens its household, or says what to do where it is not here", async () => {
  history.replaceState(null, "", "/field/?h=0101010001");
  expect(ownAddress()).toBe("#/code/0101010001");
  expect(location.search).toBe("");

  const { page, app } = await at(TO.code("77"));
  expect(page.text()).toContain("这一户不在本机");
  expect(page.findAll("main a").map((each) => each.attributes("href"))).toContain(
    "/sheets/enter/?number=%3Fh%3D77",
  );
  page.unmount();

  const home = app.households(HERE)[0];
  await at(TO.code(home?.number ?? ""));
  expect(location.hash).toBe(TO.household(home?.id ?? ""));
});

test("at first use mine is chosen beforehand, and taken along with one tap", async () => {
  const { page, app } = await at(TO.hamlets, { taken: [] });
  expect(
    page.findAll("input[type=checkbox]").map((each) => (each.element as HTMLInputElement).checked),
  ).toEqual([true, false, false]);

  await byText(page, "button", "带走所选 1 个").trigger("click");
  await settled();

  expect(app.calls).toContain(`take ${HERE}`);
  expect(page.get("a.hamlet").text()).toContain("东沟");
});

test("a failure to fetch is said where it was asked for", async () => {
  const { page, app } = await at(TO.hamlets, { taken: [] });
  vi.spyOn(app, "take").mockRejectedValue(refusal("连不上服务器"));

  await byText(page, "button", "带走所选").trigger("click");
  await settled();

  expect(page.get(".field-error").text()).toContain("连不上服务器");
});

test("the list shows who is left first, in slices, and finds by name, initials and number", async () => {
  const { page } = await at(TO.hamlet(HERE));
  expect(page.findAll(".household-row")).toHaveLength(40);
  expect(page.get(".household-row").text()).toContain("困难户");

  await byText(page, "button", "再显示").trigger("click");
  expect(page.findAll(".household-row")).toHaveLength(80);
  await byText(page, "button", "全部 130").trigger("click");
  await page.get("input[type=search]").setValue("lds");
  const found = page.findAll(".household-row b").map((each) => each.text());

  expect(new Set(found)).toEqual(new Set(["李大山"]));
  await page.get("input[type=search]").setValue("没有这人");
  expect(page.text()).toContain("没有找到");
});

test("a household is found in all villages taken along, at most thirty at once", async () => {
  const { page } = await at(TO.hamlets);

  await page.get("input[type=search]").setValue("lds");
  expect(page.findAll(".household-row")).toHaveLength(21);
  await page.get("input[type=search]").setValue("西岭 2");
  expect(page.get(".household-row").text()).toContain("西岭 2");
  await page.get("input[type=search]").setValue("没有这人");

  expect(page.text()).toContain("没有找到");
});

test("a number is asked for in a sheet, then the visit by phone is written", async () => {
  const { page, app } = await at(TO.hamlet(HERE));
  await page.get("input[type=search]").setValue("");
  await byText(page, ".household-row button", "打电话").trigger("click");
  await settled();

  document.querySelector<HTMLElement>(".sheet .chip")?.click();
  await settled();

  expect(app.calls.some((call) => call.startsWith("phoneNumber"))).toBe(true);
  expect(document.querySelector(".sheet a")?.getAttribute("href")).toBe("tel:13800000000");
});

test("a household shows people, demands, visits and leaflets, and the draft if there is one", async () => {
  const { page } = await at(TO.household(FIRST), { records: someRecords() });

  expect(page.text()).toContain("配偶");
  expect(page.text()).toContain("门前道路坑洼，希望修补");
  expect(page.text()).toContain("晚间登门");
  expect(page.text()).toContain("医疗保险缴费");
  expect(byText(page, "button", "继续草稿").exists()).toBe(true);
});

test("records tell their state in words, with numbers, held changes and errors", async () => {
  const { page } = await at(TO.records, {
    records: someRecords(),
    sync: { unsent: 2 },
  });

  for (const words of ["草稿", "待发送", "发送中", "已发送", "未被接收"]) {
    expect(page.text()).toContain(words);
  }
  expect(page.text()).toContain("S2026-000123");
  expect(page.text()).toContain("2026-0128");
  expect(page.text()).toContain("门牌号在别处改过");
  expect(page.text()).toContain("请写明诉求内容");
  expect(page.text()).toContain("已自动补发 1 条");
  expect(byText(page, "dd", "路灯坏了两盏").text()).toContain("限时办结");
});

test("a rejected record is mended as a draft", async () => {
  const { page, app } = await at(TO.records, { records: someRecords() });

  await byText(page, "button", "修改").trigger("click");
  await settled();

  expect(app.calls).toContain(`reopen ${idOf("905")}`);
  expect(location.hash).toBe(TO.draft(idOf("905")));
});

test("unsent records go into a file with a password of eight signs or more", async () => {
  const { page, app } = await at(TO.records, { records: someRecords(), sync: { unsent: 2 } });
  URL.createObjectURL = () => "blob:file";
  URL.revokeObjectURL = () => undefined;
  const field = page.get("[data-field=file-password] input");

  await field.setValue("short");
  await page.get("form").trigger("submit");
  await settled();
  expect(page.text()).toContain("文件密码至少 8 位。");
  await field.setValue("long enough");
  await page.get("form").trigger("submit");
  await settled();

  expect(app.calls).toContain("exportUnsent");
});

test("settings switch language and type, lock, and warn before unsent records are lost", async () => {
  const { page, app } = await at(TO.settings, { sync: { unsent: 3, hasUpdate: true } });
  expect(page.text()).toContain("还有 3 条未发送");

  await byText(page, "label", "大字").get("input").setValue();
  expect(document.documentElement.dataset.type).toBe("big");
  await byText(page, "label", "English").get("input").setValue();
  await settled();
  expect(page.get("h1").text()).toBe("Settings");
  await byText(page, "button", "Use it now").trigger("click");
  expect(app.calls).toContain("useUpdate");
  await byText(page, "button", "Lock now").trigger("click");
  await settled();

  expect(app.calls).toContain("lock.close");
  expect(page.text()).toContain("Enter your PIN");
});

test("this phone is emptied only when asked twice", async () => {
  const { page, app } = await at(TO.settings, { sync: { unsent: 3 } });
  const agree = async () => {
    [...document.querySelectorAll<HTMLElement>(".sheet .van-button--danger")].at(-1)?.click();
    await settled();
  };

  await byText(page, "button", "清空本机").trigger("click");
  await settled();
  await agree();
  expect(app.calls).not.toContain("lock.wipe");
  expect(document.body.textContent).toContain("3 条未发送的记录将丢失");
  await agree();

  expect(app.calls).toContain("lock.wipe");
  expect(page.text()).toContain("按您的要求，本机内容已清空");
});

test.each([
  ["offline", "没有网络"],
  ["working", "正在发送 2 条"],
  ["waiting", "稍后自动再试"],
  ["sign_in", "登录后自动发送 2 条"],
  ["other_person", "另一个人"],
] as const)("the line on top says: %s", async (phase, words) => {
  const { page } = await at(TO.hamlets, { sync: { phase, unsent: 2 } });

  expect(page.get("[aria-live=polite]").text()).toContain(words);
});

test("before the first contact the page asks to sign in, or for a network", async () => {
  const { page, app } = await at(TO.hamlets, { isKnown: false, sync: { phase: "sign_in" } });
  expect(page.get(".stack a").attributes("href")).toBe("/accounts/login/?next=/field/");

  app.set({ phase: "offline" });
  await settled();
  await byText(page, "button", "再试一次").trigger("click");

  expect(app.calls).toContain("syncNow");
});
