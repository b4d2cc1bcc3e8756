/**
 * Tests on the native binding with real calls for DTR and RTS. A pseudo terminal has no lines; a library that is loaded
 * before the process starts lends it some, so such a suite (`*.suite.ts`) runs in a vitest of its own.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLineLibrary } from "./line-library.js";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const config = fileURLToPath(new URL("line-tests.config.ts", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/**
 * Runs a suite with the line library.
 * @param suite path within `test`
 * @returns how many tests passed, and of each that did not its title and why
 */
export async function runWithLines(
  suite: string,
): Promise<{ readonly passed: number; readonly failed: readonly string[] }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lines-")));
  try {
    const report = join(folder, "report.json");
    const command = [vitest, "run", "--config", config, "--reporter=json", `--outputFile=${report}`, suite];
    const child = spawn(process.execPath, command, {
      // A vitest inside a vitest must not take itself for a worker of the outer one.
      env: { ...withoutVitest(process.env), ...buildLineLibrary(folder) },
      stdio: "ignore",
    });
    await new Promise((resolve) => child.once("exit", resolve));
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
    const failed = testResults.flatMap(({ message, assertionResults }) => [
      ...(message === "" ? [] : [message]),
      ...assertionResults
        .filter(({ status }) => status !== "passed")
        .map(({ title, failureMessages }) => [title, ...failureMessages].join("\n")),
    ]);
    return { passed: numPassedTests, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("VITEST")));
}
