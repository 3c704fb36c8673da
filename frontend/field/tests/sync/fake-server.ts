import type { Answer, Batch, Household, Start } from "../../src/core/contract.ts";
import { household, start } from "../examples.ts";

/** What may go wrong with one request; `lose` and `late` commit before the answer is lost. */
export type Fault =
  | "no_answer"
  | "lose"
  | "late"
  | "csrf"
  | "garbage"
  | "page"
  | { readonly status: number; readonly body?: unknown };

export interface Asked {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
}

/** A small server of the contract: exactly once by operation id, one person signed in. */
export interface FakeServer {
  readonly asked: Asked[];
  readonly operations: Map<string, string>;
  readonly photos: Map<string, Blob>;
  readonly faults: Map<string, Fault[]>;
  /** Per operation id: how often it arrived, and how often it took effect. */
  readonly arrivals: Map<string, number>;
  households: Household[];
  start: Start;
  isSignedIn: boolean;
  verdict: (visitId: string, id: string) => Answer | null;
  fetch(address: string, init: RequestInit): Promise<Response>;
  fail(path: string, ...faults: Fault[]): void;
  paths(): string[];
}

export const HAMLET = "01900000-0000-7000-8000-0000000000c1";

export function makeFakeServer(now: () => number): FakeServer {
  let token = "";
  const server: FakeServer = {
    asked: [],
    operations: new Map(),
    photos: new Map(),
    faults: new Map(),
    arrivals: new Map(),
    households: [household()],
    start: start(),
    isSignedIn: true,
    verdict: () => null,
    fail: (path, ...faults) => void server.faults.set(path, faults),
    paths: () => server.asked.map(({ path }) => path),
    async fetch(address, init) {
      const path = address.replace("/field/api/", "");
      const headers = (init.headers ?? {}) as Record<string, string>;
      server.asked.push({ path, body: bodyOf(init), headers });
      const fault = server.faults.get(path)?.shift() ?? null;
      const early = fault === null ? null : beforehand(fault);
      if (early !== null) return early;
      const response = await answer(path, init, headers);
      if (fault === "lose") throw new TypeError("Failed to fetch");
      return fault === "late" ? json(503, {}) : response;
    },
  };

  async function answer(
    path: string,
    init: RequestInit,
    headers: Record<string, string>,
  ): Promise<Response> {
    if (path === "csrf/") {
      token = `token-${server.asked.length}`;
      return json(200, { csrf: token, signed_in: server.isSignedIn });
    }
    if (path === "wiped/") return json(200, {});
    if (!server.isSignedIn) return json(401, { code: "sign_in" });
    if (headers["X-CSRFToken"] !== token) return json(403, { code: "csrf" });
    return path === "photos/" ? photo(init.body as FormData) : posted(path, bodyOf(init));
  }

  function posted(path: string, body: Record<string, unknown>): Response {
    const ids = Array.isArray(body.ids) ? body.ids : [];
    const answers: Record<string, () => Response> = {
      "start/": () => json(200, { ...server.start, time: iso() }),
      "commands/": () => commands(body as unknown as Batch),
      "known/": () => json(200, { missing: ids.filter((id) => !server.operations.has(id)) }),
      "numbers/": () => json(200, { phone: "10000001234" }),
      "/accounts/logout/": () => json(200, {}),
    };
    return answers[path]?.() ?? bundles(path, body);
  }

  function commands(batch: Batch): Response {
    if (batch.person_id !== server.start.person.id) return json(403, { code: "other_person" });
    const answers = batch.commands.map(({ id, body }): Answer => {
      server.arrivals.set(id, (server.arrivals.get(id) ?? 0) + 1);
      const other = server.verdict(body.visit_id, id);
      if (other !== null) return other;
      const known = server.operations.get(id);
      const content = JSON.stringify(body);
      if (known !== undefined && known !== content) return { id, state: "different" };
      server.operations.set(id, content);
      const receipt = `S2026-${server.operations.size}`;
      return { id, state: "accepted", receipt, visit_id: body.visit_id, demands: [], held: [] };
    });
    const { last_accepted } = batch;
    const is_last_known = last_accepted === null || server.operations.has(last_accepted);
    return json(200, { time: iso(), is_last_known, answers });
  }

  function bundles(path: string, body: Record<string, unknown>): Response {
    if (path !== `bundles/${HAMLET}/`) return json(404, { code: "not_found", message: "没有。" });
    const known = body.known as Record<string, string>;
    const marks = Object.fromEntries(server.households.map(({ id, mark }) => [id, mark]));
    const households = server.households.filter(({ id, mark }) => known[id] !== mark);
    const gone = Object.keys(known).filter((id) => !(id in marks));
    return json(200, { hamlet_id: HAMLET, as_of: iso(), households, gone, marks });
  }

  function photo(form: FormData): Response {
    const file = form.get("file");
    const id = String(form.get("operation_id"));
    if (file instanceof Blob) server.photos.set(id, file);
    return json(200, { state: "accepted", receipt: "P1" });
  }

  function iso(): string {
    return new Date(now()).toISOString();
  }

  return server;
}

/** What comes instead of the server's answer, before anything took effect. */
function beforehand(fault: Fault): Response | null {
  if (fault === "no_answer") throw new TypeError("Failed to fetch");
  if (fault === "garbage") return new Response('{"answers": [', { status: 200 });
  if (fault === "page") return new Response("<html>", { status: 502 });
  if (fault === "csrf") return json(403, { code: "csrf" });
  return typeof fault === "object" ? json(fault.status, fault.body ?? {}) : null;
}

function bodyOf(init: RequestInit): Record<string, unknown> {
  if (init.body instanceof FormData) return Object.fromEntries(init.body);
  return typeof init.body === "string" ? JSON.parse(init.body) : {};
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}
