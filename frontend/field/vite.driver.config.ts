import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = import.meta.dirname;

/** The page of the fault test; served beside the real one by `tests/sync`, never by the town. */
export default defineConfig({
  root: resolve(here, "driver"),
  base: "/field-driver/",
  build: {
    outDir: resolve(here, "../../build/samples/field-driver"),
    emptyOutDir: true,
    modulePreload: false,
  },
});
