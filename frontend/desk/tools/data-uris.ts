import type { Plugin } from "vite";

const SVG_URI = /url\((["'])data:image\/svg\+xml,(.*?)\1\)/g;

/** Pictures written inside the style sheet become files, so that the policy needs no `data:`. */
export function dataUrisToFiles(): Plugin {
  return {
    name: "data-uris-to-files",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "asset" || !output.fileName.endsWith(".css")) continue;
        output.source = String(output.source).replace(
          SVG_URI,
          (_whole, _quote, encoded: string) => {
            const reference = this.emitFile({
              type: "asset",
              name: "mark.svg",
              source: decodeURIComponent(encoded.replace(/\\(.)/g, "$1")),
            });
            return `url(${this.getFileName(reference).replace(/^assets\//, "")})`;
          },
        );
      }
    },
  };
}
