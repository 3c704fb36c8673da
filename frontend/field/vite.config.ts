import { resolve } from "node:path";
import { VantResolver } from "@vant/auto-import-resolver";
import vue from "@vitejs/plugin-vue";
import components from "unplugin-vue-components/vite";
import { defineConfig } from "vitest/config";
import { ownFonts } from "./tools/own-fonts.ts";
import { precache } from "./tools/precache.ts";

const here = import.meta.dirname;
const base = "/static/field/";

/** Phones that are old and rarely updated: Chromium 87 and its contemporaries. */
const browsers = ["chrome87", "safari14"];

const real = {
  outDir: resolve(here, "../../build/static/field"),
  input: { page: resolve(here, "index.html"), sw: resolve(here, "src/worker/sw.ts") },
};
/** The pages over a fake, to be looked at and tested: never part of what is served. */
const samples = {
  outDir: resolve(here, "../../build/samples/field"),
  input: { page: resolve(here, "tests/samples/index.html") },
};

export default defineConfig(({ mode }) => {
  const isReal = mode !== "samples";
  const { outDir, input } = isReal ? real : samples;
  return {
    root: here,
    base: isReal ? base : "/samples/field/",
    plugins: [
      vue(),
      components({ resolvers: [VantResolver()], dirs: [], dts: false }),
      ownFonts(),
      ...(isReal ? [precache("sw.js", base)] : []),
    ],
    define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
    build: {
      target: browsers,
      cssTarget: browsers,
      assetsInlineLimit: 0,
      modulePreload: false,
      outDir,
      emptyOutDir: true,
      rollupOptions: {
        input,
        output: {
          entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        },
      },
    },
    test: {
      environment: "happy-dom",
      include: ["tests/**/*.test.ts"],
      server: { deps: { inline: ["vant"] } },
    },
  };
});
