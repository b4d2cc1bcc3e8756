/** Flash as Espruino's own code reaches it: read through the window of memory, written by offset. @module */
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { eraseSector, programFlash, readSdkFlash } from "../sdk/flash-access.js";
import type { EspruinoBuild } from "./recognise.js";

const WINDOW = 0x100000;

/** What Espruino's file system and its `Flash` module call. Addresses are those of a script: of the firmware's own half. */
export interface FlashWindow {
  /** Bytes that the map describes, from where on the SDK refuses. */
  readonly size: number;
  /** A copy. Below 1 MB it comes from the megabyte that is mapped. */
  read(address: number, length: number): Uint8Array;
  /** Erases one sector. Nobody asks to whom it belongs. */
  erase(address: number): Routine<void>;
  /** Programs bytes: bits are only cleared. */
  write(address: number, bytes: Uint8Array): Routine<void>;
}

/** Since 2v04 what is written goes to the half of the slot that runs; before, it went to the address as it was. */
export function flashWindow(machine: Machine, firmware: LoadedFirmware, build: EspruinoBuild): FlashWindow {
  const readBase = firmware.windowOffset;
  const writeBase = build.release >= 204 ? firmware.slotBase : 0;
  return {
    size: firmware.mapSize,
    read: (address, length) => {
      if (address >= WINDOW) return readSdkFlash(machine, address, length);
      return machine.flash.read(readBase + address, length).slice();
    },
    *erase(address) {
      yield* eraseSector(machine, address | writeBase);
    },
    *write(address, bytes) {
      yield* programFlash(machine, address | writeBase, bytes);
    },
  };
}
