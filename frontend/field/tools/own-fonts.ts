import type { Plugin } from "vite";

const REMOTE = /,?\s*url\((["']?)(?:https?:)?\/\/[^)]*\)\s*format\([^)]*\)/g;
const INLINE = /url\((["']?)data:font\/woff2;charset=utf-8;base64,([^"')]+)\1\)/g;

/** The icon font of Vant as a file of ours: it comes inside the style sheet, with a remote twin. */
export function ownFonts(): Plugin {
  return {
    name: "own-fonts",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "asset" || !output.fileName.endsWith(".css")) continue;
        const css = String(output.source).replace(REMOTE, "");
        output.source = css.replace(INLINE, (_whole, _quote, encoded: string) => {
          const file = this.emitFile({
            type: "asset",
            name: "icons.woff2",
            source: Buffer.from(encoded, "base64"),
          });
          return `url(${this.getFileName(file).replace(/^assets\//, "")})`;
        });
      }
    },
  };
}
