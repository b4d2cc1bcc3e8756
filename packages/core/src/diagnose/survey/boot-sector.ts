/**
 * The first sector: what the boot ROM finds there, and which boot loader it is.
 *
 * @module
 */
import { SECTOR_SIZE } from "../../flash/geometry.js";
import { inspectEspImage } from "../../image/esp-image.js";
import type { ImageFinding } from "../../image/finding.js";
import { decodeFlashParams, type FlashParams, type Statement } from "../../image/flash-params.js";
import { BOOT_MAGIC, IMAGE_HEADER_SIZE } from "../../image/image-types.js";
import { type BootLoaderId, identifyBootLoader } from "../../packages/identify/boot-loader.js";
import { esp8266ImageTarget as target } from "../../targets/esp8266/image-target.js";
import type { FlashView } from "../sources/flash-view.js";

/** What the first sector tells. */
export interface BootSector {
  readonly firstByte: number;
  readonly header: FlashParams | undefined;
  readonly bootLoader: BootLoaderId | undefined;
  /** What is wrong with the image there; nothing where it goes on behind the sector and what is there agrees. */
  readonly flaws: readonly Statement[];
}

/** Reads the first sector, all of it: whoever changes its header writes it again. */
export async function readBootSector(view: FlashView): Promise<BootSector> {
  const bytes = await view.read({ offset: 0, size: SECTOR_SIZE });
  const firstByte = bytes[0]!;
  // A dump may end within the header.
  const hasHeader = firstByte === BOOT_MAGIC && bytes.length >= IMAGE_HEADER_SIZE;
  if (!hasHeader) return { firstByte, header: undefined, bootLoader: undefined, flaws: [] };
  const { findings } = inspectEspImage(bytes, target);
  const header = decodeFlashParams(bytes[2]!, bytes[3]!, target.flashParams);
  const bootLoader = identifyBootLoader(bytes);
  return { firstByte, header, bootLoader, flaws: findings.filter(countsInSector).map(statementOf) };
}

/** An image that is longer than the sector is not cut off, it goes on. */
function countsInSector({ code }: ImageFinding): boolean {
  return code !== "image-truncated" && code !== "image-segment-out-of-range";
}

function statementOf({ code, params }: ImageFinding): Statement {
  return { code, params };
}
