import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "apps/*", "test", "test/resets"],
    // Many tests wait for a line of 115200 baud, a browser or a process: a core for each file would stand idle.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
