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

export default defineConfig({
  root: here,
  base,
  plugins: [
    vue(),
    components({ resolvers: [VantResolver()], dirs: [], dts: false }),
    ownFonts(),
    precache("sw.js", base),
  ],
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    target: browsers,
    cssTarget: browsers,
    assetsInlineLimit: 0,
    modulePreload: false,
    outDir: resolve(here, "../../build/static/field"),
    emptyOutDir: true,
    rollupOptions: {
      input: { page: resolve(here, "index.html"), sw: resolve(here, "src/worker/sw.ts") },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
