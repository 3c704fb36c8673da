import { computed, onMounted, onUnmounted, reactive, ref, watch } from "vue";
import { checkVisit, OUTCOMES_OF } from "../../core/check.ts";
import type { Household, Start } from "../../core/contract.ts";
import { uuid7 } from "../../core/ids.ts";
import {
  beginVisit,
  draftOf,
  finishedOf,
  openDraft,
  type VisitForm,
} from "../../core/visit-form.ts";
import { useApp } from "../field.ts";
import { reasonOf } from "../shown.ts";
import { t } from "../words.ts";
import { wordsOf } from "./flaw-words.ts";

const PAUSE = 400;

export interface Asked {
  readonly household?: string | undefined;
  readonly record?: string | undefined;
  /** The member who was called, for a visit by phone. */
  readonly called?: string | undefined;
}

export type Visit = ReturnType<typeof keepVisit>;

/** The draft that was asked for, a new one, or null where it is no draft any more. */
export function useVisit(asked: Asked, start: Start): Visit | null {
  const app = useApp();
  const drafts = app.records().filter((each) => each.state === "draft");
  const record = drafts.find((each) =>
    asked.record ? each.id === asked.record : each.householdId === asked.household,
  );
  const householdId = record?.householdId ?? asked.household;
  if (!householdId) return null;
  const household = app.household(householdId) ?? stranger(householdId);
  const now = new Date();
  const form = record
    ? openDraft(record, household)
    : beginVisit({
        id: freshId(now),
        visitId: freshId(now),
        household,
        start,
        records: app.records(),
        at: now,
      });
  if (asked.called) turnToCall(form, household, asked.called);
  return keepVisit(form, household, start, asked.called ?? "", record?.errors ?? {});
}

function keepVisit(
  begun: VisitForm,
  household: Household,
  start: Start,
  called: string,
  refused: Readonly<Record<string, string>>,
) {
  const app = useApp();
  const form = reactive(begun);
  const spokenWith = ref(called || memberOf(household, form.body.respondent_relation));
  const isTried = ref(false);
  const isChecklistWrong = ref(false);
  const isDone = ref(false);
  const trouble = ref("");
  const isKept = ref(false);
  let pause = 0;
  let isChanged = false;
  let writing: Promise<void> = Promise.resolve();

  const finished = () => finishedOf(form, spokenWith.value || null);
  const errors = computed(() => {
    if (!isTried.value) return refused;
    const grounds = { now: new Date(), round: start.round, campaigns: start.campaigns };
    const found = wordsOf(checkVisit(finished().body, grounds));
    return isChecklistWrong.value ? { ...found, checklist: t("flaw.checklist") } : found;
  });

  function write(draft = draftOf(form)): Promise<void> {
    window.clearTimeout(pause);
    pause = 0;
    isChanged = false;
    writing = writing
      .then(() => app.saveDraft(draft))
      .then(
        () => {
          trouble.value = "";
          isKept.value = true;
        },
        (failure: unknown) => {
          isChanged = true;
          trouble.value = reasonOf(failure, t("visit.not_kept"));
        },
      );
    return writing;
  }

  function flush(): void {
    if (isChanged && !isDone.value) void write();
  }

  /** The first change is kept at once: a page that is closed has no time to write. */
  function changed(): void {
    isChanged = true;
    if (pause !== 0) return;
    flush();
    pause = window.setTimeout(() => {
      pause = 0;
      flush();
    }, PAUSE);
  }

  /** Hands it over to be sent, if the server will take it; else says what is missing. */
  async function finish(): Promise<boolean> {
    form.body.findings = form.body.findings.filter((each) =>
      Object.values(each.answers).some((text) => text.trim() !== ""),
    );
    isTried.value = true;
    if (Object.keys(errors.value).length > 0) return false;
    isDone.value = true;
    await write(finished());
    if (trouble.value === "") await app.queue(form.id);
    isDone.value = trouble.value === "";
    return isDone.value;
  }

  async function discard(): Promise<void> {
    isDone.value = true;
    window.clearTimeout(pause);
    await writing;
    if (app.records().some((each) => each.id === form.id)) await app.discard(form.id);
  }

  watch([() => form.body, () => form.changes], changed, { deep: true });
  const onHide = () => document.visibilityState === "hidden" && flush();
  onMounted(() => {
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("pagehide", flush);
  });
  onUnmounted(() => {
    document.removeEventListener("visibilitychange", onHide);
    window.removeEventListener("pagehide", flush);
    flush();
  });

  const kept = () => write();
  const state = { spokenWith, isTried, isChecklistWrong, trouble, isKept, errors };
  return { form, household, start, ...state, kept, finish, discard };
}

function freshId(now: Date): string {
  return uuid7(now.getTime(), crypto.getRandomValues(new Uint8Array(10)));
}

/** A visit by phone with the member who was called, also where a draft had been begun. */
function turnToCall(form: VisitForm, household: Household, called: string): void {
  form.body.mode = "phone";
  if (!OUTCOMES_OF.phone.includes(form.body.outcome)) form.body.outcome = "met";
  const member = household.members.find((each) => each.id === called);
  if (member) form.body.respondent_relation = member.relation;
}

function memberOf(household: Household, relation: string): string {
  return household.members.find((each) => relation !== "" && each.relation === relation)?.id ?? "";
}

/** A household that is no longer taken along, but of which a draft is left. */
function stranger(id: string): Household {
  const words = { number: "", door: "", head: "", pinyin: "", initials: "", note: "", mark: "" };
  const lists = { members: [], visits: [], demands: [], target: null };
  const codes = { status: "", status_reason: "", contact_time: "", priority: "3" };
  return { id, ...words, ...codes, ...lists };
}
