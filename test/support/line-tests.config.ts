import { fileURLToPath } from "node:url";
import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

/** Run by `line-tests.ts` alone, in a process that has the line library loaded. */
export default mergeConfig(shared, {
  test: { name: "lines", root: fileURLToPath(new URL("..", import.meta.url)), include: ["**/*.suite.ts"] },
});
