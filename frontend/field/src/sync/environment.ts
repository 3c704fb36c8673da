import { uuid7 } from "../core/ids.ts";
import { randomBytes } from "../store/crypto.ts";
import { shrunk } from "./picture.ts";
import { type Update, watchUpdates } from "./update.ts";

export type Signal = "online" | "offline" | "shown" | "used";

/** Everything outside this program that it depends on; tests bring their own. */
export interface Environment {
  readonly database: string;
  now(): number;
  fetch(address: string, init: RequestInit): Promise<Response>;
  /** Null where the browser has none: a row in the database stands in. */
  readonly locks: Pick<LockManager, "request"> | null;
  isOnline(): boolean;
  on(signal: Signal, listener: () => void): () => void;
  /** Calls once, later; gives back how to call it off. */
  after(milliseconds: number, listener: () => void): () => void;
  shrink(picture: Blob): Promise<Blob>;
  phoneName(): string;
  /** Asks the browser not to clear what is kept, where it can be asked. */
  persist(): Promise<void>;
  readonly update: Update;
}

export function makeId(env: Pick<Environment, "now">): string {
  return uuid7(env.now(), randomBytes(10));
}

export function iso(env: Pick<Environment, "now">): string {
  return new Date(env.now()).toISOString();
}

const USED = ["pointerdown", "keydown", "input", "touchstart"];

export function browserEnvironment(): Environment {
  return {
    database: "bianfang-field",
    now: () => Date.now(),
    fetch: (address, init) => fetch(address, init),
    locks: "locks" in navigator ? navigator.locks : null,
    isOnline: () => navigator.onLine,
    on,
    after(milliseconds, listener) {
      const timer = setTimeout(listener, milliseconds);
      return () => clearTimeout(timer);
    },
    shrink: shrunk,
    phoneName: () => nameOf(navigator.userAgent),
    persist,
    update: watchUpdates(),
  };
}

function on(signal: Signal, listener: () => void): () => void {
  if (signal === "online" || signal === "offline") return listen(window, [signal], listener);
  if (signal === "used") return listen(document, USED, listener);
  return listen(document, ["visibilitychange"], () => {
    if (document.visibilityState === "visible") listener();
  });
}

function listen(target: EventTarget, kinds: readonly string[], listener: () => void): () => void {
  const options = { passive: true, capture: true };
  for (const kind of kinds) target.addEventListener(kind, listener, options);
  return () => {
    for (const kind of kinds) target.removeEventListener(kind, listener, options);
  };
}

async function persist(): Promise<void> {
  // Missing in old browsers and on plain http; the data is kept all the same, only less surely.
  const storage: Partial<StorageManager> | undefined = navigator.storage;
  await storage?.persist?.();
}

/** What the browser says of the phone, as short as a person would: "Android 8.1; M5". */
export function nameOf(userAgent: string): string {
  const inside = /\(([^)]*)\)/.exec(userAgent)?.[1] ?? "";
  const parts = inside.split(";").map((part) => part.trim());
  const telling = parts.filter((part) => !/^(linux|u|wv|x11|[a-z]{2}-[a-z]{2})$/i.test(part));
  return telling
    .join("; ")
    .replace(/ Build\/.*$/, "")
    .slice(0, 60);
}
