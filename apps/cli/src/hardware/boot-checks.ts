/** Leaving the loader, with and without a reset line. @module */
import { type After, formatStatement, watchBoot } from "@flashwright/core";
import { type Bench, requireReset } from "./bench.js";
import type { Check } from "./check.js";

const hardReset: Check = {
  name: "hard reset and boot messages",
  async run(bench) {
    requireReset(bench);
    return watch(bench, "hard-reset");
  },
};

/** A jump into the ROM instead of a reset: right in an emulator, UNTRIED on silicon. */
const softReset: Check = {
  name: "soft reset and boot messages",
  run: (bench) => watch(bench, "soft-reset"),
};

export const bootChecks: readonly Check[] = [softReset, hardReset];

/** A board without a firmware is no failure: the question is whether its messages arrive. */
async function watch(bench: Bench, after: Exclude<After, "no-reset">): Promise<string> {
  const session = await bench.connect();
  const verdict = await watchBoot(session, { after, signal: bench.signal });
  if (verdict.code === "boot-silent" || verdict.code === "boot-silent-unreadable") {
    throw new Error(formatStatement(verdict));
  }
  return `${verdict.evidence.at(0) ?? ""} ... ${formatStatement(verdict)}`;
}
