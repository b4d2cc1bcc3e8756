/** Releases for tests, made of firmware that is made. @module */
import {
  blankSector,
  type EspruinoBuild,
  madeSdkBoot,
  madeUserImage,
  phyInit,
} from "../../../../test/support/made-firmware.js";
import type { FirmwarePackage, PackageFile } from "./firmware-package.js";

/** Sizes of real releases: 2v09 for ESP8266_BOARD, 1v95 for ESP8266_4MB. */
const sizes: Readonly<Record<EspruinoBuild, number>> = { ESP8266_BOARD: 466_260, ESP8266_4MB: 509_332 };
const versions: Readonly<Record<EspruinoBuild, string>> = { ESP8266_BOARD: "2v09", ESP8266_4MB: "1v95" };

/** user1.bin or user2.bin of a build. */
export function userImage(build: EspruinoBuild, slot: 0 | 1 = 0, version = versions[build]): Uint8Array {
  return madeUserImage({ build, version, size: sizes[build], slot });
}

/** The files of an Espruino archive, in a folder if it is given one. */
export function espruinoFiles(build: EspruinoBuild, folder = "", version = versions[build]): PackageFile[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  return [
    { path: `${prefix}README_flash.txt`, bytes: ascii("See http://www.espruino.com/ESP8266_Flashing\n") },
    { path: `${prefix}blank.bin`, bytes: blankSector() },
    { path: `${prefix}boot_v1.6.bin`, bytes: madeSdkBoot("1.6") },
    { path: `${prefix}esp_init_data_default.bin`, bytes: phyInit() },
    { path: `${prefix}espruino_esp8266_user1.bin`, bytes: userImage(build, 0, version) },
    { path: `${prefix}espruino_esp8266_user2.bin`, bytes: userImage(build, 1, version) },
    { path: `${prefix}wiflash.sh`, bytes: ascii("#!/bin/bash\ncurl -s http://$1/flash/next\n") },
  ];
}

/** A combined file as makers put it together: filler, boot, user1, blank, init data. */
export function combinedImage(build: EspruinoBuild, size: number, fill: 0x00 | 0xff): Uint8Array {
  const bytes = new Uint8Array(size).fill(fill);
  bytes.set(madeSdkBoot("1.6"), 0);
  bytes.set(userImage(build), 0x1000);
  bytes.set(blankSector(), size - 0x2000);
  bytes.set(phyInit(), size - 0x4000);
  return bytes;
}

/** Text as bytes, one byte for each character. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** A package in a few lines: what a test compares. */
export function outline(opened: FirmwarePackage) {
  const { kind, firmware, linkedMap, parts } = opened;
  return {
    kind,
    firmware: [firmware.family, firmware.build, firmware.version]
      .filter((word) => word !== undefined)
      .join(" "),
    linked: linkedMap?.name,
    parts: parts.map(
      ({ name, role, place, bytes, spare }) =>
        `${place.from === "end" ? "-" : "+"}0x${place.offset.toString(16)} ${role} ${bytes.length}${spare ? " spare" : ""} ${name}`,
    ),
    findings: opened.findings.map(({ severity, code }) => `${severity} ${code}`),
  };
}
