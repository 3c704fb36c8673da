import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const KEPT = /\.(js|css|woff2|svg)$/;
const SHELL = "/field/";

/**
 * Writes the list of files that the service worker keeps into it: those of this build and the
 * page itself. Its version is a hash of their names, which hold a hash of their content.
 */
export function precache(worker: string, base: string): Plugin {
  return {
    name: "precache",
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunk = bundle[worker];
      if (chunk?.type !== "chunk") throw new Error(`${worker} is not part of this build`);
      const names = Object.keys(bundle).filter((name) => KEPT.test(name) && name !== worker);
      const page = bundle["index.html"];
      const hash = createHash("sha256");
      for (const name of names.toSorted()) hash.update(name);
      hash.update(page?.type === "asset" ? String(page.source) : "");
      const list = [SHELL, ...names.map((name) => base + name).toSorted()];
      chunk.code = chunk.code
        .replace("__VERSION__", hash.digest("hex").slice(0, 12))
        .replace(/["'`]__FILES__["'`]/, JSON.stringify(list));
    },
  };
}
