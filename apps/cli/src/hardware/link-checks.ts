/** Reaching the chip: rates, resets, identity. @module */
import { type FlashEvent, formatSize } from "@flashwright/core";
import { requireReset } from "./bench.js";
import type { Check } from "./check.js";

/** Rates that adapters and boards are expected to differ in. */
export const RATES = [115_200, 230_400, 460_800, 921_600] as const;

const ATTEMPTS = 3;
/** A crystal and an adapter together are hardly ever off by more. */
const MAX_CRYSTAL_ERROR = 0.04;

/** The ROM measures the host's rate by itself; up to which one is not documented. */
const syncChecks: readonly Check[] = RATES.map((rate) => ({
  name: `sync with the ROM at ${rate}`,
  async run(bench) {
    requireReset(bench);
    const tried: string[] = [];
    const onEvent = (event: FlashEvent) => {
      if (event.type === "connecting") tried.push(event.reset);
    };
    await bench.connect({ syncRate: rate, baudRate: rate, stub: false, attempts: ATTEMPTS, onEvent });
    return `answered on attempt ${tried.length}, reset sequence ${tried.at(-1)}`;
  },
}));

const identity: Check = {
  name: "identity",
  async run(bench) {
    const { chip, flash, flashSize } = await bench.connect({ baudRate: 115_200, stub: false });
    const { name, mac, crystalMHz, crystalMeasuredMHz } = chip;
    const error = Math.abs(crystalMeasuredMHz / crystalMHz - 1);
    const found = `${name}, MAC ${mac}, crystal ${crystalMHz} MHz, measured ${crystalMeasuredMHz.toFixed(2)}`;
    if (error > MAX_CRYSTAL_ERROR) throw new Error(`${found}: more than 4 % off`);
    return `${found}, flash id 0x${flash.id.toString(16).padStart(6, "0")}, ${formatSize(flashSize)}`;
  },
};

/** The stub computes its divisor from the rate that it is told it has; that formula was measured, not documented. */
const rateChanges: Check = {
  name: "change the stub's rate",
  async run(bench) {
    const session = await bench.connect({ baudRate: 115_200 });
    const passed: number[] = [];
    for (const rate of [460_800, 230_400, 921_600, 115_200]) {
      await session.setBaudRate(rate, bench.signal);
      passed.push(rate);
    }
    return `115200 to ${passed.join(" to ")}`;
  },
};

/** From the port to an identified chip that runs the stub. */
const connectTime: Check = {
  name: "connect with the stub",
  async run(bench) {
    const elapsedMs = await bench.time(() => bench.connect());
    return `${Math.round(elapsedMs)} ms until the stub answers at its working rate`;
  },
};

export const linkChecks: readonly Check[] = [...syncChecks, identity, connectTime, rateChanges];
