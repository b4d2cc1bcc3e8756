/** Espruino for tests of commands: packages in folders, and the flash of boards that ran it. @module */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { espruinoChip } from "../../../../test/support/made/espruino-chip.js";
import {
  type EspruinoBuild,
  madeSdkBoot,
  madeUserImage,
  phyInit,
} from "../../../../test/support/made-firmware.js";
import { temporaryFolder } from "./files.fixture.js";

/** Sizes as of the real ones; nobody knows that of 2v09 for 4 MB. */
const SIZES: Readonly<Record<string, number>> = {
  "ESP8266_4MB 1v95": 509_332,
  "ESP8266_4MB 2v09": 560_004,
  "ESP8266_BOARD 2v09": 466_260,
};

/** The image of a release. */
export function user1Of(build: EspruinoBuild, version: string): Uint8Array {
  return madeUserImage({ build, version, size: SIZES[`${build} ${version}`] });
}

/** A folder as its makers' archive unpacks. @returns its path */
export function packageFolder(build: EspruinoBuild, version: string): string {
  const folder = temporaryFolder();
  writeRelease(folder.path("."), build, version);
  return folder.path(".");
}

/** A folder with the folders of several builds in it, as a release's ZIP unpacks. @returns its path */
export function releaseFolder(builds: readonly EspruinoBuild[], version: string): string {
  const folder = temporaryFolder();
  for (const build of builds) writeRelease(folder.path(build.toLowerCase()), build, version);
  return folder.path(".");
}

function writeRelease(folder: string, build: EspruinoBuild, version: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  write("boot_v1.6.bin", madeSdkBoot("1.6"));
  write("espruino_esp8266_user1.bin", user1Of(build, version));
  write("esp_init_data_default.bin", phyInit());
  write("blank.bin", new Uint8Array(0x1000).fill(0xff));
}

/** What was typed into the settings of every board here. */
export const SECRET = "correct horse battery";

/** The flash of an ESP-12F on which that release ran, with Wi-Fi settings and saved code. */
export function usedChip(
  build: EspruinoBuild,
  version: string,
  sizeFreq: number,
  { hasWifi = true }: { readonly hasWifi?: boolean } = {},
): Uint8Array {
  return espruinoChip({
    build,
    version,
    user1: user1Of(build, version),
    sizeFreq,
    chipSize: 0x400000,
    ran: true,
    saved: { bootCode: "print(1)" },
    ...(hasWifi ? { wifi: { ssid: "home", password: SECRET } } : {}),
  });
}
