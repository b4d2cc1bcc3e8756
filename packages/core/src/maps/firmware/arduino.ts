/**
 * The Arduino core: eboot, one application, and what its linker scripts leave for files and EEPROM emulation.
 *
 * RF calibration and what follows count from the end of the flash that the header at 0 declares; the rest is linked in.
 * The PHY init data are in the program, so their sector holds calibration instead.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { WrittenAt } from "../layout.js";
import { parseDottedVersion } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { sdkMaps } from "./nonos.js";

/** The application is run in place from the first megabyte. */
const WINDOW = 0x10_0000;

/** A linker script: its name, size of flash, and where its file system lies. */
interface LinkerScript {
  readonly name: string;
  readonly linkedMap: number;
  readonly eeprom: number;
  readonly fs?: readonly [start: number, end: number];
}

/** Cores since 2.6, but for what `olderRows` says. */
// biome-ignore format: a line a script
const scripts: readonly LinkerScript[] = [
  { name: "512k", linkedMap: 0, eeprom: 0x7b000 },
  { name: "512k32", linkedMap: 0, eeprom: 0x7b000, fs: [0x73000, 0x7b000] },
  { name: "512k64", linkedMap: 0, eeprom: 0x7b000, fs: [0x6b000, 0x7b000] },
  { name: "512k128", linkedMap: 0, eeprom: 0x7b000, fs: [0x5b000, 0x7b000] },
  { name: "1m", linkedMap: 2, eeprom: 0xfb000 },
  { name: "1m64", linkedMap: 2, eeprom: 0xfb000, fs: [0xeb000, 0xfb000] },
  { name: "1m128", linkedMap: 2, eeprom: 0xfb000, fs: [0xdb000, 0xfb000] },
  { name: "1m144", linkedMap: 2, eeprom: 0xfb000, fs: [0xd7000, 0xfb000] },
  { name: "1m160", linkedMap: 2, eeprom: 0xfb000, fs: [0xd3000, 0xfb000] },
  { name: "1m192", linkedMap: 2, eeprom: 0xfb000, fs: [0xcb000, 0xfb000] },
  { name: "1m256", linkedMap: 2, eeprom: 0xfb000, fs: [0xbb000, 0xfb000] },
  { name: "1m512", linkedMap: 2, eeprom: 0xfb000, fs: [0x7b000, 0xfb000] },
  { name: "2m", linkedMap: 3, eeprom: 0x1fb000 },
  { name: "2m64", linkedMap: 3, eeprom: 0x1fb000, fs: [0x1f0000, 0x1fb000] },
  { name: "2m128", linkedMap: 3, eeprom: 0x1fb000, fs: [0x1e0000, 0x1fb000] },
  { name: "2m256", linkedMap: 3, eeprom: 0x1fb000, fs: [0x1c0000, 0x1fb000] },
  { name: "2m512", linkedMap: 3, eeprom: 0x1fb000, fs: [0x180000, 0x1fa000] },
  { name: "2m1m", linkedMap: 3, eeprom: 0x1fb000, fs: [0x100000, 0x1fa000] },
  { name: "4m", linkedMap: 4, eeprom: 0x3fb000 },
  { name: "4m1m", linkedMap: 4, eeprom: 0x3fb000, fs: [0x300000, 0x3fa000] },
  { name: "4m2m", linkedMap: 4, eeprom: 0x3fb000, fs: [0x200000, 0x3fa000] },
  { name: "4m3m", linkedMap: 4, eeprom: 0x3fb000, fs: [0x100000, 0x3fa000] },
  { name: "8m6m", linkedMap: 8, eeprom: 0x7fb000, fs: [0x200000, 0x7fa000] },
  { name: "8m7m", linkedMap: 8, eeprom: 0x7fb000, fs: [0x100000, 0x7fa000] },
  { name: "16m14m", linkedMap: 9, eeprom: 0xffb000, fs: [0x200000, 0xffa000] },
  { name: "16m15m", linkedMap: 9, eeprom: 0xffb000, fs: [0x100000, 0xffa000] },
];

const filesFormat = DataFormat.arduinoFiles;
const eepromFacts = { format: DataFormat.raw, writtenAt: WrittenAt.save } as const;
const stagingFacts = { writtenAt: WrittenAt.update, certainty: Certainty.general } as const;

