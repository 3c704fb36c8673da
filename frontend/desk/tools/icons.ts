import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);
/** `{% icon "name" %}` in templates, `icon="name"` in Python, `icons.svg#name` anywhere. */
const USED = /(?:\{%\s*icon\s+["']|\bicon=["']|icons\.svg#)([a-z0-9-]+)/g;

/** One `icons.svg` with the icons of the list, each under our own name for it. */
export function iconSprite({ list, pages }: { list: string; pages: string }): Plugin {
  return {
    name: "icon-sprite",
    buildStart() {
      this.addWatchFile(list);
    },
    generateBundle() {
      const named: Record<string, string> = JSON.parse(readFileSync(list, "utf8"));
      const unknown = usedNames(pages).filter((name) => !(name in named));
      if (unknown.length > 0) {
        this.error(`These icons are used but not listed in src/icons.json: ${unknown.join(", ")}`);
      }
      const symbols = Object.entries(named).map(([name, tabler]) => symbol(name, tabler));
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

function usedNames(pages: string): string[] {
  const found = globSync("**/*.{html,py}", { cwd: pages }).flatMap((name) =>
    [...readFileSync(join(pages, name), "utf8").matchAll(USED)].map((match) => match[1] ?? ""),
  );
  return [...new Set(found)].sort();
}

function symbol(name: string, tabler: string): string {
  const svg = readFileSync(require.resolve(`@tabler/icons/outline/${tabler}.svg`), "utf8");
  const paths = [...svg.matchAll(/<(?:path|circle|rect|line)\b[^>]*>/g)]
    .map(([tag]) => tag.replace(/\s+\/?>$/, "/>"))
    .filter((tag) => !tag.includes('stroke="none"'));
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths.join("")}</symbol>`;
}
