/**
 * Espruino's releases for the ESP8266 as their makers publish them, put together in memory from real or made files: folder,
 * `.tgz`, `.zip` and the combined files for a whole chip.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTgz } from "./archives/tar.js";
import { type ArchiveFile, makeZip } from "./archives/zip.js";
import { type EspruinoBuild, madeUserImage, versionAtLeast } from "./made/espruino.js";
import { ascii } from "./made/filler.js";
import { blankSector, madeSdkBoot, phyInit } from "./made/sdk-parts.js";
import { realFirmware } from "./real-firmware.js";
import { flashingReadme } from "./release-readme.js";

/** What a release for one board consists of. */
export interface EspruinoRelease {
  readonly build: EspruinoBuild;
  readonly version: string;
  readonly user1: Uint8Array;
  readonly user2: Uint8Array;
  readonly boot: Uint8Array;
  readonly phyInit: Uint8Array;
  readonly blank: Uint8Array;
}

/** Bytes of user1 where somebody wrote them down, else of about the right size for the build. */
function usualSize(build: EspruinoBuild, version: string): number {
  if (build === "ESP8266_BOARD") return version === "2v09" ? 466_260 : 459_620;
  if (!versionAtLeast(version, "1v95")) return 497_492;
  return version === "1v95" ? 509_332 : versionAtLeast(version, "2v00") ? 700_004 : 513_044;
}

/** A release of made files. */
export function madeRelease(
  build: EspruinoBuild,
  version: string,
  size = usualSize(build, version),
): EspruinoRelease {
  return {
    build,
    version,
    user1: madeUserImage({ build, version, size }),
    user2: madeUserImage({ build, version, size, slot: 1 }),
    boot: madeSdkBoot("1.6"),
    phyInit: phyInit(versionAtLeast(version, "2v00") ? 8 : 5),
    blank: blankSector(),
  };
}

/** The real 2v09 for ESP8266_BOARD, in a suite of `describeWith(["firmware"], ...)`; only its user2 is made. */
export function realRelease(): EspruinoRelease {
  return {
    ...madeRelease("ESP8266_BOARD", "2v09"),
    user1: realFirmware("espruinoUser1"),
    boot: realFirmware("boot16"),
    phyInit: realFirmware("espruinoPhyInit"),
    blank: realFirmware("blank"),
  };
}

/** `espruino_1v95_esp8266_4mb`: name of the archive and of the folder in it. */
export function releaseName({ build, version }: EspruinoRelease): string {
  return `espruino_${version}_esp8266${build === "ESP8266_4MB" ? "_4mb" : ""}`;
}

/** The files of a release in their folder. */
export function releaseFiles(release: EspruinoRelease): ArchiveFile[] {
  const files: [string, Uint8Array][] = [
    ["README_flash.txt", ascii(flashingReadme(release.version))],
    ["blank.bin", release.blank],
    ["boot_v1.6.bin", release.boot],
    ["esp_init_data_default.bin", release.phyInit],
    ["espruino_esp8266_user1.bin", release.user1],
    ["espruino_esp8266_user2.bin", release.user2],
    ["wiflash.sh", ascii("#!/bin/bash\n# Sends user1 or user2 to a board over the network.\n")],
  ];
  return files.map(([name, bytes]) => ({ path: `${releaseName(release)}/${name}`, bytes }));
}

/** `espruino_<version>_esp8266[_4mb].tgz`. */
export function releaseTgz(release: EspruinoRelease): Uint8Array {
  return makeTgz(releaseFiles(release));
}

/** `espruino_<version>.zip`: the folders of all boards, and their combined files. */
export function releaseZip(releases: readonly EspruinoRelease[]): Uint8Array {
  return makeZip(
    releases.flatMap((release) => [
      ...releaseFiles(release),
      { path: combinedName(release), bytes: combinedImage(release) },
    ]),
  );
}

/** Writes files into a folder on disk. */
export function writeFiles(folder: string, files: readonly ArchiveFile[]): void {
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** `…_combined_512.bin`, `…_4mb_combined_4096.bin`. */
export function combinedName(release: EspruinoRelease): string {
  return `${releaseName(release)}_combined_${combinedSize(release) / 1024}.bin`;
}

function combinedSize({ build }: EspruinoRelease): number {
  return build === "ESP8266_4MB" ? 0x400000 : 0x80000;
}

/**
 * One file for the whole chip, its header as shipped: QIO, 512KB, 40 MHz.
 * @param fill what lies between the parts: 0x00 since 1v92, where a script meant 0xFF; 0xFF before
 */
export function combinedImage(
  release: EspruinoRelease,
  fill: 0x00 | 0xff = versionAtLeast(release.version, "1v92") ? 0x00 : 0xff,
): Uint8Array {
  const size = combinedSize(release);
  const image = new Uint8Array(size).fill(fill);
  image.set(release.boot);
  image.set(release.user1, 0x1000);
  image.set(release.blank, size - 0x2000);
  image.set(release.phyInit, size - 0x4000);
  return image;
}
