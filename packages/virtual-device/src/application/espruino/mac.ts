/** The chip's own number. @module */
import type { Machine } from "../../chip/machine.js";

const EFUSE = 0x3ff00050;

/** The station's MAC address from the eFuses, 12 hexadecimal digits. */
export function stationMac(machine: Machine): string {
  const word = (index: number): number => machine.memory.read32(EFUSE + 4 * index);
  const [low, middle, high] = [word(0), word(1), word(3)];
  const bytes = [high >>> 16, high >>> 8, high, middle >>> 8, middle, low >>> 24];
  return bytes.map((byte) => (byte & 0xff).toString(16).padStart(2, "0")).join("");
}
