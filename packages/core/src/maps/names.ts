/**
 * Names of flash parameters and firmware as people read them, in one spelling everywhere.
 *
 * @module
 */
import { cleanText } from "../boot/readable-text.js";
import { type FlashParams, type FlashSize, megabitsOf } from "../image/flash-params.js";
import { isMessageCode, phrase } from "../messages/catalogue.js";
import type { FirmwareFamily, FirmwareId } from "./firmware-id.js";
import { flashMap } from "./flash-map.js";
import type { FlashLayout } from "./layout.js";

/** Proper names; the others have words of the catalogue in them. */
const FAMILIES = {
  espruino: "Espruino",
  at: "Espressif AT",
  arduino: "Arduino core",
  tasmota: "Tasmota",
  esphome: "ESPHome",
  nodemcu: "NodeMCU",
  micropython: "MicroPython",
  rtos: "RTOS SDK",
} as const satisfies Partial<Record<FirmwareFamily, string>>;

/** `Espruino 2v09, build ESP8266_BOARD`. */
export function firmwareName({ family, version, build }: FirmwareId): string {
  const name = familyName(family);
  const firmware = version === undefined ? name : `${name} ${cleanText(version)}`;
  return build === undefined ? firmware : phrase("name-with-build", { firmware, build: cleanText(build) });
}

function familyName(family: FirmwareFamily): string {
  return family in FAMILIES
    ? FAMILIES[family as keyof typeof FAMILIES]
    : phrase(`family-${family as Worded}`);
}

type Worded = Exclude<FirmwareFamily, keyof typeof FAMILIES>;

/** `4MB-c1 = 32m-c1 = 32Mbit-C1, 32 Mbit, map 1024+1024`: one size in every tool's words. */
export function sizeInAllNames(size: FlashSize): string {
  const { name, megabitName, guiName, split } = size;
  return phrase("name-size", { name, megabitName, guiName, megabits: megabitsOf(size), split });
}

/** `qio, 80m, 4MB-c1`; a code that no table has as its number. */
export function paramsName({ mode, freq, size, modeByte, sizeFreqByte }: FlashParams): string {
  const unknown = (code: number) => phrase("name-unknown", { code });
  return [
    mode?.name ?? unknown(modeByte),
    freq?.name ?? unknown(sizeFreqByte & 0x0f),
    size?.name ?? unknown(sizeFreqByte >>> 4),
  ].join(", ");
}

/** `the SDK's second boot 1.6`. */
export function bootLoaderName({
  kind,
  version,
}: {
  readonly kind: string;
  readonly version: string;
}): string {
  const code = `boot-loader-${kind}`;
  const params = { kind, version: cleanText(version) };
  return phrase(isMessageCode(code) ? code : "boot-loader-other", params);
}

/** `Espruino 2v09, build ESP8266_4MB under map 4MB-c1 (1024+1024)`. */
export function layoutTitle({ firmware, map }: FlashLayout): string {
  const name = firmwareName(firmware);
  const size = map === undefined ? undefined : flashMap(map);
  if (size === undefined) return name;
  return phrase("name-under-map", { firmware: name, size: size.name, split: size.split });
}
