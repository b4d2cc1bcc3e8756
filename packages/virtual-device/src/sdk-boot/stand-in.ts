/**
 * A stand-in for the SDK's boot loader, for whoever may not ship the vendor's: demonstrations and tests.
 *
 * An image whose entry point holds the 8 bytes `VCHIPSDK` is played as boot loader 1.6, with the header, the map and the slots
 * that really lie in flash. A real chip would stop at the mark, which is no instruction.
 *
 * @module
 */
import type { Memory } from "../chip/memory.js";
import { type BootVersion, bootVersions } from "./boot-versions.js";

const MARK = "VCHIPSDK";
/** Where the boot loader's code is loaded. */
const IRAM_START = 0x40100000;
const IRAM_END = 0x40108000;

/** The release that is played where a jump to `entry` finds the mark; `undefined` where it finds anything else. */
export function standInAt(memory: Memory, entry: number): BootVersion | undefined {
  if (entry < IRAM_START || entry + MARK.length > IRAM_END) return undefined;
  const found = String.fromCharCode(...memory.view(entry, MARK.length));
  return found === MARK ? bootVersions.find(({ name }) => name === "1.6") : undefined;
}
