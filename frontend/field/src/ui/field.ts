import {
  type App,
  type ComputedRef,
  computed,
  type InjectionKey,
  inject,
  type Ref,
  ref,
} from "vue";
import type { FieldApp } from "../core/app.ts";
import type { Household } from "../core/contract.ts";

export interface Field {
  readonly app: FieldApp;
  /** Grows with each change below, so that what is computed from the app is computed anew. */
  readonly changes: Ref<number>;
}

const FIELD: InjectionKey<Field> = Symbol("field");

export function provideField(page: App, app: FieldApp): void {
  const changes = ref(0);
  app.subscribe(() => {
    changes.value += 1;
  });
  page.provide(FIELD, { app, changes });
}

export function useField(): Field {
  const field = inject(FIELD);
  if (!field) throw new Error("the page was mounted without its app");
  return field;
}

export function useApp(): FieldApp {
  return useField().app;
}

/** What the app says now and after each change. */
export function watched<T>(read: (app: FieldApp) => T): ComputedRef<T> {
  const { app, changes } = useField();
  return computed(() => {
    void changes.value;
    return read(app);
  });
}

export interface Home {
  readonly hamletId: string;
  readonly hamletName: string;
  readonly asOf: string | null;
  readonly neighbours: readonly Household[];
}

/** The natural village of a household, and who else lives there. */
export function homeOf(app: FieldApp, householdId: string): Home | null {
  for (const hamlet of app.hamlets()) {
    if (!hamlet.is_taken) continue;
    const neighbours = app.households(hamlet.id);
    if (neighbours.some((each) => each.id === householdId)) {
      return { hamletId: hamlet.id, hamletName: hamlet.name, asOf: hamlet.as_of, neighbours };
    }
  }
  return null;
}
