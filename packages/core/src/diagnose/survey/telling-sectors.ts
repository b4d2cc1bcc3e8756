/**
 * Sectors of an application that its own firmware writes, or once wrote: where settings in code show.
 *
 * @module
 */
import { SECTOR_SIZE } from "../../flash/geometry.js";
import {
  alignOutward,
  contains,
  cutIntoUnits,
  intersect,
  mergeRegions,
  type Region,
} from "../../flash/region.js";
import { startsWifiBlock } from "../../formats/espruino-wifi-block.js";
import type { Statement } from "../../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { type FlashLayout, WrittenAt } from "../../maps/layout.js";
import type { FlashView } from "../sources/flash-view.js";

/** Where Espruino up to 1v97 has kept its Wi-Fi settings, whatever the map is now. */
const WIFI_SECTORS = [0x7_b000, 0xf_b000, 0x3f_b000] as const;
/** Sectors of one application that are looked at. */
const MOST_SECTORS = 12;
const HEAD_SIZE = 16;

const WRITTEN: ReadonlySet<WrittenAt> = new Set<WrittenAt>([
  WrittenAt.boot,
  WrittenAt.wifiSave,
  WrittenAt.save,
  WrittenAt.program,
]);

/**
 * What says that a running firmware wrote into an application: `evidence-…` codes.
 * @param image the application, as far as its headers lead
 */
export async function findOverwrites(
  view: FlashView,
  image: Region,
  firmware: FirmwareId,
  layout: FlashLayout | undefined,
): Promise<Statement[]> {
  const sectors = suspects(image, firmware, layout).slice(0, MOST_SECTORS);
  const found: Statement[] = [];
  for (const sector of sectors) {
    if (!view.affords({ readBytes: HEAD_SIZE, hashedBytes: SECTOR_SIZE })) break;
    const head = await view.read({ offset: sector.offset, size: HEAD_SIZE });
    if (mayBeEspruino(firmware) && startsWifiBlock(head)) {
      found.push({ code: "evidence-wifi-block", params: { offset: sector.offset } });
    } else if (contains(image, sector) && (await view.isBlank(sector))) {
      found.push({ code: "evidence-erased-in-image", params: { ...sector } });
    }
  }
  return found;
}

/** Sectors that the image shares with what is written while it runs. */
function suspects(image: Region, firmware: FirmwareId, layout: FlashLayout | undefined): Region[] {
  const written = (layout?.regions ?? []).filter(({ writtenAt }) => WRITTEN.has(writtenAt));
  const wifi = mayBeEspruino(firmware) ? WIFI_SECTORS.map((offset) => ({ offset, size: SECTOR_SIZE })) : [];
  const overlaps = [...written, ...wifi].flatMap((region) => intersect(region, image) ?? []);
  return mergeRegions(overlaps).flatMap((overlap) =>
    cutIntoUnits(alignOutward(overlap, SECTOR_SIZE), SECTOR_SIZE),
  );
}

/** Settings in the code may have taken the very texts that named the firmware. */
function mayBeEspruino({ family }: FirmwareId): boolean {
  return (
    family === FirmwareFamily.espruino || family === FirmwareFamily.nonos || family === FirmwareFamily.unknown
  );
}
