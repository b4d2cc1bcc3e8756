/**
 * What both builds of Espruino take from the flash map at run time: RF calibration, Wi-Fi settings, and the list of flash
 * that it calls free.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { parseEspruinoNumbers } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { nonosTail, nonosTailWithoutSettings, withParamsFormats } from "./nonos-tail.js";

const FREE = "targets/esp8266/jshardware.c: jshFlashGetFree";
const WIFI = "libs/network/esp8266/jswrap_esp8266_network.c";
const RF = "targets/esp8266/user_main.c: user_rf_cal_sector_set";

/** Map codes that Espruino's tables have; others are read past their end. */
export const espruinoMaps: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/** What every definition of Espruino says of itself. */
export const espruinoFacts = {
  family: FirmwareFamily.espruino,
  parseVersion: parseEspruinoNumbers,
  commitsAt: 2,
  readsMap: true,
  knownMaps: espruinoMaps,
} as const satisfies Partial<FirmwareDefinition>;

/** Wi-Fi settings have a sector of their own up to 1v97; only its first KiB is used. Since then they are a file in Storage. */
// biome-ignore format: a line a region
const wifi: readonly RegionRow[] = [
  { id: "wifi", from: 0x7b000, to: 0x7c000, since: "1v84", before: "1v92", format: DataFormat.espruinoWifi, source: WIFI },
  { id: "wifi", from: 0x7b000, to: 0x7c000, since: "1v92", before: "1v98", maps: [0, 1, 2, 3, 4, 5, 7, 8, 9], format: DataFormat.espruinoWifi, source: `${WIFI}: any map but 6` },
  { id: "wifi", from: 0x3fb000, to: 0x3fc000, since: "1v92", before: "1v95", maps: [6], format: DataFormat.espruinoWifi, source: `${WIFI}: map 6` },
  { id: "wifi", from: 0xfb000, to: 0xfc000, since: "1v95", before: "1v98", maps: [6], format: DataFormat.espruinoWifi, source: `${WIFI}: map 6` },
];

/**
 * 1v88 to 1v97 mean 0x76000 for map 0 and fall through to 0x80000 under every map (their issue 1294). On a chip of 512 KB
 * that is behind the end; what the SDK's write does there is UNCERTAIN on silicon.
 */
// biome-ignore format: a line a region
const rfCal: readonly RegionRow[] = [
  { id: "rf-cal", from: 0x80000, to: 0x81000, since: "1v88", before: "1v98", source: `${RF}: every map, by a missing break` },
  { id: "rf-cal", from: fromEnd(0x5000), to: fromEnd(0x4000), since: "1v98", maps: [0, 2, 3, 4, 5, 6], source: RF },
  { id: "rf-cal", from: 0, to: 0x1000, since: "1v98", maps: [1, 7, 8, 9], source: `${RF}: sector 0, the boot loader's, for maps that it does not know` },
];

const listed = { id: "free", listedFree: true, format: DataFormat.raw, source: FREE } as const;
const large = [3, 4, 5] as const;

/**
 * What `require("Flash").getFree()` lists, which is a table by map, wrong in places: 0x80000 is RF calibration up to 1v97,
 * map 2 lists it since 1v98, and 1v95 to 1v97 list the SDK's sectors under map 6. The page at 0x77000, for EEPROM
 * emulation, is listed up to 1v97 and is code in the 4 MB build.
 */
// biome-ignore format: a line a region
const freeList: readonly RegionRow[] = [
  { ...listed, id: "eeprom", from: 0x77000, to: 0x78000, since: "1v84", before: "1v92", maps: [0, 2, 3, 4, 5, 6] },
  { ...listed, id: "eeprom", from: 0x77000, to: 0x78000, since: "1v92", before: "1v98", maps: [0, 2, 3, 4, 5] },
  { ...listed, from: 0x80000, to: 0x81000, since: "1v84", before: "1v92", maps: [2, ...large, 6] },
  { ...listed, from: 0x80000, to: 0x81000, since: "1v92", before: "2v05", maps: [2, ...large] },
  { ...listed, from: 0xf7000, to: 0xfc000, since: "1v84", before: "2v05", maps: [2] },
  { ...listed, from: 0xf7000, to: 0x100000, since: "1v84", before: "1v92", maps: [...large, 6] },
  { ...listed, from: 0xf7000, to: 0x100000, since: "1v92", maps: large },
  { ...listed, from: 0x80000, to: 0x81000, since: "2v05", maps: large },
  { ...listed, from: 0x100000, to: fromEnd(0x4000), since: "1v86", before: "1v92", maps: [...large, 6] },
  { ...listed, from: 0x100000, to: fromEnd(0x4000), since: "1v92", before: "1v98", maps: large },
  { ...listed, from: 0x100000, to: fromEnd(0x5000), since: "1v98", maps: large },
  { ...listed, from: 0x200000, to: 0x300000, since: "1v92", maps: [6] },
  { ...listed, from: 0x300000, to: 0x340000, since: "1v92", maps: [6] },
  { ...listed, from: 0x340000, to: 0x380000, since: "1v92", maps: [6] },
  { ...listed, from: 0x380000, to: 0x3c0000, since: "1v92", maps: [6] },
  { ...listed, from: 0x3c0000, to: 0x3eb000, since: "1v92", before: "1v95", maps: [6] },
  { ...listed, from: 0x3c0000, to: 0x400000, since: "1v95", before: "1v98", maps: [6] },
  { ...listed, from: 0x3c0000, to: 0x3fb000, since: "1v98", maps: [6] },
];

/** Under map 2 since 2v05 the list is empty in builds of 1 MB and more, and as before in the others. */
// biome-ignore format: a line a region
export const freeListOfSmallBuilds: readonly RegionRow[] = [
  { ...listed, from: 0x80000, to: 0x81000, since: "2v05", maps: [2] },
  { ...listed, from: 0xf7000, to: 0xfc000, since: "2v05", maps: [2] },
];

/** Up to 1v83 Wi-Fi settings have no place of their own: what is saved of them is what the SDK saves. */
const settingsOfSdk = nonosTail
  .filter(({ id }) => id === "system-params")
  .map((row) => ({ ...row, before: "1v84", format: DataFormat.sdk1Params, certainty: Certainty.derived }));

/**
 * Since 1v84 Espruino stores no network's name or key in the SDK's parameters, only the mode. Its SDK is 2.0 since 1v88,
 * 2.2.1 since 2v00.
 */
const tail = [
  ...settingsOfSdk,
  ...withParamsFormats(
    nonosTailWithoutSettings,
    { format: DataFormat.sdk1Params, since: "1v84", before: "1v88" },
    { format: DataFormat.sdk2Params, since: "1v88" },
  ),
];

/** Every region whose place depends on the map and not on the build. */
export const espruinoByMap: readonly RegionRow[] = [...wifi, ...rfCal, ...freeList, ...tail];
