import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "postcss";
import { PurgeCSS } from "purgecss";

/** Classes that only scripts or Django's widgets write. */
const WRITTEN_BY_SCRIPTS = [/^htmx-/, /^is-/, /^modal-/, /^show$/, /^collapse/, /^ts-/];

/** Words that our theme uses in its own sense: Tabler's rules for them go. */
const OURS = [/^icon$/, /^lead$/, /^legend$/, /^mark$/, /^page$/, /^small$/];

/** Keep of Tabler what the pages, the scripts and the samples use. Our own theme stays whole. */
export function purgeTabler({ pages, own }: { pages: string; own: string }): Plugin {
  return {
    postcssPlugin: "purge-tabler",
    async OnceExit(root, { postcss }) {
      const file = root.source?.input.file;
      if (!file?.includes("@tabler")) return;
      const [purged] = await new PurgeCSS().purge({
        content: [...words(pages, "**/*.{html,py}"), ...words(own, "{src,samples}/**/*.{html,ts}")],
        css: [{ raw: root.toString() }],
        blocklist: OURS,
        safelist: { standard: WRITTEN_BY_SCRIPTS },
        variables: true,
        keyframes: true,
        fontFace: true,
      });
      if (!purged) throw new Error("PurgeCSS gave nothing back for Tabler's style sheet");
      root.removeAll();
      root.append(postcss.parse(purged.css, { from: file }).nodes);
    },
  };
}

function words(folder: string, pattern: string): { raw: string; extension: string }[] {
  return globSync(pattern, { cwd: folder }).map((name) => ({
    raw: readFileSync(join(folder, name), "utf8"),
    extension: "html",
  }));
}
