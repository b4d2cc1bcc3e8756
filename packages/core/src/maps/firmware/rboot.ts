/**
 * rBoot and what it starts: Sming, esp-homekit. Two slots in the halves of the flash, unless its configuration says otherwise.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { WrittenAt } from "../layout.js";
import { parseDottedVersion } from "../versions.js";
import type { FirmwareDefinition, RegionRow } from "./definition.js";
import { sdkMaps } from "./nonos.js";
import { nonosTail, rfCalAtEnd, withParamsFormats } from "./nonos-tail.js";

const CONFIG = "rBoot: default configuration";

/** A slot is at most the megabyte that can be mapped; files lie where the application puts them, behind the slots. */
// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: "rBoot" },
  { id: "boot-flag", from: 0x1000, to: 0x2000, writtenAt: WrittenAt.update, format: DataFormat.rbootConfig, source: "rBoot: configuration E1 01, made anew where it is missing" },
  { id: "user1", from: 0x2000, to: 0x40000, maps: [0], source: CONFIG },
  { id: "user2", from: 0x42000, to: 0x7b000, maps: [0], source: CONFIG },
  { id: "user1", from: 0x2000, to: 0x80000, maps: [2], source: CONFIG },
  { id: "user2", from: 0x82000, to: 0xfb000, maps: [2], source: CONFIG },
  { id: "user1", from: 0x2000, to: 0x100000, maps: [3, 4, 5, 6, 8, 9], source: CONFIG },
  { id: "user2", from: 0x102000, to: 0x1fb000, maps: [3, 5], source: CONFIG },
  { id: "user2", from: 0x202000, to: 0x300000, maps: [4, 6], source: CONFIG },
  { id: "user2", from: 0x402000, to: 0x500000, maps: [8], certainty: Certainty.derived, source: CONFIG },
  { id: "user2", from: 0x802000, to: 0x900000, maps: [9], certainty: Certainty.derived, source: CONFIG },
];

/** Every build. */
export const rboot: FirmwareDefinition = {
  family: FirmwareFamily.rboot,
  builds: [],
  anyBuild: true,
  versions: {},
  parseVersion: parseDottedVersion,
  readsMap: true,
  knownMaps: sdkMaps.filter((map) => map !== 1),
  rows: [
    ...rows,
    { ...rfCalAtEnd, certainty: Certainty.general },
    ...withParamsFormats(nonosTail, { format: DataFormat.sdk2Params }),
  ],
};
