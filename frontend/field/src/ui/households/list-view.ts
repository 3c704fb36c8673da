import { reactive } from "vue";

export interface ListView {
  sought: string;
  onlyLeft: boolean;
  count: number;
}

const views = new Map<string, ListView>();

/** What a list was asked for, so that coming back to it shows the same. */
export function viewOf(hamletId: string, count: number): ListView {
  const known = views.get(hamletId);
  if (known) return known;
  const fresh = reactive({ sought: "", onlyLeft: true, count });
  views.set(hamletId, fresh);
  return fresh;
}
