/**
 * Espressif's AT command firmware: on SDK 2 (versions before 1.7) and on SDK 3.
 *
 * Its own parameters fill the last three sectors of the first slot's megabyte half; SDK 3 puts certificates before them.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { parseDottedVersion } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { sdkMaps, sdkWithoutBoot } from "./nonos.js";
import { nonosTail, withParamsFormats } from "./nonos-tail.js";

const SDK2 = "ESP8266_NONOS_SDK 2, examples/at/user/user_main.c and bin/at/README.md";
const SDK3 = "ESP8266_NONOS_SDK 3, examples/at/user/user_main.c: partition table";
const AT = DataFormat.atParams;

/** Slots of the builds for the second boot. A build for 512+512 on SDK 3 is known from other makers' tables only. */
// biome-ignore format: a line a region
const slots: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: "ESP8266_NONOS_SDK: boot_v1.x.bin" },
  { id: "user1", from: 0x1000, to: 0x78000, maps: [0, 1], source: SDK2 },
  { id: "user1", from: 0x1000, to: 0x7d000, maps: [2, 3, 4], before: "1.7", source: SDK2 },
  { id: "user1", from: 0x1000, to: 0x79000, maps: [2, 3, 4], since: "1.7", certainty: Certainty.derived, source: SDK3 },
  { id: "user1", from: 0x1000, to: 0xfd000, maps: [5, 6, 8, 9], before: "1.7", source: SDK2 },
  { id: "user1", from: 0x1000, to: 0xe1000, maps: [5, 6, 8, 9], since: "1.7", source: SDK3 },
  { id: "user2", from: 0x81000, to: 0xfb000, maps: [2], source: SDK2 },
  { id: "user2", from: 0x81000, to: 0xfd000, maps: [3, 4], source: SDK2 },
  { id: "user2", from: 0x101000, to: 0x1fb000, maps: [5, 6, 8, 9], before: "1.7", source: SDK2 },
  { id: "user2", from: 0x101000, to: 0x1e1000, maps: [5, 6, 8, 9], since: "1.7", source: SDK3 },
];

/** AT's own: what `AT+UART_DEF` and its like store, and certificates. */
// biome-ignore format: a line a region
const parameters: readonly RegionRow[] = [
  { id: "settings", from: 0x79000, to: 0x7c000, maps: [0], format: AT, source: `${SDK2}: 3 sectors behind RF calibration` },
  { id: "settings", from: 0x7d000, to: 0x80000, maps: [2, 3, 4], format: AT, source: `${SDK2}: blank.bin goes to 0x7E000` },
  { id: "settings", from: 0xfd000, to: 0x100000, maps: [5, 6, 8, 9], format: AT, source: `${SDK2}: blank.bin goes to 0xFE000; ${SDK3}` },
  { id: "settings", from: 0x79000, to: 0x7d000, maps: [2, 3, 4], since: "1.7", format: DataFormat.certificates, certainty: Certainty.derived, source: `${SDK3}: TLS and WPA2 Enterprise` },
  { id: "settings", from: 0xf9000, to: 0xfd000, maps: [5, 6, 8, 9], since: "1.7", format: DataFormat.certificates, source: `${SDK3}: TLS and WPA2 Enterprise` },
];

/** Where the SDK's functions ask the application for a sector; it has no answer for maps that it does not know. */
// biome-ignore format: a line a region
const calibration: readonly RegionRow[] = [
  { id: "rf-cal", from: 0x78000, to: 0x79000, maps: [0], source: `${SDK2}: user_rf_cal_sector_set` },
  { id: "rf-cal", from: fromEnd(0x5000), to: fromEnd(0x4000), maps: [2, 3, 4, 5, 6, 8, 9], source: `${SDK2}: user_rf_cal_sector_set` },
  { id: "rf-cal", from: 0, to: 0x1000, maps: [1, 7], source: `${SDK2}: user_rf_cal_sector_set, sector 0` },
];

const tail = withParamsFormats(
  nonosTail,
  { format: DataFormat.sdk2Params, before: "1.7" },
  { format: DataFormat.sdk3Params, since: "1.7" },
);

const shared = {
  family: FirmwareFamily.at,
  versions: {},
  parseVersion: parseDottedVersion,
  readsMap: true,
  knownMaps: sdkMaps.filter((map) => map !== 1),
  bindsMap: { since: "1.7" },
} as const;

/** Any build for the second boot. */
export const at: FirmwareDefinition = {
  ...shared,
  builds: [],
  anyBuild: true,
  rows: [...slots, ...parameters, ...calibration, ...tail],
};

/** The build that the boot ROM starts itself. */
export const atWithoutBoot: FirmwareDefinition = {
  ...shared,
  builds: [{ name: "no-boot" }],
  rows: [...sdkWithoutBoot, ...parameters, ...calibration, ...tail],
};
