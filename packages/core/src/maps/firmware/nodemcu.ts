/**
 * NodeMCU (Lua): up to 2.2 on SDK 2, since 3.0 on SDK 3 with a partition table of its own.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { WrittenAt } from "../layout.js";
import { parseDottedVersion } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { sdkMaps } from "./nonos.js";
import { nonosTail, rfCalAtEnd, withParamsFormats } from "./nonos-tail.js";

const V2 = "NodeMCU up to 2.2: app/user/user_main.c and linker script";
const V3 = "NodeMCU since 3.0: app/user/user_main.c, default partition table";

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "app", from: 0, to: 0x10000, before: "3", source: `${V2}: 0x00000.bin` },
  { id: "app", from: 0x10000, to: 0xe0000, before: "3", source: `${V2}: 0x10000.bin, at most 0xD0000 bytes` },
  // No magic number marks it, and it begins right behind a firmware whose size the image does not tell.
  { id: "file-system", from: 0xe0000, to: fromEnd(0x5000), before: "3", format: DataFormat.spiffs, certainty: Certainty.uncertain, source: `${V2}: SPIFFS, behind the firmware, earlier where that is smaller` },
  { id: "app", from: 0, to: 0xb000, since: "3", source: `${V3}: 0x00000.bin` },
  // Releases differ in which of these five sectors is which; together they are the SDK's in all of them.
  { id: "rf-cal", from: 0xb000, to: 0xc000, since: "3", certainty: Certainty.uncertain, source: `${V3}; 0xD000 in others` },
  { id: "phy-init", from: 0xc000, to: 0xd000, since: "3", writtenAt: WrittenAt.boot, format: DataFormat.phyInit, certainty: Certainty.uncertain, source: `${V3}; 0xF000 in others; NodeMCU writes it itself where it is missing` },
  { id: "system-params", from: 0xd000, to: 0x10000, since: "3", format: DataFormat.sdk3Params, certainty: Certainty.uncertain, source: V3 },
  { id: "app", from: 0x10000, to: 0x100000, since: "3", source: `${V3}: 0x10000.bin; its first 4 KB hold the partition table in force, and Lua's own code store follows it` },
  { id: "file-system", from: 0x100000, to: fromEnd(0), since: "3", format: DataFormat.spiffs, certainty: Certainty.uncertain, source: `${V3}: SPIFFS, at 1 MB where it fits; the table in force decides` },
];

/** Every build. The file system's place is the commonest one. */
export const nodemcu: FirmwareDefinition = {
  family: FirmwareFamily.nodemcu,
  builds: [],
  anyBuild: true,
  versions: {},
  parseVersion: parseDottedVersion,
  readsMap: true,
  knownMaps: sdkMaps,
  rows: [
    ...rows,
    ...[rfCalAtEnd, ...withParamsFormats(nonosTail, { format: DataFormat.sdk2Params })].map((row) => ({
      ...row,
      before: "3",
    })),
  ],
};
