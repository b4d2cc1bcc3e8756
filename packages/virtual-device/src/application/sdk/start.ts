/** What Espressif's SDK does with the flash before the application's own code runs. @module */
import { textBytes } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import { print } from "../../rom/rom-boot.js";
import { readSdkFlash, rewriteSector, setFlashSize } from "./flash-access.js";
import { createBlankParameters } from "./system-parameters.js";

/** Milliseconds from the entry point to the PHY, and what calibrating takes from there to the application, about. */
const START_MS = 60;
const CALIBRATION_MS = 200;
/** First byte of `esp_init_data_default.bin`, without which the SDK does not go on. */
const PHY_MARK = 0x05;
const CALIBRATION_SIZE = 0x80;

/** What the SDK takes from the map and from the application. */
export interface SdkStart {
  /** Bytes of flash that the map describes. */
  readonly mapSize: number;
  /** Offset of the sector for RF calibration, which the application names; none before SDK 2.0. */
  readonly rfCal: number | undefined;
}

/**
 * Starts the SDK: looks at the PHY init data in the fourth sector from the end of the map, stores the RF calibration,
 * creates the system parameters where there are none. All of it with real flash writes, wherever they land.
 *
 * @returns false when the PHY init data is not there; that has been printed, and the SDK goes no further
 */
export function* startSdk(machine: Machine, { mapSize, rfCal }: SdkStart): Routine<boolean> {
  setFlashSize(machine, mapSize);
  yield START_MS;
  const mark = readSdkFlash(machine, mapSize - 0x4000, 4)[0]!;
  if (mark !== PHY_MARK) {
    const text = mark.toString(16).toUpperCase().padStart(2, "0");
    yield* print(machine, `rf_cal[0] !=0x05,is 0x${text}\r\n`);
    return false;
  }
  yield CALIBRATION_MS;
  if (rfCal !== undefined) yield* storeCalibration(machine, rfCal);
  yield* createBlankParameters(machine, mapSize);
  return true;
}

/** The sector is written when it holds anything else. What a real chip stores there is its own; here it is always the same. */
function* storeCalibration(machine: Machine, offset: number): Routine<void> {
  const wanted = new Uint8Array(CALIBRATION_SIZE);
  for (let i = 0; i < wanted.length; i++) wanted[i] = (i * 37) & 0xff;
  wanted.set(textBytes("RFCAL"));
  const present = readSdkFlash(machine, offset, CALIBRATION_SIZE);
  if (wanted.every((byte, i) => byte === present[i])) return;
  yield* rewriteSector(machine, offset, wanted);
}
