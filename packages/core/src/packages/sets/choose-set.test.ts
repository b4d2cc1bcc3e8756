import { expect, it } from "vitest";
import { madeAtImage, madeSdkBoot } from "../../../../../test/support/made-firmware.js";
import { openPackage } from "../index.js";

const at = (folder: string, sizeFreq: number) => ({
  path: `${folder}/user1.bin`,
  bytes: madeAtImage({ sizeFreq, size: 80_004 }),
});
const boot = { path: "boot_v1.7.bin", bytes: madeSdkBoot("1.7(5d6f877)") };

it("of two builds for one size of flash the one with the larger slots is for a chip of that size", () => {
  const chosen = (chipSize?: number) =>
    openPackage([boot, at("a", 0x30), at("b", 0x50)], chipSize === undefined ? {} : { chipSize }).linkedMap
      ?.name;
  expect([chosen(0x20_0000), chosen(0x40_0000), chosen()]).toEqual(["2MB-c1", "2MB-c1", "2MB"]);
});
