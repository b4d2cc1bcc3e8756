/** Every reset strategy through the native binding. */
import { expect, it } from "vitest";
import { runWithLines } from "../support/line-tests.js";
import { describeWith } from "../support/requirements.js";

describeWith(["linux", "python3", "cc"], "resets on a serial port, through the native binding", () => {
  it("pass the suite", { timeout: 180_000 }, async () => {
    expect(await runWithLines("resets/serial-lines.suite.ts")).toEqual({ passed: 8, failed: [] });
  });
});
