/** Circuits as boards and drivers have them, and what becomes of every reset strategy on each: the same over every wire. @module */
import { esp8266 } from "@flashwright/core";
import type { VirtualBoardOptions } from "@flashwright/virtual-device";

/** Milliseconds between two lines that a driver sets one after the other. */
const GAP_MS = 2;

/** What stands between program and chip, by name. */
export const circuits = {
  "auto-reset": {},
  "auto-reset, one line after the other": { wire: { lineGapMs: GAP_MS } },
  "auto-reset, RTS only along with DTR": { wire: { rtsWithDtr: true } },
  "auto-reset, slow capacitor": { enCapacitorMs: 200 },
  "auto-reset, slow capacitor, one line after the other": {
    enCapacitorMs: 200,
    wire: { lineGapMs: GAP_MS },
  },
  "auto-reset, no capacitor": { enCapacitorMs: 0 },
  "auto-reset, no capacitor, one line after the other": { enCapacitorMs: 0, wire: { lineGapMs: GAP_MS } },
  "flow control": { wiring: "flow-control" },
  direct: { wiring: "direct", enCapacitorMs: 0 },
  "direct, one line after the other": { wiring: "direct", enCapacitorMs: 0, wire: { lineGapMs: GAP_MS } },
  swapped: { wiring: "swapped", enCapacitorMs: 0 },
  inverted: { wiring: "inverted" },
  "inverted, direct": { wiring: "inverted-direct", enCapacitorMs: 0 },
  "RTS only": { wiring: "rts-only" },
  unwired: { wiring: "unwired" },
} as const satisfies Record<string, VirtualBoardOptions>;
export type CircuitName = keyof typeof circuits;

/** Names of all circuits. */
export const circuitNames = Object.keys(circuits) as CircuitName[];

/** Names of all strategies. */
export const strategyNames = esp8266.resets.loader.map(({ name }) => name);

/** Which strategies reach the loader, and the error's code with the others. */
export interface Expectation {
  readonly reached: readonly string[];
  readonly refused: string;
  /** Strategies that are refused with another code. */
  readonly but?: Readonly<Record<string, string>>;
}

const USUAL = ["tight-short", "tight", "classic", "tight-long", "classic-long", "cdc", "flow-control"];
const without = (...names: string[]) => USUAL.filter((name) => !names.includes(name));

/** What becomes of the strategies where the driver sets both lines of a step in one call. */
export const expectations: Readonly<Record<CircuitName, Expectation>> = {
  "auto-reset": { reached: USUAL, refused: "connect-application" },
  "auto-reset, one line after the other": { reached: USUAL, refused: "connect-application" },
  "auto-reset, RTS only along with DTR": {
    reached: without("classic", "classic-long"),
    refused: "connect-application",
    // RTS alone is never sent, so nothing is ever reset.
    but: { classic: "connect-silent", "classic-long": "connect-silent", "rts-only": "connect-silent" },
  },
  "auto-reset, slow capacitor": {
    reached: ["tight-long", "classic-long", "flow-control"],
    refused: "connect-application",
  },
  "auto-reset, slow capacitor, one line after the other": {
    reached: ["tight-long", "classic-long", "flow-control"],
    refused: "connect-application",
  },
  "auto-reset, no capacitor": {
    reached: ["tight-short", "tight", "tight-long", "flow-control"],
    refused: "connect-application",
  },
  "auto-reset, no capacitor, one line after the other": { reached: [], refused: "connect-application" },
  "flow control": { reached: ["flow-control"], refused: "connect-application" },
  direct: { reached: USUAL, refused: "connect-application", but: { inverted: "connect-noise" } },
  "direct, one line after the other": {
    // RTS goes first and lets the chip start before DTR has pulled GPIO0; nothing slows it down here.
    reached: ["classic", "classic-long", "cdc"],
    refused: "connect-application",
    but: { inverted: "connect-noise" },
  },
  swapped: {
    reached: ["swapped"],
    refused: "connect-application",
    // The lines rest asserted, by which the chip is held in reset behind its first line.
    but: { inverted: "connect-no-sync", "flow-control": "connect-noise", "rts-only": "connect-silent" },
  },
  inverted: {
    reached: ["swapped", "inverted"],
    refused: "connect-application",
    but: { "flow-control": "connect-silent", "rts-only": "connect-silent" },
  },
  "inverted, direct": {
    reached: ["inverted"],
    // Asserted lines start the firmware in the midst of a sequence, RTS alone the loader; at rest both end in reset.
    refused: "connect-application",
    but: {
      classic: "connect-noise",
      "classic-long": "connect-noise",
      cdc: "connect-noise",
      "rts-only": "connect-noise",
      swapped: "connect-no-sync",
    },
  },
  "RTS only": { reached: [], refused: "connect-application" },
  unwired: { reached: [], refused: "connect-silent" },
};

/** Every strategy and the code it ends with: "connected", or that of the error. */
export function codesOf({ reached, refused, but = {} }: Expectation): Record<string, string> {
  return Object.fromEntries(
    strategyNames.map((name) => [name, reached.includes(name) ? "connected" : (but[name] ?? refused)]),
  );
}

/** The circuits for which it makes no difference whether DTR and RTS come in one call or in two, DTR first. */
const either = {
  "auto-reset": expectations["auto-reset"],
  "auto-reset, slow capacitor": expectations["auto-reset, slow capacitor"],
  "flow control": expectations["flow control"],
  direct: expectations.direct,
  "inverted, direct": expectations["inverted, direct"],
  "RTS only": expectations["RTS only"],
  unwired: expectations.unwired,
};

/** What becomes of them where the computer sets both lines in one call, whichever of them a step names. */
export const inOneCall: Readonly<Partial<Record<CircuitName, Expectation>>> = {
  ...either,
  "auto-reset, one line after the other": expectations["auto-reset, one line after the other"],
  "auto-reset, no capacitor": expectations["auto-reset, no capacitor"],
  "direct, one line after the other": expectations["direct, one line after the other"],
  swapped: expectations.swapped,
  inverted: expectations.inverted,
};

/** What becomes of them where each line has a call of its own, DTR first, as over RFC 2217. */
export const inTwoCalls: Readonly<Partial<Record<CircuitName, Expectation>>> = {
  ...either,
  "auto-reset, no capacitor": expectations["auto-reset, no capacitor, one line after the other"],
  swapped: {
    // DTR lets the chip start before RTS has pulled GPIO0; nothing slows it down here.
    reached: [],
    refused: "connect-application",
    but: { "flow-control": "connect-noise", "rts-only": "connect-silent" },
  },
  inverted: {
    reached: ["swapped", "inverted"],
    refused: "connect-application",
    but: { "flow-control": "connect-noise", "rts-only": "connect-silent" },
  },
};

/** The same behind an adapter that keeps an RTS for the next DTR. */
export const rtsWithDtrInTwoCalls: Readonly<Partial<Record<CircuitName, Expectation>>> = {
  "auto-reset, RTS only along with DTR": {
    // Each DTR takes along the RTS of the step before, so that only a sequence which repeats DTR comes as it stands.
    reached: ["cdc"],
    refused: "connect-application",
    but: {
      classic: "connect-silent",
      "classic-long": "connect-silent",
      swapped: "connect-silent",
      inverted: "connect-silent",
    },
  },
};
