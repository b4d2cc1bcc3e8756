/**
 * `npm run soak [-- <cycles> [<seed>]]`: connect, flash and reset on the virtual board over cables with faults drawn from
 * seeds, in virtual time; 200 cycles unless told. The outcomes are counted at the end, a cycle that hangs or is wrongly
 * done is printed with its seed.
 *
 * @module
 */
import { bootstrapOrExit } from "./bootstrap.mjs";
import { runTool } from "./support/workspace.mjs";

const DEFAULT_CYCLES = 200;

const [cycles = DEFAULT_CYCLES, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(cycles) || cycles < 1 || !Number.isSafeInteger(seed)) {
  console.error("Usage: npm run soak [-- <cycles> [<seed>]]");
  process.exit(2);
}
await bootstrapOrExit();
process.exitCode = await runTool(
  "vitest",
  ["run", "--project", "test", "faults/soak", "--reporter=verbose"],
  {
    FLASHWRIGHT_SOAK_CYCLES: String(cycles),
    FLASHWRIGHT_SOAK_SEED: String(seed),
  },
);
