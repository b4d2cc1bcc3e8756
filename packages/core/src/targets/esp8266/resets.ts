/**
 * Reset strategies for ESP8266 boards.
 *
 * With two crossed transistors (NodeMCU, Wemos and their kin) lines that are asserted together do nothing, so a sequence
 * passes that state between "in reset" and "GPIO0 low"; the capacitor on reset has to bridge it.
 *
 * Sources: the classic and the tight sequence with their delays are esptool's and espflash's published ones, as is the rule
 * for bridges with hardware flow control; the swapped and the inverted ones follow from the circuits and are UNCERTAIN on
 * silicon.
 *
 * @module
 */
import type { SignalStep } from "../../transport.js";
import type { ResetSequence, ResetStrategy } from "../reset-strategy.js";

/** Reset low before it is let go, in milliseconds; esptool's and espflash's common figure. */
const HOLD_MS = 100;
const STRAP_MS = 50;
/** For capacitors on the reset line that are far larger than usual. */
const LONG_STRAP_MS = 550;

/** Starts the firmware: reset low for 100 ms with GPIO0 high. */
export const runReset: ResetSequence = {
  name: "hard-reset",
  steps: [
    { dtr: false, rts: true, waitMs: HOLD_MS },
    { dtr: false, rts: false },
  ],
};

/** Both lines change in one call. The final step repeats a release that some drivers lose. */
function tight(name: string, holdMs: number, strapMs: number, about: string): ResetStrategy {
  const steps: SignalStep[] = [
    { dtr: false, rts: false },
    { dtr: true, rts: true },
    { dtr: false, rts: true, waitMs: holdMs }, // reset low, GPIO0 high
    { dtr: true, rts: false, waitMs: strapMs }, // reset rises, GPIO0 low: the ROM reads the strap
    { dtr: false, rts: false }, // GPIO0 high again, so that the next reset starts the firmware
    { dtr: false },
  ];
  return { name, circuit: "usual", strapMs, about, steps, run: runReset };
}

/** One line after the other, for drivers that cannot change both at once. */
function classic(name: string, strapMs: number, about: string): ResetStrategy {
  const steps: SignalStep[] = [
    { dtr: false },
    { rts: true, waitMs: HOLD_MS },
    { dtr: true },
    { rts: false, waitMs: strapMs },
    { dtr: false },
  ];
  return { name, circuit: "usual", strapMs, about, steps, run: runReset };
}

/** Each RTS is followed by DTR as it is: Windows' usbser.sys sends RTS only along with a DTR. */
const repeatedDtr: ResetStrategy = {
  name: "cdc",
  circuit: "usual",
  strapMs: STRAP_MS,
  about: "USB-CDC adapters whose driver sends RTS only along with DTR (usbser.sys on Windows)",
  steps: [
    { dtr: false },
    { rts: true },
    { dtr: false, waitMs: HOLD_MS },
    { dtr: true },
    { rts: false },
    { dtr: true, waitMs: STRAP_MS },
    { dtr: false },
  ],
  run: {
    name: "hard-reset-cdc",
    steps: [{ dtr: false }, { rts: true }, { dtr: false, waitMs: HOLD_MS }, { rts: false }, { dtr: false }],
  },
};

/**
 * Bridges that drive RTS themselves once DTR is released would reset the chip again; so DTR stays asserted at the end, and
 * the firmware is started with DTR asserted before reset is let go.
 */
const flowControl: ResetStrategy = {
  name: "flow-control",
  circuit: "usual",
  strapMs: STRAP_MS,
  about: "bridges whose own RTS flow control resets the chip when DTR is released (CP2102C)",
  steps: [
    { dtr: false, rts: false },
    { dtr: true, rts: true },
    { dtr: false, rts: true, waitMs: HOLD_MS },
    { dtr: true, rts: false, waitMs: STRAP_MS },
  ],
  run: {
    name: "hard-reset-flow-control",
    steps: [
      { dtr: false, rts: true, waitMs: HOLD_MS },
      { dtr: true, waitMs: HOLD_MS },
      { dtr: true, rts: false },
    ],
  },
};

/** DTR pulls reset and RTS pulls GPIO0. */
const swapped: ResetStrategy = {
  name: "swapped",
  circuit: "swapped",
  strapMs: STRAP_MS,
  about: "boards that are wired the other way round: DTR to reset, RTS to GPIO0",
  steps: [
    { dtr: false, rts: false },
    { dtr: true, rts: false, waitMs: HOLD_MS },
    { dtr: false, rts: true, waitMs: STRAP_MS },
    { dtr: false, rts: false },
  ],
  run: {
    name: "hard-reset-swapped",
    steps: [
      { dtr: true, rts: false, waitMs: HOLD_MS },
      { dtr: false, rts: false },
    ],
  },
};

/** Every value is the opposite; the lines rest asserted. */
const inverted: ResetStrategy = {
  name: "inverted",
  circuit: "inverted",
  strapMs: STRAP_MS,
  about: "adapters that do not invert, so that an asserted line is high",
  steps: [
    { dtr: true, rts: true },
    { dtr: true, rts: false, waitMs: HOLD_MS },
    { dtr: false, rts: true, waitMs: STRAP_MS },
    { dtr: true, rts: true },
  ],
  run: {
    name: "hard-reset-inverted",
    steps: [
      { dtr: true, rts: false, waitMs: HOLD_MS },
      { dtr: true, rts: true },
    ],
  },
};

const rtsOnly: ResetStrategy = {
  name: "rts-only",
  circuit: "rts-only",
  strapMs: STRAP_MS,
  about: "boards where only RTS is wired, to reset: FLASH is held by hand",
  steps: [
    { rts: true, waitMs: HOLD_MS },
    { rts: false, waitMs: STRAP_MS },
  ],
  run: { name: "hard-reset-rts", steps: [{ rts: true, waitMs: HOLD_MS }, { rts: false }] },
};

/** Into the loader, in the order of trial. The first has a short pulse, which spares 80 ms; it is UNTRIED on silicon. */
export const loaderResets: readonly ResetStrategy[] = [
  tight("tight-short", 20, STRAP_MS, "the usual boards, quickly"),
  tight("tight", HOLD_MS, STRAP_MS, "the usual boards; both lines in one call"),
  classic("classic", STRAP_MS, "the usual boards; one line after the other"),
  tight("tight-long", HOLD_MS, LONG_STRAP_MS, "the usual boards with a large capacitor on reset"),
  classic("classic-long", LONG_STRAP_MS, "the same, one line after the other"),
  swapped,
  inverted,
  repeatedDtr,
  flowControl,
  rtsOnly,
];
