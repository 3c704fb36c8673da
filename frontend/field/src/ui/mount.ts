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
import { reasonOf } from "./shown.ts";
import { cookieOf, language, speak, t } from "./words.ts";

/** Shows the page, or says what to use instead where this browser can keep nothing. */
export async function mountField(open: () => Promise<FieldApp>): Promise<void> {
  speak(language.value);
  document.documentElement.dataset.type = cookieOf("bf_type") === "big" ? "big" : "normal";
  let why = t("cannot.why");
  const refuse = (failure: unknown) => {
    why = reasonOf(failure, why);
    return null;
  };
  const app = canKeep() ? await open().catch(refuse) : null;
  const page = app ? createApp(App) : createApp(CannotPage, { why });
  if (app) {
    listenToAddress();
    provideField(page, app);
  }
  page.mount("#field");
}

function canKeep(): boolean {
  return "indexedDB" in window && window.crypto?.subtle !== undefined;
}
