/**
 * Where each release of Espruino keeps things in flash: literal offsets by release, build and map.
 *
 * The save area is a matter of the build alone, the Wi-Fi sector of the map alone, the sector for RF calibration of the
 * map since 1v98. In 1v88 to 1v97 a missing `break` made it 0x80000 under every map.
 *
 * @module
 */
import type { EspruinoBuild } from "./recognise.js";

/** A run of sectors. */
export interface Area {
  /** Flash offset in bytes. */
  readonly offset: number;
  readonly size: number;
}

const area = (offset: number, sectors: number): Area => ({ offset, size: sectors * 0x1000 });

/** Where `save()` puts its image and `E.setBootCode` its text up to 1v95; since 1v96 both are files in Storage. */
export function rawSaveArea({ board, release }: EspruinoBuild): Area | undefined {
  if (release >= 196) return undefined;
  if (board === "ESP8266_BOARD") return area(0x78000, 3);
  return release === 195 ? area(0x0eb000, 16) : area(0x3eb000, 16);
}

/** The Storage, which exists since 1v96. */
export function storageArea({ board, release }: EspruinoBuild): Area | undefined {
  if (release < 196) return undefined;
  if (board === "ESP8266_4MB") return area(0x0cb000, 48);
  return release < 198 ? area(0x78000, 3) : area(0x77000, 4);
}

/** Bytes of a file's header in Storage. */
export function storageHeaderSize({ release }: EspruinoBuild): 16 | 32 {
  return release < 205 ? 16 : 32;
}

/** The sector of the Wi-Fi settings in 1v84 to 1v97: before, the SDK kept them; since, they are a file in Storage. */
export function wifiSector({ release }: EspruinoBuild, mapCode: number): number | undefined {
  if (release < 184 || release >= 198) return undefined;
  if (mapCode !== 6 || release < 192) return 0x07b000;
  return release < 195 ? 0x3fb000 : 0x0fb000;
}

/**
 * The sector for RF calibration; none before 1v88. Maps that the firmware does not know get sector 0, which is the boot
 * loader's: what comes of it is UNCERTAIN on silicon, here it is erased.
 */
export function rfCalSector({ release }: EspruinoBuild, mapCode: number): number | undefined {
  if (release < 188) return undefined;
  if (release < 198) return 0x80000;
  const sectors: Readonly<Record<number, number>> = {
    0: 0x07b000,
    2: 0x0fb000,
    3: 0x1fb000,
    4: 0x3fb000,
    5: 0x1fb000,
    6: 0x3fb000,
  };
  return sectors[mapCode] ?? 0;
}
