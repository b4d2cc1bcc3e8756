/** Golden files beside the tests of formats. @module */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/** Where a golden file is. */
export const golden = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Compares with a golden file; `UPDATE_FORMATS=1` writes it. */
export function expectGolden(name: string, text: string): void {
  if (process.env.UPDATE_FORMATS === "1") writeFileSync(golden(name), text);
  expect(text).toBe(readFileSync(golden(name), "utf8"));
}
