import type { Accepted, Hamlet, Household, Start, VisitBody } from "./contract.ts";

/**
 * What the pages may ask of what lies below them; `sync/` makes the real one. Whatever cannot be
 * done is refused with a `FieldError`, whose message is a sentence for the person.
 */
export interface FieldApp {
  readonly lock: Lock;
  /** What the server said last, or null before the first time. */
  start(): Start | null;
  hamlets(): readonly TakenHamlet[];
  /** Takes a natural village along, or brings it up to date. */
  take(hamletId: string): Promise<void>;
  /** Forgets the households of a natural village; records of visits stay. */
  leave(hamletId: string): Promise<void>;
  households(hamletId: string): readonly Household[];
  household(householdId: string): Household | null;
  records(): readonly FieldRecord[];
  /** Keeps what was typed so far; called after each change of the form. */
  saveDraft(draft: Draft): Promise<void>;
  /** The draft is finished and waits to be sent. */
  queue(recordId: string): Promise<void>;
  /** A rejected record becomes a draft again, under a new operation id. */
  reopen(recordId: string): Promise<void>;
  /** Throws a draft or a rejected record away. */
  discard(recordId: string): Promise<void>;
  sync(): SyncState;
  syncNow(): Promise<void>;
  /** One number for a phone visit, asked of the server and never kept. */
  phoneNumber(residentId: string): Promise<string>;
  addPhoto(recordId: string, demand: number | null, picture: Blob): Promise<void>;
  removePhoto(recordId: string, photoId: string): Promise<void>;
  photo(photoId: string): Promise<Blob | null>;
  /** Everything unsent, encrypted with a password of one's own, to be kept elsewhere. */
  exportUnsent(password: string): Promise<Blob>;
  /** Puts such a file's records back into the queue; those that are here already stay as they are. */
  importUnsent(file: Blob, password: string): Promise<number>;
  signOut(): Promise<void>;
  /** Opens the newer version that waits, once nothing is being written or sent. */
  useUpdate(): Promise<void>;
  /** Told after each change; gives back how to stop listening. */
  subscribe(listener: () => void): () => void;
}

export type LockState = "new" | "locked" | "open" | "wiped";
export type WipeReason = "wrong_pins" | "ordered" | "no_contact" | "own_wish";

export interface Lock {
  state(): LockState;
  /** Why the phone was emptied last, until a new PIN is set. */
  wipedFor(): WipeReason | null;
  /** How many wrong PINs are left before the phone is emptied. */
  triesLeft(): number;
  create(pin: string): Promise<void>;
  open(pin: string): Promise<boolean>;
  close(): void;
  wipe(): Promise<void>;
}

export interface TakenHamlet extends Hamlet {
  readonly is_taken: boolean;
  readonly as_of: string | null;
  /** Of the households taken along: how many are still to be visited, own unsent visits counted. */
  readonly left_here: number;
  /** How many of them the round asks for; all it knows of, where nothing was taken along. */
  readonly in_round: number;
}

export type RecordState = "draft" | "queued" | "sending" | "accepted" | "rejected";

/** A visit as it is being written: the body, and the form version it was begun with. */
export interface Draft {
  readonly id: string;
  readonly householdId: string;
  readonly body: VisitBody;
  /** The checklist with the version the draft was started with. */
  readonly form: Start["form"];
}

export interface FieldRecord extends Draft {
  /** The operation id; another one after each reopening. */
  readonly operationId: string;
  readonly state: RecordState;
  readonly personId: string;
  readonly changedAt: string;
  readonly sentAt: string | null;
  readonly photos: readonly PhotoEntry[];
  readonly answer: Accepted | null;
  readonly errors: Readonly<Record<string, string>>;
  /** The server had been restored from an older backup and was offered this record again. */
  readonly wasOfferedAgain: boolean;
}

export interface PhotoEntry {
  readonly id: string;
  readonly demand: number | null;
  readonly state: "kept" | "sent" | "refused";
  readonly size: number;
}

export type SyncPhase = "idle" | "working" | "waiting" | "offline" | "sign_in" | "other_person";

export interface SyncState {
  readonly phase: SyncPhase;
  readonly unsent: number;
  readonly lastContact: string | null;
  /** When it is tried again by itself, after a failure. */
  readonly nextTry: string | null;
  readonly message: string;
  /** A newer version of the page waits to be used. */
  readonly hasUpdate: boolean;
}
