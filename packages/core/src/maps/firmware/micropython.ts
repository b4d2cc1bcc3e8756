/**
 * MicroPython: RAM segments at 0, code at 0x9000, files behind it. Network names and keys are the SDK's.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { parseDottedVersion } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { sdkMaps } from "./nonos.js";
import { nonosTail, rfCalAtEnd, withParamsFormats } from "./nonos-tail.js";

const LD = "MicroPython: ports/esp8266/boards, linker scripts";
const BDEV = "MicroPython: ports/esp8266/modules/flashbdev.py";

/** Rows of the build for chips of 2 MB and more. */
// biome-ignore format: a line a region
const generic: readonly RegionRow[] = [
  { id: "app", from: 0x9000, to: 0x100000, since: "1.13", source: `${LD}: irom0` },
  { id: "file-system", from: 0x100000, to: fromEnd(0x5000), since: "1.13", format: DataFormat.littlefs, source: BDEV },
  { id: "app", from: 0x9000, to: 0x91000, before: "1.13", certainty: Certainty.uncertain, source: `${LD}: irom0` },
  { id: "file-system", from: 0x91000, to: fromEnd(0x5000), before: "1.13", format: DataFormat.fat, certainty: Certainty.uncertain, source: `${BDEV}: FAT, one sector behind flash_user_start()` },
];

/** Rows of the builds for small chips. */
// biome-ignore format: a line a region
const small: readonly RegionRow[] = [
  { id: "app", from: 0x9000, to: 0x99000, builds: ["1M"], before: "1.25", source: `${LD}: 1 MB` },
  { id: "file-system", from: 0x99000, to: 0xfb000, builds: ["1M"], before: "1.25", format: DataFormat.littlefs, source: BDEV },
  { id: "app", from: 0x9000, to: 0x98000, builds: ["1M"], since: "1.25", source: `${LD}: 1 MB; the last 16 KB hold ROMFS` },
  { id: "file-system", from: 0x98000, to: 0xfb000, builds: ["1M"], since: "1.25", format: DataFormat.littlefs, certainty: Certainty.general, source: `${LD}: 1 MB with ROMFS` },
  { id: "app", from: 0x9000, to: 0x7b000, builds: ["512K"], source: `${LD}: 512 KB, no files` },
];

const segments: RegionRow = { id: "app", from: 0, to: 0x9000, source: `${LD}: header and RAM segments` };

const ends: readonly RegionRow[] = [
  segments,
  rfCalAtEnd,
  ...withParamsFormats(nonosTail, { format: DataFormat.sdk2Params }),
];

const shared = {
  family: FirmwareFamily.micropython,
  versions: {},
  parseVersion: parseDottedVersion,
  readsMap: true,
  knownMaps: sdkMaps,
} as const;

/** The builds for 1 MB and 512 KB. */
export const micropythonSmall: FirmwareDefinition = {
  ...shared,
  builds: [{ name: "1M" }, { name: "512K" }],
  rows: [...ends, ...small],
};

/** All others. */
export const micropython: FirmwareDefinition = {
  ...shared,
  builds: [],
  anyBuild: true,
  rows: [...ends, ...generic],
};
