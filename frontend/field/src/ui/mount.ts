import { createApp } from "vue";
import type { FieldApp } from "../core/app.ts";
import App from "./App.vue";
import { provideField } from "./field.ts";
import CannotPage from "./lock/CannotPage.vue";
import { listenToAddress } from "./route.ts";
import "vant/es/icon/style/index.mjs";
import "./theme.css";
import "./parts.css";
import "./forms.css";
import "./lists.css";
import "./visit.css";
import { cookieOf, language, speak } from "./words.ts";

/** Shows the page, or says what to use instead where this browser can keep nothing. */
export async function mountField(open: () => Promise<FieldApp>): Promise<void> {
  speak(language.value);
  document.documentElement.dataset.type = cookieOf("bf_type") === "big" ? "big" : "normal";
  const app = canKeep() ? await open().catch(() => null) : null;
  const page = createApp(app ? App : CannotPage);
  if (app) {
    listenToAddress();
    provideField(page, app);
  }
  page.mount("#field");
}

function canKeep(): boolean {
  return "indexedDB" in window && window.crypto?.subtle !== undefined;
}
