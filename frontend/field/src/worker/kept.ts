const SHELL = "/field/";
const API = "/field/api/";

type Asked = Pick<Request, "method" | "mode" | "url">;

/**
 * Which kept file answers a request, or null where the network has to: pages under `/field/` are
 * all the one page, the files are those of this build, and what is said to the server is never kept.
 */
export function keptFor(asked: Asked, origin: string, files: readonly string[]): string | null {
  const address = new URL(asked.url);
  const { pathname } = address;
  if (asked.method !== "GET" || address.origin !== origin || pathname.startsWith(API)) return null;
  const isPage = asked.mode === "navigate" && pathname.startsWith(SHELL);
  const kept = isPage ? SHELL : pathname;
  return files.includes(kept) ? kept : null;
}
