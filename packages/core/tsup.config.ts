import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "maps/index": "src/maps/index.ts",
    "packages/index": "src/packages/index.ts",
    "diagnose/index": "src/diagnose/index.ts",
    "backup/index": "src/backup/index.ts",
    "board/index": "src/board/index.ts",
    "console/index": "src/console/index.ts",
    "port/index": "src/port/index.ts",
    "demo/index": "src/demo/index.ts",
    "language/index": "src/language/index.ts",
    "messages/index": "src/messages/index.ts",
  },
  format: "esm",
  target: "es2022",
  platform: "neutral",
  dts: true,
  clean: true,
  sourcemap: true,
  splitting: true,
  // The flasher stub is taken out of the package at build time; nothing else of it is bundled.
  noExternal: [/^esptool-js\/lib\/targets\/stub_flasher\/esp8266\.json$/],
});
