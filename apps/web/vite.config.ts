import { defineConfig } from "vite";
import solid from "vite-plugin-solid";
import { engineLicences } from "./scripts/licences-plugin.js";
import { offlineSite } from "./scripts/offline-plugin.js";

export default defineConfig({
  // Relative, so that the site works under any path of any host, and from the agent.
  base: "./",
  plugins: [solid(), engineLicences(), offlineSite()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    sourcemap: true,
    modulePreload: { polyfill: false },
    manifest: true,
    license: { fileName: "licences.md" },
  },
});
