import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

/** Resets over real wires live by milliseconds: they go alone, when all other tests are over. */
export default mergeConfig(shared, {
  test: { name: "resets", include: ["**/*.test.ts"], maxWorkers: 1, sequence: { groupOrder: 1 } },
});
