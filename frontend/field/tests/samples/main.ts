import { mountField } from "../../src/ui/mount.ts";
import { fakeApp, type Wishes } from "../fake-app.ts";
import { someRecords } from "../fake-records.ts";

/** Which state to look at: `?show=first`, `?show=locked` and so on. */
const SHOWN: Readonly<Record<string, Wishes>> = {
  first: { lock: "new", taken: [] },
  emptied: { lock: "wiped", wipedFor: "wrong_pins", taken: [] },
  locked: { lock: "locked" },
  unknown: { isKnown: false, taken: [], sync: { phase: "sign_in" } },
  choosing: { taken: [] },
  offline: { sync: { phase: "offline", unsent: 3 }, records: someRecords() },
  full: {
    records: someRecords(),
    sync: {
      phase: "waiting",
      unsent: 3,
      hasUpdate: true,
      nextTry: "2026-11-24T20:10:00+08:00",
    },
  },
};

const shown = new URLSearchParams(location.search).get("show") ?? "";

void mountField(async () => {
  if (shown === "cannot") throw new Error("shown as in a browser that keeps nothing");
  return fakeApp(SHOWN[shown] ?? {});
});
