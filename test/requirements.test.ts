import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a script of the repository, without types
import { readReport } from "../scripts/support/report.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const vitest = join(here, "../node_modules/vitest/vitest.mjs");

const suite = `
import { expect, it } from "vitest";
import { describeWith } from "../../test/support/requirements.js";
describeWith(["socat"], "a suite with socat", () => {
  it("one", () => expect(1).toBe(1));
  it("two", () => expect(1).toBe(1));
});
describeWith(["hardware"], "a suite with a board", () => it("three", () => expect(1).toBe(1)));
describeWith([], "a suite that needs nothing", () => it("four", () => expect(1).toBe(1)));
`;

describe("a suite with a missing requirement", () => {
  let folder: string;
  beforeAll(() => {
    // Inside the repository, where "vitest" resolves, and outside of every project, so that no other run finds it.
    mkdirSync(join(here, "../.flashwright"), { recursive: true });
    folder = mkdtempSync(join(here, "../.flashwright/requirements-"));
    writeFileSync(join(folder, "sample.test.ts"), suite);
    writeFileSync(join(folder, "vitest.config.mjs"), "export default {};");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the sample with an empty PATH, where no program can be found. */
  function runSample(env: Record<string, string>) {
    const report = join(folder, "report.json");
    const args = [vitest, "run", "--root", folder, "--reporter=json", `--outputFile=${report}`];
    const result = spawnSync(process.execPath, args, { env: { PATH: "", ...env }, encoding: "utf8" });
    return { status: result.status, ...readReport(JSON.parse(readFileSync(report, "utf8"))) };
  }

  it("is skipped, and the report tells why and what to install", () => {
    expect(runSample({})).toEqual({
      status: 0,
      totals: { passed: 1, failed: 0, skipped: 3 },
      skips: [
        { reason: "needs socat: no socat on PATH", install: "sudo apt-get install socat", tests: 2 },
        {
          reason: "needs hardware: no board was named",
          install: "npm run hardware-check -- /dev/ttyUSB0",
          tests: 1,
        },
      ],
    });
  });

  it("fails where everything is required, except what cannot be installed", () => {
    expect(runSample({ FLASHWRIGHT_TEST_REQUIRE: "all" })).toEqual({
      status: 1,
      totals: { passed: 1, failed: 1, skipped: 1 },
      skips: [
        {
          reason: "needs hardware: no board was named",
          install: "npm run hardware-check -- /dev/ttyUSB0",
          tests: 1,
        },
      ],
    });
  });
});

describe("the reading of a report", () => {
  it("counts a file that could not be loaded as one failure", () => {
    const report = { testResults: [{ name: "/x.test.ts", status: "failed", assertionResults: [] }] };
    expect(readReport(report)).toEqual({ totals: { passed: 0, failed: 1, skipped: 0 }, skips: [] });
  });

  it("names the file of a skip without a reason", () => {
    const test = { status: "skipped", title: "later", ancestorTitles: ["", "suite"] };
    const report = { testResults: [{ name: "/x.test.ts", status: "passed", assertionResults: [test] }] };
    expect(readReport(report).skips).toEqual([
      { reason: "no reason given in /x.test.ts", install: undefined, tests: 1 },
    ]);
  });
});
