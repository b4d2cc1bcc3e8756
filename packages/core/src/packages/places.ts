/**
 * Where the parts of firmware on the NONOS SDK go, and where that is under a map.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { FirmwarePackage, PackagePart, PartRole } from "./firmware-package.js";

/** Where user1 begins under every map that has slots, behind the second boot; Arduino's application and rBoot's settings begin there too. */
export const USER1_OFFSET = 0x1000;

/** PHY init data: the fourth sector from the end of what the map describes. Source: Espressif's SDK, every version. */
export const PHY_INIT_FROM_END = 0x4000;

/** The blank sector that resets system parameters: the second from the end. Source: Espressif's SDK, every version. */
export const BLANK_FROM_END = 0x2000;

/** AT firmware keeps parameters of its own near the end of its first slot, which must start blank. Source: Espressif's AT. */
export const AT_BLANK: Readonly<Record<string, number>> = {
  "512+512": 0x7_e000,
  "1024+1024": 0xf_e000,
};

/** Where instructions up to Espruino 1v89 put the blank of a 4 MB chip, by a slip for 0x3FE000; it is still copied. */
export const BLANK_SLIP = 0x37_e000;

/** A part at its offset. */
export interface PlacedPart {
  readonly name: string;
  /** Bytes from the start of flash. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly role: PartRole;
}

/**
 * The parts of a package that a serial flasher writes, at their offsets, by rising offset. Of two that are the same bytes at
 * the same place, as the two blanks of AT on a 512 KB map, one is left.
 * @param mapSize bytes that the map in force describes, which may be less than the chip has
 * @throws FlasherError `package-map-too-small` where the map has no room for a part that is placed from its end
 */
export function resolveParts(firmware: FirmwarePackage, mapSize: number): PlacedPart[] {
  const placed: PlacedPart[] = [];
  const seen = new Set<string>();
  for (const part of firmware.parts) {
    if (part.spare) continue;
    const offset = offsetOf(part, mapSize);
    if (offset < 0) throw new FlasherError("package-map-too-small", { name: part.name, size: mapSize });
    const key = `${offset} ${part.sha256}`;
    if (seen.has(key)) continue;
    seen.add(key);
    placed.push({ name: part.name, offset, bytes: part.bytes, role: part.role });
  }
  return placed.sort((first, second) => first.offset - second.offset);
}

/** Where a part goes under a map that describes `mapSize` bytes; negative where that map is too small for it. */
function offsetOf({ place }: Pick<PackagePart, "place">, mapSize: number): number {
  return place.from === "start" ? place.offset : mapSize - place.offset;
}
