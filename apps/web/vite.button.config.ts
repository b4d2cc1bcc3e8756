import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

/** The button, beside the page in the same folder: one script with a name that stays, and what it loads in `button/`. */
export default defineConfig({
  // Whatever it loads lies beside it, wherever that is, and not beside the page that has the button.
  base: "./",
  publicDir: false,
  plugins: [solid(), noStyleOfItsOwn()],
  worker: {
    format: "es",
    rolldownOptions: {
      output: { entryFileNames: "button/[name]-[hash].js", chunkFileNames: "button/[name]-[hash].js" },
    },
  },
  build: {
    target: "es2022",
    emptyOutDir: false,
    sourcemap: true,
    modulePreload: false,
    rolldownOptions: {
      input: { "flashwright-button": "src/button/index.ts" },
      preserveEntrySignatures: "exports-only",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "button/[name]-[hash].js",
        assetFileNames: "button/[name]-[hash][extname]",
      },
    },
  },
});

/** Style goes into the shadow as text; what a module would add to the document is left out. */
function noStyleOfItsOwn(): Plugin {
  return {
    name: "no-style-of-its-own",
    enforce: "pre",
    resolveId: (source) => (source.endsWith(".css") ? "\0no-style" : undefined),
    load: (id) => (id === "\0no-style" ? "" : undefined),
  };
}
