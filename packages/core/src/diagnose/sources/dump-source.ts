/**
 * Flash content from a file that was read from a chip.
 *
 * @module
 */
import { toHex } from "../../bytes.js";
import { type Codecs, defaultCodecs } from "../../codecs.js";
import { FlasherError } from "../../errors.js";
import { type Region, regionEnd } from "../../flash/region.js";
import type { FlashSource } from "../flash-source.js";

/** The smallest flash that the ESP8266 was sold with. */
const LEAST_FLASH = 0x4_0000;

/** Whether a flash chip can be of this size, so that a dump may be one of a whole flash. */
export function isChipSize(size: number | undefined): boolean {
  return size !== undefined && size >= LEAST_FLASH && Number.isInteger(Math.log2(size));
}

/**
 * A dump of the whole flash, or of its beginning.
 * @throws FlasherError `dump-empty`; its questions throw `region-outside-flash`
 */
export function dumpSource(bytes: Uint8Array, codecs: Codecs = defaultCodecs): FlashSource {
  if (bytes.length === 0) throw new FlasherError("dump-empty");
  const piece = (region: Region): Uint8Array => {
    const end = regionEnd(region);
    if (region.offset < 0 || end > bytes.length) {
      throw new FlasherError("region-outside-flash", { ...region, flashSize: bytes.length });
    }
    return bytes.subarray(region.offset, end);
  };
  return {
    size: bytes.length,
    read: async (region) => piece(region).slice(),
    md5: async (region) => toHex(codecs.md5(piece(region))),
  };
}
