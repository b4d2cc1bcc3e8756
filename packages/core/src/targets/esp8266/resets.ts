/**
 * Reset sequences of ESP8266 boards: DTR pulls GPIO0, RTS pulls reset, directly or through two transistors.
 *
 * With the two transistors (NodeMCU, Wemos and their kin) lines that are asserted together do nothing, so a sequence
 * passes that state between "in reset" and "GPIO0 low"; the capacitor on reset has to bridge it.
 *
 * @module
 */
import type { ResetSequence } from "../target.js";

/** Both lines change in one call. The final step repeats a release that some drivers lose. */
function tight(name: string, holdMs: number, strapMs: number): ResetSequence {
  return {
    name,
    steps: [
      { dtr: false, rts: false },
      { dtr: true, rts: true },
      { dtr: false, rts: true, waitMs: holdMs }, // reset low, GPIO0 high
      { dtr: true, rts: false, waitMs: strapMs }, // reset rises, GPIO0 low: the ROM reads the strap
      { dtr: false, rts: false }, // GPIO0 high again, so that the next reset starts the firmware
      { dtr: false },
    ],
  };
}

/** One line after the other, for drivers that cannot change both at once. */
function classic(name: string, strapMs: number): ResetSequence {
  return {
    name,
    steps: [
      { dtr: false },
      { rts: true, waitMs: 100 },
      { dtr: true },
      { rts: false, waitMs: strapMs },
      { dtr: false },
    ],
  };
}

/** Into the loader, in the order of trial. The first has a short pulse, which spares 80 ms; it is untried on silicon. */
export const loaderResets: readonly ResetSequence[] = [
  tight("tight-short", 20, 50),
  tight("tight", 100, 50),
  classic("classic", 50),
  tight("tight-long", 100, 550),
  classic("classic-long", 550),
];

/** Starts the firmware: reset low for 100 ms with GPIO0 high. */
export const runReset: ResetSequence = {
  name: "hard-reset",
  steps: [
    { dtr: false, rts: true, waitMs: 100 },
    { dtr: false, rts: false },
  ],
};
