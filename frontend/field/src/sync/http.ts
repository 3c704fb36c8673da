import { findRefusal, parseCsrf, type Refusal } from "../core/parse.ts";
import { say } from "../core/words.ts";
import type { Environment } from "./environment.ts";

const ROOT = "/field/api/";
const PHONE = "X-Bianfang-Phone";
const JSON_KIND = { "Content-Type": "application/json" };
/** A photo over a weak connection takes its time. */
const PATIENCE = 120_000;

/** Why a request came to nothing; the words are those of `docs/how-to/field-api.md`. */
export type StopReason =
  | "later"
  | "sign_in"
  | "other_person"
  | "not_allowed"
  | "bad_request"
  | "not_found"
  | "different"
  | "too_large"
  | "wipe";

export class Stopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason, message = "") {
    super(message);
    this.name = "Stopped";
    this.reason = reason;
  }
}

export interface Server {
  /** Asks for a token; stops where nobody is signed in. */
  freshToken(): Promise<string>;
  post<T>(path: string, body: object | FormData, parse: (data: unknown) => T): Promise<T>;
}

export function makeServer(env: Pick<Environment, "fetch" | "after">, phoneId: string): Server {
  let token = "";

  async function freshToken(): Promise<string> {
    const headers = { [PHONE]: phoneId };
    const response = await ask(env, `${ROOT}csrf/`, { method: "GET", headers });
    if (!response.ok) throw await stopOf(response);
    const { csrf, signed_in } = await read(response, parseCsrf);
    if (!signed_in) throw new Stopped("sign_in", say("sign_in"));
    token = csrf;
    return token;
  }

  function send(path: string, body: object | FormData): Promise<Response> {
    const isForm = body instanceof FormData;
    const kind = isForm ? {} : JSON_KIND;
    const headers = { "X-CSRFToken": token, [PHONE]: phoneId, ...kind };
    const content = isForm ? body : JSON.stringify(body);
    return ask(env, ROOT + path, { method: "POST", headers, body: content });
  }

  return {
    freshToken,
    async post(path, body, parse) {
      if (token === "") await freshToken();
      let response = await send(path, body);
      if (response.status === 403 && (await refusalOf(response.clone()))?.code === "csrf") {
        await freshToken();
        response = await send(path, body);
      }
      if (!response.ok) throw await stopOf(response);
      return read(response, parse);
    },
  };
}

/** Says that this phone is empty, which needs no sign-in; false where it has to be said again. */
export async function reportEmpty(
  env: Pick<Environment, "fetch" | "after">,
  phoneId: string,
): Promise<boolean> {
  const headers = { [PHONE]: phoneId, ...JSON_KIND };
  const body = JSON.stringify({ phone_id: phoneId });
  try {
    const response = await ask(env, `${ROOT}wiped/`, { method: "POST", headers, body });
    // What the server cannot read now, it will not read later.
    return response.ok || (response.status === 400 && (await refusalOf(response)) !== null);
  } catch {
    return false;
  }
}

/** One request of our own server; whatever is no answer of it counts as none. */
export async function ask(
  env: Pick<Environment, "fetch" | "after">,
  address: string,
  init: RequestInit,
): Promise<Response> {
  const patience = new AbortController();
  const callOff = env.after(PATIENCE, () => patience.abort());
  try {
    return await env.fetch(address, {
      redirect: "error",
      ...init,
      credentials: "same-origin",
      cache: "no-store",
      signal: patience.signal,
    });
  } catch {
    throw noAnswer();
  } finally {
    callOff();
  }
}

/** No JSON is no answer; JSON of another shape is a page and a server of different versions. */
async function read<T>(response: Response, parse: (data: unknown) => T): Promise<T> {
  const data: unknown = await response.json().catch(() => {
    throw noAnswer();
  });
  try {
    return parse(data);
  } catch {
    throw new Stopped("later", say("not_understood"));
  }
}

function noAnswer(): Stopped {
  return new Stopped("later", say("no_connection"));
}

async function refusalOf(response: Response): Promise<Refusal | null> {
  try {
    return findRefusal(await response.json());
  } catch {
    return null;
  }
}

async function stopOf(response: Response): Promise<Stopped> {
  const { status } = response;
  if (status === 401) return new Stopped("sign_in", say("sign_in"));
  if (status === 413) return new Stopped("too_large", say("too_large"));
  const refusal = await refusalOf(response);
  const reason = refusal === null ? null : reasonOf(status, refusal.code);
  if (refusal === null || reason === null) return noAnswer();
  return new Stopped(reason, refusal.message || wordsOf(reason));
}

/** Only the server's own words count: a proxy's 410 must not empty a phone. */
function reasonOf(status: number, code: string): StopReason | null {
  const known: Record<string, StopReason> = {
    "400 bad_request": "bad_request",
    "403 not_allowed": "not_allowed",
    "403 other_person": "other_person",
    "404 not_found": "not_found",
    "409 different": "different",
    "410 wipe": "wipe",
  };
  return known[`${status} ${code}`] ?? null;
}

function wordsOf(reason: StopReason): string {
  if (reason === "other_person" || reason === "different") return say(reason);
  return reason === "wipe" ? say("wiped") : say("refused");
}
