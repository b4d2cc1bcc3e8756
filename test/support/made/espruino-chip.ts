/** A whole chip with Espruino on it, as it was flashed and after it ran. @module */
import { type FlashParts, flashWith, mappedSize } from "./chip.js";
import {
  bootFlag,
  bootRecord,
  type MadeFile,
  type MadeWifi,
  recordReleaseOf,
  rfCal,
  saveArea,
  savedImageFile,
  sdkParams,
  storageArea,
  wifiBlock,
  wifiFile,
} from "./contents.js";
import { type EspruinoBuild, versionAtLeast } from "./espruino.js";
import { rfCalSector, savePlace, sdkTail, wifiSector } from "./espruino-places.js";
import { blankSector, madeSdkBoot, phyInit, type SdkBootVersion } from "./sdk-parts.js";

/** What is on the chip. */
export interface EspruinoChipOptions {
  readonly build: EspruinoBuild;
  readonly version: string;
  /** The image at 0x1000; a file of `madeUserImage`. */
  readonly user1: Uint8Array;
  /** Bytes 2 and 3 of the header at offset 0. */
  readonly mode?: number;
  readonly sizeFreq: number;
  readonly chipSize: number;
  readonly boot?: SdkBootVersion | Uint8Array;
  /** It ran: RF calibration and parameters of the SDK are there. */
  readonly ran?: boolean;
  /** Code was saved. */
  readonly saved?: { readonly bootCode?: string; readonly files?: readonly MadeFile[] };
  /** Wi-Fi settings were saved, where this release keeps them under this map. */
  readonly wifi?: MadeWifi;
}

/** The chip's content. What lies behind its end is left out, as a chip leaves it out. */
export function espruinoChip(options: EspruinoChipOptions): Uint8Array {
  const { chipSize } = options;
  const parts = [...flashed(options), ...(options.ran ? written(options) : []), ...stored(options)];
  return flashWith(
    parts.filter(({ offset, bytes }) => offset >= 0 && offset + bytes.length <= chipSize),
    chipSize,
  );
}

/** What a flasher writes, in its order. */
function flashed({ version, user1, mode = 0, sizeFreq, boot = "1.6" }: EspruinoChipOptions): FlashParts {
  const tail = sdkTail(mappedSize(sizeFreq >> 4));
  const bootBytes = typeof boot === "string" ? madeSdkBoot(boot, { mode, sizeFreq }) : boot;
  return [
    { offset: 0, bytes: bootBytes },
    { offset: 0x1000, bytes: user1 },
    { offset: tail.phyInit, bytes: wholeSector(phyInit(versionAtLeast(version, "2v00") ? 8 : 5)) },
    { offset: tail.paramsB, bytes: blankSector() },
  ];
}

/** What the SDK writes when it starts. */
function written({ version, sizeFreq, boot }: EspruinoChipOptions): FlashParts {
  const mapped = mappedSize(sizeFreq >> 4);
  const tail = sdkTail(mapped);
  const calibration = rfCalSector(version, mapped);
  const release = typeof boot === "object" ? recordReleaseOf(boot) : boot?.startsWith("1.7") ? 7 : 6;
  return [
    ...(calibration === undefined ? [] : [{ offset: calibration, bytes: rfCal() }]),
    { offset: tail.paramsA, bytes: sdkParams({ ssid: "", password: "" }, bootRecord(1, release)) },
    { offset: tail.bootFlag, bytes: bootFlag() },
  ];
}

/** What a person stores. */
function stored({ build, version, sizeFreq, saved, wifi }: EspruinoChipOptions): FlashParts {
  const parts: { offset: number; bytes: Uint8Array }[] = [];
  const place = savePlace(build, version);
  const sector = wifiSector(version, sizeFreq >> 4);
  const wifiFiles = wifi !== undefined && sector === undefined ? [wifiFile(wifi)] : [];
  if (place.form !== "raw") {
    const code = saved === undefined ? [] : [savedImageFile(), ...(saved.files ?? [])];
    const files = [...wifiFiles, ...code];
    parts.push({ offset: place.offset, bytes: storageArea(files, place.form, place.size) });
  } else if (saved !== undefined) {
    const bootCode = saved.bootCode === undefined ? {} : { bootCode: saved.bootCode };
    parts.push({
      offset: place.offset,
      bytes: saveArea({ size: place.size, address: place.offset, ...bootCode }),
    });
  }
  if (wifi !== undefined && sector !== undefined)
    parts.push({ offset: sector, bytes: wholeSector(wifiBlock(wifi)) });
  return parts;
}

/** Bytes in a sector that was erased for them. */
function wholeSector(bytes: Uint8Array): Uint8Array {
  const sector = blankSector();
  sector.set(bytes);
  return sector;
}
