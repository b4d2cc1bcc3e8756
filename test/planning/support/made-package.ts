/** Packages of made firmware, opened as a person's files are. @module */
import { type FirmwarePackage, openPackage } from "@flashwright/core/packages";
import { blankSector, madeAtImage, madeSdkBoot, phyInit } from "../../support/made-firmware.js";
import { type EspruinoRelease, madeRelease, releaseFiles } from "../../support/release-archives.js";

/** A made release of Espruino. */
export function madeEspruino(
  build: EspruinoRelease["build"],
  version: string,
  size?: number,
): FirmwarePackage {
  return openPackage(releaseFiles(madeRelease(build, version, size)), { name: `${build} ${version}` });
}

/** Espressif's AT firmware for two slots of a megabyte, on 2 MB. */
export function madeAt(boot = madeSdkBoot("1.7(5d6f877)")): FirmwarePackage {
  const files: [string, Uint8Array][] = [
    ["boot_v1.7.bin", boot],
    ["user1.2048.new.5.bin", madeAtImage()],
    ["user2.2048.new.5.bin", madeAtImage({ slot: 2 })],
    ["esp_init_data_default_v08.bin", phyInit(8)],
    ["blank.bin", blankSector()],
  ];
  return openPackage(
    files.map(([path, bytes]) => ({ path: `at/${path}`, bytes })),
    { name: "at" },
  );
}
