/**
 * What an attempt to connect has shown, and the most telling of all attempts as an error.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import type { MessageCode } from "../../messages/catalogue.js";
import { phrase } from "../../messages/catalogue.js";
import type { ConnectCause } from "../../messages/connect-causes.js";

/**
 * What was heard of the board.
 * - `silent`: nothing
 * - `noise`: bytes that are neither boot messages nor text
 * - `running`: text of a program, but no start of it
 * - `application`: the boot ROM started the firmware
 * - `strapping`: the boot ROM read straps that boot nothing
 * - `loader`: the boot ROM entered its loader
 * - `unknown`: nobody listened
 */
export type Sight = "unknown" | "silent" | "noise" | "running" | "application" | "strapping" | "loader";

/** What one attempt has shown. */
export interface Evidence {
  readonly sight: Sight;
  /** Name of the reset strategy, "none" where there was none. */
  readonly reset: string;
  /** As the boot ROM printed it: "3,6". */
  readonly bootMode?: string;
  /** Readable lines, boot messages or a program's output; at most a handful. */
  readonly log?: readonly string[];
  /**
   * A start of the firmware in the course of the sequence, where none was heard at its end: the lines do reset the chip, but
   * by another circuit, and what they left it in is `sight`.
   */
  readonly earlier?: Evidence;
}

/** From the least telling to the most: what is nearest to a connection says most about what is missing. */
const TELLING: readonly Sight[] = [
  "unknown",
  "silent",
  "noise",
  "running",
  "application",
  "strapping",
  "loader",
];

const CODES = {
  unknown: "connect-silent",
  silent: "connect-silent",
  noise: "connect-noise",
  running: "connect-running",
  application: "connect-application",
  strapping: "connect-strapping",
  loader: "connect-no-sync",
} as const satisfies Record<Sight, MessageCode>;

/** Likely causes, the likeliest first. */
const CAUSES: Readonly<Record<Sight, readonly ConnectCause[]>> = {
  unknown: ["charging-cable", "wrong-port", "no-power", "rx-tx-swapped"],
  silent: ["charging-cable", "no-power", "rx-tx-swapped", "held-in-reset", "wrong-port"],
  noise: ["firmware-at-other-rate", "loose-wire", "weak-supply", "other-crystal"],
  running: ["lines-not-wired", "other-circuit", "wrong-port"],
  application: ["gpio0-not-wired", "no-capacitor", "lines-one-by-one", "other-circuit"],
  strapping: ["gpio2-low", "gpio15-high"],
  loader: ["tx-not-arriving", "other-crystal", "loose-wire"],
};

/** The most telling of all; of two alike the later one, which was tried with more care. */
export function mostTelling(evidence: readonly Evidence[]): Evidence {
  return evidence.reduce(
    (best, one) => (TELLING.indexOf(one.sight) >= TELLING.indexOf(best.sight) ? one : best),
    { sight: "unknown", reset: "none" },
  );
}

/** The failure to report, with its likely causes in order. */
export function connectFailure(evidence: readonly Evidence[], label: string, attempts: number): FlasherError {
  const { sight, bootMode, log = [] } = mostTelling(evidence);
  const resets = [...new Set(evidence.map(({ reset }) => reset))];
  const first = sight === "strapping" ? strapCauses(bootMode) : CAUSES[sight];
  return new FlasherError(CODES[sight], {
    label,
    attempts,
    bootMode,
    log,
    resets,
    causes: first.map((cause) => phrase(`cause-${cause}`)),
  });
}

/** The boot mode's first number is GPIO15, GPIO0 and GPIO2 from the high bit down, so it says which of the two it is. */
function strapCauses(bootMode = ""): readonly ConnectCause[] {
  const mode = Number.parseInt(bootMode, 10);
  const causes: ConnectCause[] = [];
  if ((mode & 4) !== 0) causes.push("gpio15-high");
  if ((mode & 1) === 0) causes.push("gpio2-low");
  return causes.length > 0 ? causes : CAUSES.strapping;
}
