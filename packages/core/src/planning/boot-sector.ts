/**
 * The first sector as it is on the chip, for a plan that changes nothing in it but the header.
 *
 * @module
 */

import { FlasherError } from "../errors.js";
import { bytesOf, type FlashContents } from "../flash/contents.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { BOOT_MAGIC } from "../image/image-types.js";
import type { HeaderChoice } from "../image/patch-header.js";
import { RegionOwner } from "../maps/layout.js";
import { phrase } from "../messages/catalogue.js";
import type { GoalImage } from "./goal.js";

/** What the header is to become. */
export interface BootSector {
  readonly header: HeaderChoice;
  /** Must hold the first sector. */
  readonly contents: FlashContents;
  /** For the error: what needs a boot loader. */
  readonly package: string;
}

/** Where the first sector is. */
export const BOOT_SECTOR = { offset: 0, size: SECTOR_SIZE };

const AT_MODE = 2;
const AT_SIZE_FREQ = 3;

/**
 * The sector with its header changed. The image may be longer than the sector, so that it cannot be parsed here: the two
 * bytes are changed as they stand.
 * @throws FlasherError `package-without-boot` where no image that the boot ROM starts is there; `plan-needs-contents`
 */
export function presentBootSector({ header, contents, package: name }: BootSector): GoalImage {
  const bytes = bytesOf(BOOT_SECTOR, contents)?.slice();
  if (bytes === undefined) throw new FlasherError("plan-needs-contents", { ...BOOT_SECTOR });
  if (bytes[0] !== BOOT_MAGIC) throw new FlasherError("package-without-boot", { package: name });
  const { mode, size, freq } = header;
  bytes[AT_MODE] = mode?.code ?? bytes[AT_MODE]!;
  bytes[AT_SIZE_FREQ] =
    (size?.code ?? bytes[AT_SIZE_FREQ]! & 0xf0) | (freq?.code ?? bytes[AT_SIZE_FREQ]! & 0x0f);
  return { name: phrase("part-boot-sector"), offset: 0, bytes, owner: RegionOwner.boot, asIs: true };
}
