import type { SyncPhase, SyncState } from "../core/app.ts";
import { waitAfter } from "../core/backoff.ts";
import { FieldError, say } from "../core/words.ts";
import { forgetReport, wipe } from "../store/vault.ts";
import { exclusively } from "./exclusive.ts";
import { makeServer, reportEmpty, Stopped } from "./http.ts";
import { changed, type Phone, readMeta, tell } from "./phone.ts";
import { pullStart, pullVillages, removePast } from "./pull.ts";
import { freeOrphans, type Run, sendRecords } from "./send.ts";
import { sendPhotos } from "./send-photos.ts";

/** How often it is tried without anything happening. */
const ROUTINE = 5 * 60_000;
/** Another tab is sending; what was added here meanwhile is looked at again after this. */
const OTHER_TAB = 5_000;

export interface Loop {
  state(): SyncState;
  /** Sends and fetches now, or joins the going that is under way. */
  now(): Promise<void>;
  /** Once what is under way has come to its end. */
  rest(): Promise<void>;
  stop(): void;
}

interface Progress {
  phase: SyncPhase;
  message: string;
  failures: number;
  nextTry: number | null;
  isOwed: boolean;
  /** Somebody else is signed in; known until the owner's PIN and session say otherwise. */
  isOther: boolean;
}

export function startLoop(phone: Phone): Loop {
  const { env } = phone;
  const progress: Progress = {
    phase: env.isOnline() ? "idle" : "offline",
    message: "",
    failures: 0,
    nextTry: null,
    isOwed: false,
    isOther: false,
  };
  let running: Promise<void> | null = null;
  let callOff = (): void => {};

  function schedule(milliseconds: number): void {
    callOff();
    callOff = env.after(milliseconds, () => void now());
  }

  function now(): Promise<void> {
    if (running !== null) {
      progress.isOwed = true;
      return running;
    }
    running = goThrough().finally(() => {
      running = null;
      tell(phone);
    });
    return running;
  }

  async function goThrough(): Promise<void> {
    do {
      progress.isOwed = false;
      await goOnce();
    } while (progress.isOwed);
  }

  async function goOnce(): Promise<void> {
    // Tried by hand or for a new record, before its time: a failure then makes no wait longer.
    const isEarly = progress.nextTry !== null && env.now() < progress.nextTry;
    Object.assign(progress, { phase: "working", nextTry: null });
    callOff();
    tell(phone);
    const notes: string[] = [];
    try {
      await readMeta(phone);
      if (phone.open === null) {
        await listen(phone);
        afterListening();
        return;
      }
      const isDone = await exclusively(phone, () => goWith(phone, notes));
      const message = notes.join(" ");
      Object.assign(progress, { phase: "idle", failures: 0, message, isOther: false });
      schedule(isDone || phone.unsent === 0 ? ROUTINE : OTHER_TAB);
    } catch (error) {
      await afterTrouble(error, isEarly);
    }
  }

  function afterListening(): void {
    const isOther = progress.isOther && phone.vault !== null;
    const phase: SyncPhase = isOther ? "other_person" : "idle";
    Object.assign(progress, {
      phase,
      failures: 0,
      isOther,
      message: isOther ? say("other_person") : "",
    });
    schedule(ROUTINE);
  }

  async function afterTrouble(error: unknown, isEarly: boolean): Promise<void> {
    const trouble = await react(phone, error);
    Object.assign(progress, trouble);
    if (trouble.phase === "other_person") progress.isOther = true;
    if (trouble.phase === "sign_in") progress.isOther = false;
    if (trouble.phase !== "waiting" && trouble.phase !== "offline") return;
    if (!isEarly) progress.failures += 1;
    const wait = waitAfter(progress.failures);
    progress.nextTry = env.now() + wait;
    schedule(wait);
  }

  const stops = [
    env.on("online", () => void now()),
    env.on("shown", () => void now()),
    env.on("offline", () => {
      if (running === null) Object.assign(progress, { phase: "offline" });
      tell(phone);
    }),
  ];

  return {
    state: () => stateOf(phone, progress),
    now,
    rest: () => running ?? Promise.resolve(),
    stop() {
      callOff();
      for (const stop of stops) stop();
    },
  };
}

function stateOf(phone: Phone, progress: Progress): SyncState {
  const { vault, unsent, isStale, env } = phone;
  const contact = vault?.personId ? vault.contact.serverTime : null;
  return {
    phase: progress.phase,
    unsent,
    lastContact: contact === null ? null : new Date(contact).toISOString(),
    nextTry: progress.nextTry === null ? null : new Date(progress.nextTry).toISOString(),
    message: isStale ? say("stale") : progress.message,
    hasUpdate: env.update.isWaiting() || isStale,
  };
}

/** A locked phone sends nothing, but it hears whether it has to be emptied. */
async function listen(phone: Phone): Promise<void> {
  if (phone.isStale) return;
  await reportWiped(phone);
  if (phone.vault !== null) await makeServer(phone.env, phone.vault.phoneId).freshToken();
}

/** Everything in its order: what waits, its photos, what is asked, the villages. */
async function goWith(phone: Phone, notes: string[]): Promise<void> {
  if (phone.isStale || phone.vault === null) return;
  await reportWiped(phone);
  const run: Run = { phone, server: makeServer(phone.env, phone.vault.phoneId), notes };
  await freeOrphans(phone);
  await sendRecords(run);
  await sendPhotos(run);
  await pullStart(run);
  await pullVillages(run);
  await removePast(phone);
}

async function reportWiped(phone: Phone): Promise<void> {
  const phoneId = phone.gone?.phoneId ?? null;
  if (phoneId === null || phoneId === phone.vault?.phoneId) return;
  if (!(await reportEmpty(phone.env, phoneId))) return;
  await forgetReport(phone.db);
  await readMeta(phone);
}

async function react(phone: Phone, error: unknown): Promise<{ phase: SyncPhase; message: string }> {
  if (error instanceof FieldError) {
    const isLocked = error.trouble === "locked" || error.trouble === "wiped";
    return isLocked ? { phase: "idle", message: "" } : { phase: "waiting", message: error.message };
  }
  if (!(error instanceof Stopped)) return { phase: "waiting", message: say("not_written") };
  switch (error.reason) {
    case "wipe":
      await emptied(phone);
      return { phase: "idle", message: "" };
    case "sign_in":
      return { phase: "sign_in", message: error.message };
    case "other_person":
      // Whoever is signed in is not who unlocked this: nothing of it stays on the screen.
      phone.open = null;
      return { phase: "other_person", message: error.message };
    default:
      return { phase: phone.env.isOnline() ? "waiting" : "offline", message: error.message };
  }
}

async function emptied(phone: Phone): Promise<void> {
  await wipe(phone.db, "ordered");
  phone.open = null;
  phone.channel.tell("wiped");
  await changed(phone);
  await reportWiped(phone);
}
