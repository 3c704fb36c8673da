import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";

const here = resolve(import.meta.dirname, "../samples");
const built = resolve(here, "../../../build");
const manifest: Record<string, { file: string; css?: string[] }> = JSON.parse(
  readFileSync(resolve(built, "static/desk/manifest.json"), "utf8"),
);

/** The sample pages know the same few tags as the templates: include, icon, and the assets. */
function expand(page: string): string {
  return page
    .replace(/\{% include "([\w.-]+)" %\}/g, (_tag, name) => expand(read(name)))
    .replace(/\{% icon "([a-z0-9-]+)" %\}/g, (_tag, name) => icon(name))
    .replace("{% assets %}", assets());
}

function read(name: string): string {
  return readFileSync(resolve(here, name), "utf8").trim();
}

function icon(name: string): string {
  return `<svg class="icon" aria-hidden="true"><use href="/static/desk/icons.svg#${name}"/></svg>`;
}

function assets(): string {
  const entry = manifest["src/desk.ts"];
  if (!entry) throw new Error("Build the desk first: npm run build");
  const styles = (entry.css ?? []).map(
    (file) => `<link rel="stylesheet" href="/static/desk/${file}">`,
  );
  return [...styles, `<script type="module" src="/static/desk/${entry.file}"></script>`].join("\n");
}

mkdirSync(resolve(built, "samples"), { recursive: true });
for (const name of globSync("*.html", { cwd: here }).filter((name) => !name.startsWith("_"))) {
  writeFileSync(resolve(built, "samples", basename(name)), expand(read(name)));
}
