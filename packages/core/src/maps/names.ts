/**
 * Names of flash parameters and firmware as people read them, in one spelling everywhere.
 *
 * @module
 */
import { cleanText } from "../boot/readable-text.js";
import { type FlashParams, type FlashSize, megabitsOf } from "../image/flash-params.js";
import type { FirmwareFamily, FirmwareId } from "./firmware-id.js";
import { flashMap } from "./flash-map.js";
import type { FlashLayout } from "./layout.js";

const FAMILIES: Readonly<Record<FirmwareFamily, string>> = {
  espruino: "Espruino",
  at: "Espressif AT",
  nonos: "NONOS SDK application",
  arduino: "Arduino core",
  tasmota: "Tasmota",
  esphome: "ESPHome",
  nodemcu: "NodeMCU",
  micropython: "MicroPython",
  rboot: "rBoot application",
  rtos: "RTOS SDK",
  unknown: "not recognised",
};

/** `Espruino 2v09, build ESP8266_BOARD`. */
export function firmwareName({ family, version, build }: FirmwareId): string {
  const named = version === undefined ? FAMILIES[family] : `${FAMILIES[family]} ${cleanText(version)}`;
  return build === undefined ? named : `${named}, build ${cleanText(build)}`;
}

/** `4MB-c1 = 32m-c1 = 32Mbit-C1, map 1024+1024`: one size in every tool's words. */
export function sizeInAllNames(size: FlashSize): string {
  return `${size.name} = ${size.megabitName} = ${size.guiName}, ${megabitsOf(size)} Mbit, map ${size.split}`;
}

/** `qio, 80m, 4MB-c1`; a code that no table has as its number. */
export function paramsName({ mode, freq, size, modeByte, sizeFreqByte }: FlashParams): string {
  const unknown = (code: number) => `unknown (${code})`;
  return [
    mode?.name ?? unknown(modeByte),
    freq?.name ?? unknown(sizeFreqByte & 0x0f),
    size?.name ?? unknown(sizeFreqByte >>> 4),
  ].join(", ");
}

const BOOT_LOADERS: Readonly<Record<string, string>> = {
  sdk: "the SDK's second boot",
  eboot: "Arduino's eboot, core",
  rboot: "rBoot",
};

/** `the SDK's second boot 1.6`. */
export function bootLoaderName({
  kind,
  version,
}: {
  readonly kind: string;
  readonly version: string;
}): string {
  return `${BOOT_LOADERS[kind] ?? kind} ${cleanText(version)}`;
}

/** `Espruino 2v09, build ESP8266_4MB under map 4MB-c1 (1024+1024)`. */
export function layoutTitle({ firmware, map }: FlashLayout): string {
  const size = map === undefined ? undefined : flashMap(map);
  return size === undefined
    ? firmwareName(firmware)
    : `${firmwareName(firmware)} under map ${size.name} (${size.split})`;
}
