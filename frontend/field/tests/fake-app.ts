import type {
  Draft,
  FieldApp,
  FieldRecord,
  LockState,
  PhotoEntry,
  SyncState,
  TakenHamlet,
  WipeReason,
} from "../src/core/app.ts";
import type { Start } from "../src/core/contract.ts";
import { standingsOf } from "../src/core/standing.ts";
import { HAMLETS, householdsOf, ME, startOf } from "./fake-data.ts";

export interface Wishes {
  readonly lock?: LockState;
  readonly wipedFor?: WipeReason | null;
  readonly sync?: Partial<SyncState>;
  readonly isKnown?: boolean;
  readonly taken?: readonly string[];
  readonly records?: readonly FieldRecord[];
  readonly start?: Start;
}

export interface Fake extends FieldApp {
  /** What the pages did, in order. */
  readonly calls: string[];
  readonly set: (sync: Partial<SyncState>) => void;
}

const PIN = "135790";
const TRIES = 10;
const IDLE: SyncState = {
  phase: "idle",
  unsent: 0,
  lastContact: "2026-11-24T20:05:00+08:00",
  nextTry: null,
  message: "",
  hasUpdate: false,
};

/** Keeps everything in memory and sends nothing: what lies below the pages, for their tests. */
export function fakeApp(wishes: Wishes = {}): Fake {
  const calls: string[] = [];
  const listeners = new Set<() => void>();
  const taken = new Set(wishes.taken ?? HAMLETS.slice(0, 2));
  const records = new Map((wishes.records ?? []).map((each) => [each.id, each]));
  const pictures = new Map<string, Blob>();
  const start = wishes.start ?? startOf();
  let state = wishes.lock ?? "open";
  let tries = TRIES;
  let wipedFor = wishes.wipedFor ?? null;
  let sync: SyncState = { ...IDLE, ...wishes.sync };
  const households = new Map(HAMLETS.map((id) => [id, householdsOf(id)]));

  function told(call: string): void {
    calls.push(call);
    for (const listener of listeners) listener();
  }

  function change(id: string, to: Partial<FieldRecord>): void {
    const record = records.get(id);
    if (record) records.set(id, { ...record, ...to });
  }

  function hamlets(): readonly TakenHamlet[] {
    return start.hamlets.map((hamlet) => {
      const own = households.get(hamlet.id) ?? [];
      const standings = [...standingsOf(own, [...records.values()], null).values()];
      const left = standings.filter((each) => each.outcome === "open").length;
      const is_taken = taken.has(hamlet.id);
      const in_round = standings.filter((each) => each.outcome !== null).length;
      const as_of = is_taken ? IDLE.lastContact : null;
      return { ...hamlet, is_taken, as_of, left_here: left, in_round };
    });
  }

  const lock: FieldApp["lock"] = {
    state: () => state,
    wipedFor: () => wipedFor,
    triesLeft: () => tries,
    create: async () => {
      state = "open";
      wipedFor = null;
      told("lock.create");
    },
    open: async (pin) => {
      tries = pin === PIN ? TRIES : tries - 1;
      if (pin === PIN) state = "open";
      if (tries === 0) {
        state = "wiped";
        wipedFor = "wrong_pins";
      }
      told("lock.open");
      return pin === PIN;
    },
    close: () => {
      state = "locked";
      told("lock.close");
    },
    wipe: async () => {
      state = "wiped";
      wipedFor = "own_wish";
      told("lock.wipe");
    },
  };

  return {
    calls,
    set: (to) => {
      sync = { ...sync, ...to };
      told("set");
    },
    lock,
    start: () => (wishes.isKnown === false ? null : start),
    hamlets,
    take: async (id) => {
      taken.add(id);
      told(`take ${id}`);
    },
    leave: async (id) => {
      taken.delete(id);
      told(`leave ${id}`);
    },
    households: (id) => (taken.has(id) ? (households.get(id) ?? []) : []),
    household: (id) => {
      const here = HAMLETS.filter((each) => taken.has(each)).flatMap((each) =>
        households.get(each),
      );
      return here.find((each) => each?.id === id) ?? null;
    },
    records: () => [...records.values()],
    saveDraft: async (draft) => {
      records.set(draft.id, { ...(records.get(draft.id) ?? recordOf(draft)), ...draft });
      told(`saveDraft ${draft.id}`);
    },
    queue: async (id) => {
      change(id, { state: "queued", errors: {} });
      sync = { ...sync, unsent: sync.unsent + 1 };
      told(`queue ${id}`);
    },
    reopen: async (id) => {
      change(id, { state: "draft", operationId: `${id}-again` });
      told(`reopen ${id}`);
    },
    discard: async (id) => {
      records.delete(id);
      told(`discard ${id}`);
    },
    sync: () => sync,
    syncNow: async () => told("syncNow"),
    phoneNumber: async (id) => {
      told(`phoneNumber ${id}`);
      if (sync.phase === "offline") throw refusal("没有网络，查不到号码。");
      return "13800000000";
    },
    addPhoto: async (id, demand, picture) => {
      const photo: PhotoEntry = {
        id: `photo-${pictures.size + 1}`,
        demand,
        state: "kept",
        size: picture.size,
      };
      pictures.set(photo.id, picture);
      change(id, { photos: [...(records.get(id)?.photos ?? []), photo] });
      told(`addPhoto ${id} ${demand}`);
    },
    removePhoto: async (id, photoId) => {
      const photos = records.get(id)?.photos ?? [];
      change(id, { photos: photos.filter((each) => each.id !== photoId) });
      told(`removePhoto ${photoId}`);
    },
    photo: async (id) => pictures.get(id) ?? null,
    exportUnsent: async () => {
      told("exportUnsent");
      return new Blob(["{}"]);
    },
    importUnsent: async () => {
      told("importUnsent");
      return 2;
    },
    signOut: async () => told("signOut"),
    useUpdate: async () => told("useUpdate"),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** As what lies below refuses: with a sentence for people. */
export function refusal(sentence: string): Error {
  const error = new Error(sentence);
  error.name = "FieldError";
  return error;
}

export function recordOf(draft: Draft, more: Partial<FieldRecord> = {}): FieldRecord {
  return {
    ...draft,
    operationId: `${draft.id}-operation`,
    state: "draft",
    personId: ME,
    changedAt: draft.body.happened_at,
    sentAt: null,
    photos: [],
    answer: null,
    errors: {},
    wasOfferedAgain: false,
    ...more,
  };
}
