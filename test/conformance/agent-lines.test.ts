/** The transport suite through an agent, on the native binding with real calls for DTR, RTS and break. */
import { expect, it } from "vitest";
import { runWithLines } from "../support/line-tests.js";
import { describeWith } from "../support/requirements.js";

describeWith(["linux", "python3", "cc"], "a serial port with lines, through an agent", () => {
  it("passes the transport suite", { timeout: 120_000 }, async () => {
    const { passed, failed } = await runWithLines("conformance/agent-lines.suite.ts");
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(30);
  });
});
