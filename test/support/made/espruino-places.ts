/** Where Espruino keeps what, by build, release and flash map, as its sources say; not taken from core's layouts. @module */
import { type EspruinoBuild, versionAtLeast } from "./espruino.js";

/** Bytes in flash. */
export interface Place {
  readonly offset: number;
  readonly size: number;
}

/** Where saved code and files are, and in which form: a RAM image, or Storage with headers of 16 or 32 bytes. */
export function savePlace(build: EspruinoBuild, version: string): Place & { readonly form: "raw" | 16 | 32 } {
  const form = !versionAtLeast(version, "1v96") ? "raw" : versionAtLeast(version, "2v05") ? 32 : 16;
  if (build === "ESP8266_BOARD") {
    const old = !versionAtLeast(version, "1v98");
    return { offset: old ? 0x78000 : 0x77000, size: old ? 0x3000 : 0x4000, form };
  }
  if (!versionAtLeast(version, "1v95")) return { offset: 0x3eb000, size: 0x10000, form };
  if (version === "1v95") return { offset: 0xeb000, size: 0x10000, form };
  return { offset: 0xcb000, size: 0x30000, form };
}

/** Where `wifi.save()` writes up to 1v97; `undefined` since 1v98, which has a file in Storage. */
export function wifiSector(version: string, map: number): number | undefined {
  if (versionAtLeast(version, "1v98")) return undefined;
  if (map !== 6 || !versionAtLeast(version, "1v92")) return 0x7b000;
  return versionAtLeast(version, "1v95") ? 0xfb000 : 0x3fb000;
}

/** The calibration sector: sector 128 whatever the map from 1v88 to 1v97, the fifth from the end since. */
export function rfCalSector(version: string, mapped: number): number | undefined {
  if (!versionAtLeast(version, "1v88")) return undefined;
  return versionAtLeast(version, "1v98") ? mapped - 0x5000 : 0x80000;
}

/** Sectors of the SDK at the end of what the map describes. */
export function sdkTail(mapped: number) {
  return {
    phyInit: mapped - 0x4000,
    paramsA: mapped - 0x3000,
    paramsB: mapped - 0x2000,
    bootFlag: mapped - 0x1000,
  };
}
