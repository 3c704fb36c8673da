import { nextTick, ref } from "vue";

export type Route =
  | { readonly page: "hamlets" }
  | { readonly page: "hamlet"; readonly id: string }
  | { readonly page: "household"; readonly id: string }
  | { readonly page: "visit"; readonly household: string; readonly spokenWith: string }
  | { readonly page: "draft"; readonly record: string }
  | { readonly page: "done"; readonly record: string }
  | { readonly page: "code"; readonly number: string }
  | { readonly page: "records" }
  | { readonly page: "settings" };

export const TO = {
  hamlets: "#/",
  hamlet: (id: string) => `#/hamlet/${id}`,
  household: (id: string) => `#/household/${id}`,
  visit: (household: string) => `#/visit/${household}`,
  call: (household: string, resident: string) => `#/visit/${household}/${resident}`,
  draft: (record: string) => `#/draft/${record}`,
  done: (record: string) => `#/done/${record}`,
  code: (number: string) => `#/code/${encodeURIComponent(number)}`,
  records: "#/records",
  settings: "#/settings",
} as const;

export function routeOf(hash: string): Route {
  const [page = "", id = "", more = ""] = hash.replace(/^#\/?/, "").split("/");
  if (page === "records" || page === "settings") return { page };
  if (id === "") return { page: "hamlets" };
  if (page === "hamlet" || page === "household") return { page, id };
  if (page === "visit") return { page, household: id, spokenWith: more };
  if (page === "code") return { page, number: decodeURIComponent(id) };
  if (page === "draft" || page === "done") return { page, record: id };
  return { page: "hamlets" };
}

/** The code on a paper sheet leads to `/field/?h=number`: that becomes an address of ours. */
export function ownAddress(): string {
  const number = new URLSearchParams(location.search).get("h");
  if (number) history.replaceState(history.state, "", location.pathname + TO.code(number));
  return location.hash;
}

export const route = ref<Route>(routeOf(ownAddress()));

/** The addresses that lead here; going back takes the last one off. */
const trail = [location.hash];
const places = new Map<string, number>();

async function arrive(address: string): Promise<void> {
  const before = trail[trail.length - 1] ?? "";
  places.set(before, window.scrollY);
  if (trail[trail.length - 2] === address) trail.pop();
  else if (before !== address) trail.push(address);
  route.value = routeOf(address);
  const isList = route.value.page === "hamlet";
  await nextTick();
  window.scrollTo(0, isList ? (places.get(address) ?? 0) : 0);
}

export function listenToAddress(): void {
  window.addEventListener("hashchange", () => void arrive(location.hash));
}

export function go(address: string): void {
  location.hash = address;
}

/** Instead of the page that is shown, which going back then leaves out. */
export function goInstead(address: string): void {
  history.replaceState(history.state, "", address);
  trail.pop();
  void arrive(address);
}

/** The page before, or `otherwise` where the address was opened directly. */
export function goBack(otherwise: string): void {
  if (trail.length > 1) history.back();
  else goInstead(otherwise);
}
