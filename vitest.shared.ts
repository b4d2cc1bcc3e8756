import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests run against the sources of every package, so that no build stands between a change and its test. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@flashwright\/core$/, replacement: source("packages/core/src/index.ts") },
      {
        find: /^@flashwright\/core\/(maps|packages|diagnose|backup|board|console|port|demo|language|messages)$/,
        replacement: source("packages/core/src/$1/index.ts"),
      },
      { find: /^@flashwright\/node-transport$/, replacement: source("packages/node-transport/src/index.ts") },
      { find: /^@flashwright\/agent$/, replacement: source("apps/agent/src/index.ts") },
      { find: /^@flashwright\/web-transport$/, replacement: source("packages/web-transport/src/index.ts") },
      {
        find: /^@flashwright\/web-transport\/(agent|agent-session|agent-protocol)$/,
        replacement: source("packages/web-transport/src/$1/index.ts"),
      },
      { find: /^@flashwright\/virtual-device$/, replacement: source("packages/virtual-device/src/index.ts") },
      {
        find: /^@flashwright\/virtual-device\/node$/,
        replacement: source("packages/virtual-device/src/node.ts"),
      },
    ],
  },
  test: { testTimeout: 30_000, hookTimeout: 30_000 },
});