/** File systems whose end moved: 4m1m to 4m3m in 2.6, and 4m, which had one up to 2.4. */
// biome-ignore format: a line a region
const olderRows: readonly RegionRow[] = [
  { id: "file-system", from: 0x300000, to: 0x3fb000, builds: ["4m1m"], before: "2.6", format: filesFormat, source: "eagle.flash.4m1m.ld of cores up to 2.5" },
  { id: "file-system", from: 0x200000, to: 0x3fb000, builds: ["4m2m"], before: "2.6", format: filesFormat, source: "eagle.flash.4m2m.ld of cores up to 2.5" },
  { id: "file-system", from: 0x100000, to: 0x3fb000, builds: ["4m3m"], before: "2.6", format: filesFormat, source: "eagle.flash.4m3m.ld of cores up to 2.5" },
  { id: "file-system", from: 0x100000, to: 0x3fb000, builds: ["4m"], before: "2.5", format: filesFormat, source: "eagle.flash.4m.ld of cores 2.3 and 2.4" },
];

/** What every firmware on the core has at its ends. */
// biome-ignore format: a line a region
const arduinoEnds: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: "Arduino core, bootloaders/eboot, filled up with 0xAA" },
  { id: "rf-cal", from: fromEnd(0x4000), to: fromEnd(0x3000), source: "Arduino core: user_rf_cal_sector_set(), fourth sector from the end" },
  { id: "system-params", from: fromEnd(0x3000), to: fromEnd(0x1000), format: DataFormat.sdk2Params, source: "ESP8266_NONOS_SDK; WiFi.persistent stores name and key there" },
  { id: "boot-flag", from: fromEnd(0x1000), to: fromEnd(0), source: "ESP8266_NONOS_SDK: which copy counts" },
];

/** Firmware of one family on the Arduino core, with what it keeps between the core's own ends. */
export function onArduino(family: FirmwareFamily, rows: readonly RegionRow[]): FirmwareDefinition {
  const common = { versions: {}, parseVersion: parseDottedVersion, readsMap: false, knownMaps: sdkMaps };
  return { family, builds: [], anyBuild: true, ...common, rows: [...arduinoEnds, ...rows] };
}

function scriptRows({ name, eeprom, fs }: LinkerScript): RegionRow[] {
  const source = `Arduino core: eagle.flash.${name}.ld`;
  const builds = [name];
  const appEnd = Math.min(fs?.[0] ?? eeprom, WINDOW);
  const moved = olderRows.find((row) => row.builds?.includes(name));
  const files = { from: fs?.[0] ?? 0, to: fs?.[1] ?? 0, since: moved?.before, format: filesFormat };
  return [
    { id: "app", from: 0x1000, to: appEnd, builds, source },
    { id: "file-system", ...files, builds, source },
    { id: "eeprom", from: eeprom, to: eeprom + 0x1000, builds, ...eepromFacts, source },
    // Where an update over the network is put before eboot copies it.
    {
      id: "reserved",
      from: appEnd,
      to: fs?.[0] ?? eeprom,
      builds,
      ...stagingFacts,
      source: "Arduino core: Updater",
    },
  ];
}

const shared = {
  family: FirmwareFamily.arduino,
  versions: { since: "2.3" },
  parseVersion: parseDottedVersion,
  readsMap: false,
  knownMaps: sdkMaps,
} as const;

/** Every linker script. */
export const arduino: FirmwareDefinition = {
  ...shared,
  builds: scripts.map(({ name, linkedMap }) => ({ name, linkedMap })),
  rows: [...arduinoEnds, ...scripts.flatMap(scriptRows), ...olderRows],
};

/** A program cannot be asked for its script; what all scripts of a size of flash share. */
// biome-ignore format: a line a region
const anyScript: readonly RegionRow[] = [
  { id: "app", from: 0x1000, to: fromEnd(0x5000), maxFlash: WINDOW, source: "Arduino core: linker scripts; files may begin before the end, by script", certainty: Certainty.uncertain },
  { id: "app", from: 0x1000, to: WINDOW, minFlash: WINDOW + 1, source: "Arduino core: linker scripts" },
  { id: "file-system", from: WINDOW, to: fromEnd(0x6000), minFlash: WINDOW + 1, format: filesFormat, certainty: Certainty.uncertain, source: "Arduino core: linker scripts; it begins further behind in most" },
  { id: "eeprom", from: fromEnd(0x5000), to: fromEnd(0x4000), format: DataFormat.raw, writtenAt: WrittenAt.save, source: "Arduino core: linker scripts" },
];

/** Programs whose linker script is not known. */
export const arduinoOfAnyScript: FirmwareDefinition = {
  ...shared,
  builds: [],
  anyBuild: true,
  rows: [...arduinoEnds, ...anyScript],
};
