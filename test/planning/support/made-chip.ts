/** Chips that were in use: a firmware with what it stored, at the places that its makers give. @module */

import { noise } from "../../support/content.js";
import {
  bootFlag,
  bootRecord,
  flashWith,
  madeAtImage,
  madeSdkBoot,
  phyInit,
  rfCal,
  saveArea,
  savedImageFile,
  sdkParams,
  storageArea,
  wifiBlock,
  wifiFile,
} from "../../support/made-firmware.js";
import { madeRelease } from "../../support/release-archives.js";

type Part = { readonly offset: number; readonly bytes: Uint8Array };
type Build = "ESP8266_BOARD" | "ESP8266_4MB";

const wifi = { ssid: "home", password: "secret12" };
const files = [{ name: "main.js", content: "print(1)\n" }, wifiFile(wifi), savedImageFile()];

/** Where a build stored things, in the versions that the tests use. */
const stored: Readonly<Record<string, () => Part[]>> = {
  "ESP8266_BOARD 1v95": () => [
    { offset: 0x77000, bytes: noise(0x1000, 7) },
    { offset: 0x78000, bytes: saveArea({ size: 0x3000, address: 0x78000, bootCode: "main()" }) },
    { offset: 0x7b000, bytes: wifiBlock(wifi) },
  ],
  "ESP8266_4MB 1v95": () => [
    { offset: 0xeb000, bytes: saveArea({ size: 0x10000, address: 0xeb000, bootCode: "main()" }) },
    { offset: 0xfb000, bytes: wifiBlock(wifi) },
  ],
  "ESP8266_BOARD 2v04": () => [{ offset: 0x77000, bytes: storageArea(files, 16, 0x4000) }],
  "ESP8266_4MB 2v04": () => [{ offset: 0xcb000, bytes: storageArea(files, 16, 0x30000) }],
  "ESP8266_BOARD 2v09": () => [{ offset: 0x77000, bytes: storageArea(files, 32, 0x4000) }],
  "ESP8266_4MB 2v09": () => [{ offset: 0xcb000, bytes: storageArea(files, 32, 0x30000) }],
};

/** Espruino in use on a chip of `flashSize` bytes, under the map that `sizeFreq` names for `mapSize` bytes. */
export function espruinoChip(
  build: Build,
  version: string,
  options: { sizeFreq: number; mapSize: number; flashSize?: number; size?: number },
): Uint8Array {
  const { sizeFreq, mapSize, flashSize = 0x400000, size } = options;
  const release = madeRelease(build, version, size);
  const isOld = version.startsWith("1");
  return flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.6", { mode: 2, sizeFreq }) },
      { offset: 0x1000, bytes: release.user1 },
      ...stored[`${build} ${version}`]!(),
      ...calibration(isOld ? 0x80000 : mapSize - 0x5000, flashSize),
      ...tail(mapSize, release.phyInit),
    ],
    flashSize,
  );
}

/** AT in use on 4 MB, flashed for 2 MB. */
export function atChip(flashSize = 0x400000): Uint8Array {
  return flashWith(
    [
      { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { mode: 2, sizeFreq: 0x50 }) },
      { offset: 0x1000, bytes: madeAtImage() },
      { offset: 0xfd000, bytes: noise(0x400, 9) },
      { offset: 0x1fb000, bytes: rfCal() },
      ...tail(0x200000, phyInit(8), 7),
    ],
    flashSize,
  );
}

/** Releases of the years 2016 to 2018 put it behind the end of a chip of 512 KB, where nothing is. */
function calibration(offset: number, flashSize: number): Part[] {
  return offset < flashSize ? [{ offset, bytes: rfCal() }] : [];
}

function tail(mapSize: number, init: Uint8Array, release: 6 | 7 = 6): Part[] {
  return [
    { offset: mapSize - 0x4000, bytes: init },
    { offset: mapSize - 0x3000, bytes: sdkParams(wifi, bootRecord(1, release)) },
    { offset: mapSize - 0x1000, bytes: bootFlag() },
  ];
}
