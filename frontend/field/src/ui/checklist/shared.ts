import { type ComputedRef, type InjectionKey, inject } from "vue";
import type { Evaluation } from "../../core/checklist/answers.ts";
import type { Form, Words } from "../../core/checklist/definition.ts";
import { inLanguage } from "../../core/checklist/definition.ts";
import { withValues } from "../../core/checklist/wording.ts";

/** What all questions of one form share. */
export interface Shared {
  readonly form: Form;
  readonly language: ComputedRef<string>;
  readonly today: ComputedRef<string>;
  readonly evaluation: ComputedRef<Evaluation>;
  readonly shown: ComputedRef<ReadonlySet<string>>;
  /** Sentences by question, empty until they are to be seen. */
  readonly flaws: ComputedRef<ReadonlyMap<string, string>>;
}

export const sharedKey: InjectionKey<Shared> = Symbol("checklist");

export function useShared() {
  const shared = inject(sharedKey);
  if (shared === undefined) throw new Error("a question stands in a checklist");
  const words = (texts: Words) => inLanguage(shared.form, texts, shared.language.value);
  const full = (texts: Words, prefix: string) =>
    withValues(shared.form, texts, shared.language.value, shared.evaluation.value, prefix);
  return { ...shared, words, full };
}
