import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { vi } from "vitest";
import App from "../src/ui/App.vue";
import { provideField } from "../src/ui/field.ts";
import { route, routeOf } from "../src/ui/route.ts";
import { type Fake, fakeApp, type Wishes } from "./fake-app.ts";

export interface Opened {
  readonly page: VueWrapper;
  readonly app: Fake;
}

/** The whole page at an address, over a fake. */
export async function open(hash: string, wishes: Wishes = {}): Promise<Opened> {
  return openOver(fakeApp(wishes), hash);
}

export async function openOver(app: Fake, hash: string): Promise<Opened> {
  history.replaceState(null, "", hash || "#/");
  route.value = routeOf(hash);
  const field = { install: (page: Parameters<typeof provideField>[0]) => provideField(page, app) };
  const page = mount(App, { global: { plugins: [field] }, attachTo: document.body });
  await settled();
  return { page, app };
}

/** Lazy parts loaded, promises kept, the page drawn. */
export async function settled(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
}

export function byText(page: VueWrapper, selector: string, text: string) {
  const found = page.findAll(selector).find((each) => each.text().includes(text));
  if (!found) throw new Error(`no ${selector} says “${text}”`);
  return found;
}
