/**
 * Who an application in flash is, from the parts of it that name it.
 *
 * @module
 */
import { readHalf, readWord } from "../../bytes.js";
import type { Region } from "../../flash/region.js";
import type { FlashParams } from "../../image/flash-params.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import type { BootLoaderId } from "../../packages/identify/boot-loader.js";
import {
  type FirmwarePiece,
  type Identification,
  identifyPieces,
} from "../../packages/identify/identify-text.js";
import type { FlashView } from "../sources/flash-view.js";
import type { ImageWalk } from "./image-walk.js";

/** Bytes of an application that are read for its texts: constants and data that the boot copies to RAM. */
const TEXT_LIMIT = 0x5000;
const TEXT_MEMORY = "DRAM";
const MICROPYTHON_SIZE = 0x8ffc;
const PARTITION_TABLE = 0x8000;
const PARTITION_MAGIC = 0x50aa;

/**
 * Reads what an image copies to data memory, at most `TEXT_LIMIT` bytes, and looks for names in it. Where its headers break
 * off, what lies behind them is read in place of it.
 */
export async function identifyWalk(view: FlashView, walk: ImageWalk): Promise<Identification> {
  const pieces: FirmwarePiece[] = [];
  let left = TEXT_LIMIT;
  for (const { offset, size: whole } of textRegions(view, walk)) {
    const size = Math.min(whole, left);
    if (size === 0 || !view.affords({ readBytes: size + 8 })) continue;
    pieces.push({ offset, bytes: await view.read({ offset, size }) });
    left -= size;
  }
  const found = identifyPieces(pieces);
  return { ...found, firmware: withBuild(found.firmware, walk.params) };
}

function textRegions(view: FlashView, { segments, end, reach }: ImageWalk): Region[] {
  const data = segments.filter(({ memory }) => memory === TEXT_MEMORY);
  return end === undefined ? [...data, view.clip({ offset: reach, size: TEXT_LIMIT })] : data;
}

/** Espruino's build follows from the map in the inner header where its name was not met. Map 6 is linked for nothing else. */
export function withBuild(firmware: FirmwareId, params: FlashParams | undefined): FirmwareId {
  if (firmware.family !== FirmwareFamily.espruino || firmware.build !== undefined) return firmware;
  if (params?.size?.name === "4MB-c1") return { ...firmware, build: "ESP8266_4MB" };
  return params?.size?.name === "512KB" ? { ...firmware, build: "ESP8266_BOARD" } : firmware;
}

/**
 * The firmware that starts, where its texts alone do not tell: by its boot loader, or by where it keeps its parts.
 * @param found what its texts told
 */
export async function identifyByPlace(
  view: FlashView,
  found: Identification,
  bootLoader: BootLoaderId | undefined,
): Promise<Identification> {
  const { family } = found.firmware;
  if (family !== FirmwareFamily.unknown && family !== FirmwareFamily.nonos) return found;
  const named = (firmware: FirmwareId, certainty: Certainty): Identification => ({
    firmware,
    certainty,
    evidence: [...(bootLoader?.evidence ?? []), ...found.evidence],
  });
  if (bootLoader?.kind === "eboot") return named(arduino(bootLoader), Certainty.source);
  if (bootLoader?.kind === "rboot") {
    return named({ family: FirmwareFamily.rboot, version: bootLoader.version }, Certainty.source);
  }
  if (bootLoader?.kind === "sdk") return named({ family: FirmwareFamily.nonos }, Certainty.derived);
  if (await hasPartitionTable(view)) return named({ family: FirmwareFamily.rtos }, Certainty.general);
  if ((await micropythonSize(view)) !== undefined) {
    return named({ family: FirmwareFamily.micropython }, Certainty.derived);
  }
  return found;
}

function arduino({ version }: BootLoaderId): FirmwareId {
  const family = FirmwareFamily.arduino;
  return /^\d\.\d\.\d$/.test(version) ? { family, version } : { family };
}

async function hasPartitionTable(view: FlashView): Promise<boolean> {
  const entry = await view.read({ offset: PARTITION_TABLE, size: 4 });
  return entry.length === 4 && readHalf(entry, 0) === PARTITION_MAGIC;
}

/**
 * Bytes of a MicroPython image, an MD5 of which, from its fifth byte on, follows it. Its size stands where its code begins.
 * `undefined` where no such number is there.
 */
export async function micropythonSize(view: FlashView): Promise<number | undefined> {
  const word = await view.read({ offset: MICROPYTHON_SIZE, size: 4 });
  const size = word.length === 4 ? readWord(word, 0) : 0;
  return size > MICROPYTHON_SIZE + 4 && size % 4 === 0 && size + 16 <= Math.min(view.size, 0x10_0000)
    ? size
    : undefined;
}
