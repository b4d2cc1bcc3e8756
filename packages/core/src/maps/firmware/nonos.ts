/**
 * Any other application on Espressif's NONOS SDK: the places that the SDK fixes, with and without its second boot.
 *
 * @module
 */
import { DataFormat } from "../data-formats.js";
import { Certainty, FirmwareFamily } from "../firmware-id.js";
import { parseDottedVersion } from "../versions.js";
import { type FirmwareDefinition, fromEnd, type RegionRow } from "./definition.js";
import { nonosTail, rfCalAtEnd, withParamsFormats } from "./nonos-tail.js";

const SDK = "ESP8266_NONOS_SDK";

/** Map codes of `enum flash_size_map`, but the one that the SDK says not to use. */
export const sdkMaps: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 8, 9];

/** Second boot and update slots; a slot is as large as the map's split, less the sectors at its end. */
// biome-ignore format: a line a region
const sdkSlots: readonly RegionRow[] = [
  { id: "boot", from: 0, to: 0x1000, source: `${SDK}: boot_v1.x.bin` },
  { id: "user1", from: 0x1000, to: 0x3b000, maps: [0, 1], certainty: Certainty.derived, source: `${SDK}: map 256+256` },
  { id: "user2", from: 0x41000, to: 0x7b000, maps: [0], source: `${SDK}: map 256+256` },
  { id: "user1", from: 0x1000, to: 0x7c000, maps: [2, 3, 4], source: `${SDK}: map 512+512` },
  { id: "user2", from: 0x81000, to: 0xfb000, maps: [2], source: `${SDK}: map 512+512` },
  { id: "user2", from: 0x81000, to: 0xfc000, maps: [3, 4], source: `${SDK}: map 512+512` },
  { id: "user1", from: 0x1000, to: 0xfc000, maps: [5, 6, 8, 9], source: `${SDK}: map 1024+1024` },
  { id: "user2", from: 0x101000, to: 0x1fb000, maps: [5], source: `${SDK}: map 1024+1024` },
  { id: "user2", from: 0x101000, to: 0x1fc000, maps: [6, 8, 9], source: `${SDK}: map 1024+1024` },
];

/** The image that the boot ROM starts at 0, and the code that it runs in place from 0x10000. */
// biome-ignore format: a line a region
export const sdkWithoutBoot: readonly RegionRow[] = [
  { id: "app", from: 0, to: 0x10000, source: `${SDK}: eagle.flash.bin, no second boot` },
  { id: "app", from: 0x10000, to: fromEnd(0x5000), maxFlash: 0x100000, source: `${SDK}: eagle.irom0text.bin` },
  { id: "app", from: 0x10000, to: 0x100000, minFlash: 0x100001, source: `${SDK}: eagle.irom0text.bin, within the first megabyte` },
];

const shared = {
  family: FirmwareFamily.nonos,
  versions: {},
  parseVersion: parseDottedVersion,
  readsMap: true,
  knownMaps: sdkMaps,
} as const;

/** `nonos` of any build but `no-boot`. RF calibration is where the SDK's examples put it; an application may choose. */
export const nonos: FirmwareDefinition = {
  ...shared,
  builds: [],
  anyBuild: true,
  rows: [
    ...sdkSlots,
    { ...rfCalAtEnd, certainty: Certainty.general },
    ...withParamsFormats(
      nonosTail,
      { format: DataFormat.sdk2Params, before: "3" },
      { format: DataFormat.sdk3Params, since: "3" },
    ),
  ],
};

/** Applications that the boot ROM starts itself. */
export const nonosWithoutBoot: FirmwareDefinition = {
  ...shared,
  builds: [{ name: "no-boot" }],
  rows: [
    ...sdkWithoutBoot,
    { ...rfCalAtEnd, certainty: Certainty.general },
    ...withParamsFormats(
      nonosTail,
      { format: DataFormat.sdk2Params, before: "3" },
      { format: DataFormat.sdk3Params, since: "3" },
    ),
  ],
};
