/**
 * How Espruino itself speaks of maps: the text in its banner, the banner's warning, and the list of free flash.
 *
 * @module
 */
import type { Region } from "../flash/region.js";
import { espruinoMaps } from "./firmware/espruino-shared.js";
import { FirmwareFamily, type FirmwareId } from "./firmware-id.js";
import { layoutFor } from "./layout-for.js";
import { inVersionRange, parseEspruinoNumbers } from "./versions.js";

/** By map code; Espruino's own table has no more, and prints whatever lies behind it for others. */
const texts = [
  "512KB:256/256",
  "256KB",
  "1MB:512/512",
  "2MB:512/512",
  "4MB:512/512",
  "2MB:1024/1024",
  "4MB:1024/1024",
] as const;

/** Builds of 1 MB and more say it of map 2, since 2v05. */
const WHOLE_MEGABYTE = "1MB:1024";

/** Text of a map in Espruino's banner and in `getState().flashMap`; `undefined` for codes that its table does not have. */
export function mapText(
  map: number,
  { build, version }: Omit<FirmwareId, "family"> = {},
): string | undefined {
  const isLarge = build?.startsWith("ESP8266_4MB") === true;
  if (map === 2 && isLarge && since(version, "2v05")) return WHOLE_MEGABYTE;
  return texts[map];
}

/** Code of a map from Espruino's text; `undefined` for any other text. */
export function mapOfText(text: string): number | undefined {
  if (text === WHOLE_MEGABYTE) return 2;
  const map = (texts as readonly string[]).indexOf(text);
  return map < 0 ? undefined : map;
}

/**
 * Whether Espruino's banner says that the flash chip does not match the flash map. It looks at two device ids only:
 * 0x4013 wants map 0, and 0x4016 map 4, or 6 since 1v92. For all others it is silent, so silence proves nothing.
 * @param device JEDEC memory type and capacity, 0x4016 for most chips of 4 MB
 */
export function bannerWarns(version: string | undefined, device: number, map: number): boolean {
  if (!since(version, "1v82")) return false;
  if (device === 0x4013) return map !== 0;
  if (device !== 0x4016) return false;
  return map !== 4 && !(map === 6 && since(version, "1v92"));
}

/**
 * What `require("Flash").getFree()` of Espruino answers, whether it is free or not; `undefined` where that is not known:
 * other firmware, versions before 1v84, map 1 and maps above 6.
 */
export function expectedFreeList(firmware: FirmwareId, map: number): Region[] | undefined {
  if (firmware.family !== FirmwareFamily.espruino || !espruinoMaps.includes(map) || map === 1)
    return undefined;
  if (!since(firmware.version, "1v84")) return undefined;
  const layout = layoutFor(firmware, map);
  return layout?.regions
    .concat(layout.beyond)
    .filter(({ listedFree }) => listedFree)
    .map(({ offset, size }) => ({ offset, size }));
}

function since(version: string | undefined, first: string): boolean {
  const numbers = version === undefined ? undefined : parseEspruinoNumbers(version);
  return inVersionRange(numbers, { since: first }, parseEspruinoNumbers);
}
