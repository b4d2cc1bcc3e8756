import { mergeConfig } from "vitest/config";
import shared from "../../vitest.shared.js";

export default mergeConfig(shared, { test: { name: "virtual-device", include: ["src/**/*.test.ts"] } });
