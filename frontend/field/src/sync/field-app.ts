import type { FieldApp, FieldRecord, TakenHamlet } from "../core/app.ts";
import { canDiscard } from "../core/outbox.ts";
import { parseNumber } from "../core/parse.ts";
import { standingsOf } from "../core/standing.ts";
import { FieldError, say, speak } from "../core/words.ts";
import { asFieldRecord } from "../store/records.ts";
import { browserEnvironment, type Environment } from "./environment.ts";
import { ask, makeServer, type Server, Stopped, type StopReason } from "./http.ts";
import { closeLock, makeLock, watchIdle, wipeIfOver } from "./lock.ts";
import { type Loop, startLoop } from "./loop.ts";
import { type Memory, opened, openPhone, type Phone, tell } from "./phone.ts";
import { dropVillage, pullVillage } from "./pull.ts";
import { exportUnsent, importUnsent } from "./unsent-file.ts";
import * as writing from "./writing.ts";

export interface Running {
  readonly app: FieldApp;
  /** Once the going that is under way has come to its end. */
  readonly rest: () => Promise<void>;
  readonly stop: () => void;
}

const CONCERNS_ALL: readonly StopReason[] = ["wipe", "sign_in", "other_person"];

/** The field page's other half; refuses where nothing could be kept encrypted. */
export async function openFieldApp(): Promise<FieldApp> {
  speak(() => (document.documentElement.lang.startsWith("en") ? "en" : "zh"));
  if (!globalThis.crypto?.subtle) throw new FieldError("not_secure");
  if (!globalThis.indexedDB) throw new FieldError("no_storage");
  return (await openIn(browserEnvironment())).app;
}

export async function openIn(env: Environment): Promise<Running> {
  const phone = await openPhone(env);
  await wipeIfOver(phone);
  const loop = startLoop(phone);
  const stopIdle = watchIdle(phone);
  env.update.subscribe(() => tell(phone));
  void loop.now();
  const stop = (): void => {
    loop.stop();
    stopIdle();
    phone.channel.close();
    phone.db.close();
  };
  return { app: appOf(phone, loop), rest: loop.rest, stop };
}

function appOf(phone: Phone, loop: Loop): FieldApp {
  const wake = (): void => void loop.now();
  return {
    lock: makeLock(phone, wake),
    ...readingOf(phone),
    saveDraft: (draft) => writing.saveDraft(phone, draft),
    async queue(recordId) {
      await writing.queue(phone, recordId);
      wake();
    },
    reopen: (recordId) => writing.reopen(phone, recordId),
    discard: (recordId) => writing.discard(phone, recordId, canDiscard),
    addPhoto: (recordId, demand, picture) => writing.addPhoto(phone, recordId, demand, picture),
    removePhoto: (recordId, photoId) => writing.removePhoto(phone, recordId, photoId),
    photo: (photoId) => writing.photo(phone, photoId),
    take: (hamletId) => asked(phone, wake, (server) => pullVillage(phone, server, hamletId)),
    leave: (hamletId) => dropVillage(phone, hamletId),
    async phoneNumber(residentId) {
      const path = "numbers/";
      return asked(phone, wake, async (server) => {
        const { phone: number } = await server.post(path, { resident_id: residentId }, parseNumber);
        return number;
      });
    },
    sync: loop.state,
    syncNow: loop.now,
    exportUnsent: (password) => exportUnsent(phone, password),
    async importUnsent(file, password) {
      const count = await importUnsent(phone, file, password);
      wake();
      return count;
    },
    signOut: () => signOut(phone, wake),
    async useUpdate() {
      await writing.settled();
      await loop.rest();
      await phone.env.update.take();
    },
    subscribe(listener) {
      phone.listeners.add(listener);
      return () => void phone.listeners.delete(listener);
    },
  };
}

type Reading = Pick<FieldApp, "start" | "hamlets" | "households" | "household" | "records">;

/** What the pages draw; a locked phone shows nothing. */
function readingOf(phone: Phone): Reading {
  return {
    start: () => phone.open?.start?.start ?? null,
    hamlets: () => (phone.open === null ? [] : hamletsOf(phone.open)),
    households: (hamletId) => phone.open?.villages.get(hamletId)?.hamlet.households ?? [],
    household(householdId) {
      for (const { hamlet } of phone.open?.villages.values() ?? []) {
        const found = hamlet.households.find(({ id }) => id === householdId);
        if (found !== undefined) return found;
      }
      return null;
    },
    records: () => (phone.open === null ? [] : recordsOf(phone.open)),
  };
}

function recordsOf(memory: Memory): FieldRecord[] {
  return [...memory.records.values()]
    .map((kept) => asFieldRecord(kept, memory.photos.get(kept.entry.id) ?? []))
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt));
}

function hamletsOf(memory: Memory): TakenHamlet[] {
  const records = recordsOf(memory);
  return (memory.start?.start.hamlets ?? []).map((hamlet) => {
    const village = memory.villages.get(hamlet.id)?.hamlet ?? null;
    if (village === null) {
      const known = { left_here: hamlet.left, in_round: hamlet.households };
      return { ...hamlet, is_taken: false, as_of: null, ...known };
    }
    const standings = [...standingsOf(village.households, records, village.asOf).values()];
    return {
      ...hamlet,
      is_taken: true,
      as_of: village.asOf,
      left_here: standings.filter(({ outcome }) => outcome === "open").length,
      in_round: standings.filter(({ outcome }) => outcome !== null).length,
    };
  });
}

/**
 * One request that a person waits for: its trouble is told at once, not tried again. What it says
 * of the phone as a whole, the next going hears too, and acts on it.
 */
async function asked<T>(
  phone: Phone,
  wake: () => void,
  work: (server: Server) => Promise<T>,
): Promise<T> {
  opened(phone);
  try {
    return await work(makeServer(phone.env, phone.vault?.phoneId ?? ""));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (CONCERNS_ALL.includes(error.reason)) wake();
    throw new FieldError(troubleOf(error), error.message || say("refused"));
  }
}

function troubleOf({ reason }: Stopped) {
  if (reason === "sign_in" || reason === "other_person") return reason;
  return reason === "later" ? "no_connection" : "refused";
}

/** Locks first, so that nothing stays open where the server cannot be reached. */
async function signOut(phone: Phone, wake: () => void): Promise<void> {
  closeLock(phone);
  try {
    const server = makeServer(phone.env, phone.vault?.phoneId ?? "");
    const headers = { "X-CSRFToken": await server.freshToken() };
    const init: RequestInit = { method: "POST", headers, redirect: "manual" };
    const response = await ask(phone.env, "/accounts/logout/", init);
    if (!response.ok && response.type !== "opaqueredirect") throw new FieldError("refused");
  } catch (error) {
    if (error instanceof Stopped && error.reason === "wipe") return wake();
    if (error instanceof Stopped && error.reason === "sign_in") return;
    throw error instanceof Stopped ? new FieldError("no_connection") : error;
  }
}
