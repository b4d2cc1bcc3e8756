/**
 * `npm run fuzz [-- <cases> [<seed>]]`: the properties of test/fuzz over more cases than `npm test` has time for.
 *
 * Cases are damaged files and noise, spread evenly over all parsers; the seed, the peak of memory and the slowest case are
 * printed at the end, and a failing case with what makes it again. One that never comes to an end is ended after a minute, and
 * its input kept in a file.
 *
 * @module
 */
import { bootstrapOrExit } from "./bootstrap.mjs";
import { runTool } from "./support/workspace.mjs";

const DEFAULT_CASES = 100_000;

const [cases = DEFAULT_CASES, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(cases) || cases < 1 || !Number.isSafeInteger(seed)) {
  console.error("Usage: npm run fuzz [-- <cases> [<seed>]]");
  process.exit(2);
}
await bootstrapOrExit();
console.log(`${cases} cases, seed ${seed}`);
process.exitCode = await runTool("vitest", ["run", "--project", "test", "fuzz/", "--reporter=verbose"], {
  FLASHWRIGHT_FUZZ_CASES: String(cases),
  FLASHWRIGHT_FUZZ_SEED: String(seed),
});
