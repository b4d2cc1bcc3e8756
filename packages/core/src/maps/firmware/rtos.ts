/**
 * ESP8266_RTOS_SDK 3 and later: a partition table at 0x8000, of which this is the default.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { parseDottedVersion } from "../versions.js";
import type { FirmwareDefinition, RegionRow } from "./definition.js";
import { sdkMaps } from "./nonos.js";

const certainty = Certainty.general;
const source = "ESP8266_RTOS_SDK: partitions_singleapp.csv; the table at 0x8000 decides";

// biome-ignore format: a line a region
const rows: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x9000, certainty, source: `${source}; second boot, and the table in its last sector` },
  { id: "settings", from: 0x9000, to: 0xf000, format: DataFormat.nvs, certainty, source: `${source}: nvs` },
  { id: "phy-init", from: 0xf000, to: 0x10000, certainty, source: `${source}: phy_init` },
  { id: "app", from: 0x10000, to: 0x100000, certainty, source: `${source}: factory` },
];

/** Every build, as far as its table is the default. */
export const rtos: FirmwareDefinition = {
  family: FirmwareFamily.rtos,
  builds: [],
  anyBuild: true,
  versions: { since: "3" },
  parseVersion: parseDottedVersion,
  readsMap: false,
  knownMaps: sdkMaps,
  rows,
};
