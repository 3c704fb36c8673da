import { expect, test, vi } from "vitest";
import { bodyOf, pause, visit } from "./at-visit.ts";
import { fakeApp, refusal } from "./fake-app.ts";
import { settled } from "./opened.ts";

test("looking at the form keeps nothing; the first change is kept at once, more a moment later", async () => {
  const { page, app } = await visit();
  await pause();
  expect(app.records()).toEqual([]);

  await page.get("[data-field=note] textarea").setValue("灯泡");
  await settled();
  expect(bodyOf(app).note).toBe("灯泡");
  await page.get("[data-field=note] textarea").setValue("灯泡已换");
  expect(bodyOf(app).note).toBe("灯泡");
  await pause();

  expect(bodyOf(app).note).toBe("灯泡已换");
  expect(page.text()).toContain("已存");
});

test("what was typed is kept at once when the page is hidden or left, and is there again", async () => {
  const app = fakeApp();
  const first = await visit(app);
  await first.page.get("[data-field=note] textarea").setValue("一");
  window.dispatchEvent(new Event("pagehide"));
  await settled();
  expect(bodyOf(app).note).toBe("一");
  await first.page.get("[data-field=note] textarea").setValue("一二");
  first.page.unmount();
  await settled();

  const { page } = await visit(app);

  expect(page.get<HTMLTextAreaElement>("[data-field=note] textarea").element.value).toBe("一二");
  expect(app.records()).toHaveLength(1);
});

test("a failure to keep it is said aloud, and the next change tries again", async () => {
  const app = fakeApp();
  const keep = vi.spyOn(app, "saveDraft").mockRejectedValue(refusal("手机存储已满"));
  const { page } = await visit(app);

  await page.get("[data-field=note] textarea").setValue("一");
  await pause();
  expect(page.get("[role=alert].is-wrong").text()).toBe("手机存储已满");
  keep.mockRestore();
  await page.get("[data-field=note] textarea").setValue("一二");
  await pause();

  expect(bodyOf(app).note).toBe("一二");
  expect(page.find("[role=alert].is-wrong").exists()).toBe(false);
});
