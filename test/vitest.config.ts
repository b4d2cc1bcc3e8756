import { configDefaults, mergeConfig } from "vitest/config";
import shared from "../vitest.shared.js";

export default mergeConfig(shared, {
  test: { name: "test", include: ["**/*.test.ts"], exclude: [...configDefaults.exclude, "resets/**"] },
});
