import { resolve } from "node:path";
import { defineConfig } from "vite";
import { dataUrisToFiles } from "./tools/data-uris.ts";
import { iconSprite } from "./tools/icons.ts";
import { purgeTabler } from "./tools/purge.ts";

const here = import.meta.dirname;
const pages = resolve(here, "../../src/bianfang/faces/desk");

/** Browsers of offices that update rarely: Chromium 87 and its contemporaries. */
const browsers = ["chrome87", "edge88", "firefox78", "safari14"];

export default defineConfig({
  root: here,
  base: "/static/desk/",
  publicDir: false,
  plugins: [iconSprite({ list: resolve(here, "src/icons.json"), pages }), dataUrisToFiles()],
  css: { postcss: { plugins: [purgeTabler({ pages, own: here })] } },
  build: {
    target: browsers,
    cssTarget: browsers,
    assetsInlineLimit: 0,
    modulePreload: false,
    manifest: "manifest.json",
    outDir: resolve(here, "../../build/static/desk"),
    emptyOutDir: true,
    rollupOptions: { input: resolve(here, "src/desk.ts") },
  },
});
