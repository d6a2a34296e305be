import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** In development the console's own server passes what it does not know on to a `corsmith serve` that runs. */
const admin = process.env["CORSMITH_ADMIN"] ?? "http://127.0.0.1:9090";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // The library as its sources are: nothing has to be built before the console.
  resolve: { conditions: ["@corsmith/source", "module", "browser", "development|production"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: fileURLToPath(new URL("../../packages/corsmith/console", import.meta.url)),
    emptyOutDir: true,
    // Browsers that know `light-dark()` and constructable style sheets.
    target: ["chrome123", "firefox121", "safari17.5"],
    // The page's policy allows files of its own and nothing else: no data: URL, no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      // What nearly every view needs is one file, not twenty.
      output: {
        codeSplitting: { groups: [{ name: "parts", test: /apps\/console\/src\/(?:components|format|api)\// }] },
      },
    },
  },
  server: {
    proxy: {
      "^/(api|metrics|healthz|readyz)(/|$|\\?)": { target: admin, changeOrigin: true, headers: { origin: admin } },
    },
  },
});
