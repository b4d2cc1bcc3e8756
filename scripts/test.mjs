/**
 * `npm test [-- vitest args]`: every check of the project, then one line of totals, which is the last line.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BootstrapError, build, install } from "./bootstrap.mjs";
import { readReport } from "./support/report.mjs";
import { runTool } from "./support/workspace.mjs";

/** Skips that stay skips when everything is required: nobody can install a board, foreign firmware or another system. */
const OPTIONAL = /^needs (hardware|firmware|pty|linux|namespaces)\b/;

const totals = { passed: 0, failed: 0, skipped: 0 };

await runEverything(process.argv.slice(2));
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function runEverything(vitestArgs) {
  if (!(await check("install", installed))) return;
  const turbo = ["--output-logs=errors-only", "--ui=stream", "--continue"];
  await check("build", async () => (await build(["--continue"])) === 0);
  await check("typecheck", async () => (await runTool("turbo", ["run", "typecheck", ...turbo])) === 0);
  await check("lint", async () => (await runTool("biome", ["check"])) === 0);
  await runTests(vitestArgs);
}

async function check(name, run) {
  console.log(`\n== ${name}`);
  const passed = await run();
  if (passed) totals.passed += 1;
  else totals.failed += 1;
  if (!passed) console.log(`${name} failed`);
  return passed;
}

async function installed() {
  try {
    await install();
    return true;
  } catch (error) {
    console.error(error instanceof BootstrapError ? error.message : error);
    return false;
  }
}

async function runTests(args) {
  console.log("\n== tests");
  const folder = mkdtempSync(join(tmpdir(), "flashwright-test-"));
  const reportFile = join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
    const code = await runTool("vitest", ["run", ...reporters, ...args]);
    addTests(reportFile, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function addTests(reportFile, exitCode) {
  let report;
  try {
    report = readReport(JSON.parse(readFileSync(reportFile, "utf8")));
  } catch {
    console.log("vitest wrote no report: no test ran.");
    totals.failed += 1;
    return;
  }
  const { passed, failed, skipped } = report.totals;
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  printSkips(report.skips);
  if (passed + failed === 0) {
    console.log("No test ran.");
    totals.failed += 1;
  } else if (failed === 0 && exitCode !== 0) {
    console.log("An error outside of every test; vitest's lines above name it.");
    totals.failed += 1;
  }
}

function printSkips(skips) {
  const requireAll = process.env.FLASHWRIGHT_TEST_REQUIRE === "all";
  if (skips.length > 0) console.log("\n== skipped");
  for (const { reason, install, tests } of skips) {
    console.log(
      `${tests} ${tests === 1 ? "test" : "tests"}: ${reason}${install ? `\n    install: ${install}` : ""}`,
    );
    if (!requireAll || OPTIONAL.test(reason)) continue;
    console.log("    counted as failed: FLASHWRIGHT_TEST_REQUIRE=all");
    totals.skipped -= tests;
    totals.failed += tests;
  }
}
