import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

export default mergeConfig(shared, { test: { name: "cli", include: ["src/**/*.test.ts"] } });
