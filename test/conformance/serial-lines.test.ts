/**
 * The suite on the native binding with real ioctls for DTR and RTS. A pseudo terminal has no lines; a library that is
 * loaded before the process starts lends it some, so the suite runs in a vitest of its own.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildLineLibrary } from "../support/line-library.js";
import { describeWith } from "../support/requirements.js";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

const config = fileURLToPath(new URL("lines/vitest.config.ts", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

describeWith(["linux", "python3", "cc"], "a serial port with lines, through the native binding", () => {
  let folder: string;
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lines-")));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("passes the transport suite", { timeout: 120_000 }, async () => {
    const report = join(folder, "report.json");
    const command = [vitest, "run", "--config", config, "--reporter=json", `--outputFile=${report}`];
    const child = spawn(process.execPath, command, {
      // A vitest inside a vitest must not take itself for a worker of the outer one.
      env: { ...withoutVitest(process.env), ...buildLineLibrary(folder) },
      stdio: "ignore",
    });
    await new Promise((resolve) => child.once("exit", resolve));
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
    const failed = testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status !== "passed").map(({ title }) => title),
    );
    expect(failed).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(30);
  });
});

function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("VITEST")));
}
