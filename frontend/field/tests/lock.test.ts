import { afterEach, expect, test } from "vitest";
import { byText, type Opened, open, openOver, settled } from "./opened.ts";

let opened: Opened | null = null;

afterEach(() => {
  opened?.page.unmount();
  opened = null;
});

async function at(wishes: Parameters<typeof open>[1]): Promise<Opened> {
  opened = await open("", wishes);
  return opened;
}

async function type(pin: string): Promise<void> {
  for (const key of pin) window.dispatchEvent(new KeyboardEvent("keydown", { key }));
  await settled();
}

test("first use tells what is kept, then the PIN is chosen twice", async () => {
  const { page, app } = await at({ lock: "new", taken: [] });
  expect(page.text()).toContain("全部加密保存");
  expect(page.text()).toContain("不定位、不打卡");

  await byText(page, "button", "设置密码").trigger("click");
  await type("135790");
  expect(page.text()).toContain("请再输入一次");
  await type("135791");
  expect(page.get("[role=alert]").text()).toContain("两次输入不一致");
  await type("135790");
  await type("135790");

  expect(app.calls).toContain("lock.create");
  expect(page.text()).toContain("选择要带走的自然村");
});

test.each(["111111", "123456", "654321", "567890"])("%s is too easy to guess", async (pin) => {
  const { page } = await at({ lock: "new" });
  await byText(page, "button", "设置密码").trigger("click");

  await type(pin);

  expect(page.get("[role=alert]").text()).toContain("过于简单");
});

test("the pad works by touch and keyboard, and a digit can be taken back", async () => {
  const { page, app } = await at({ lock: "locked" });

  for (const digit of ["1", "3", "5"]) await byText(page, ".pad button", digit).trigger("click");
  await type("8");
  await page.get(".pad button[aria-label]").trigger("click");
  expect(page.get(".dots").attributes("aria-label")).toBe("已输入 3 位");
  await type("790");

  expect(app.calls).toEqual(["lock.open"]);
  expect(page.text()).toContain("我的住户");
});

test("a wrong PIN says how many tries are left, the last one empties the phone", async () => {
  const { page } = await at({ lock: "locked" });

  await type("000001");
  expect(page.get("[role=alert]").text()).toContain("还可以试 9 次");
  for (let turn = 0; turn < 9; turn += 1) await type("000001");

  expect(page.text()).toContain("密码多次输错，本机内容已清空");
});

test.each([
  ["ordered", "按办公室要求"],
  ["no_contact", "连续 14 天未联网"],
] as const)("a phone emptied as %s says so", async (wipedFor, words) => {
  const { page } = await at({ lock: "wiped", wipedFor });

  expect(page.get("[role=status]").text()).toContain(words);
});

test("who is not signed in is led to the sign-in before anything is set up", async () => {
  const { page } = await at({ lock: "new", sync: { phase: "sign_in" } });

  expect(page.get(".notice a").attributes("href")).toBe("/accounts/login/?next=/field/");
});

test("a page opened after many wrong PINs says at once how few tries are left", async () => {
  const { page, app } = await at({ lock: "locked" });
  for (let turn = 0; turn < 6; turn += 1) await app.lock.open("000001");
  page.unmount();

  opened = await openOver(app, "");

  expect(opened.page.get("[role=alert]").text()).toContain("还可以试 4 次");
});
