/**
 * Firmware as its makers ship it, for the demonstration's board.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { esp8266FlashParams, type FlashSize, isFlasherError, parseFlashSize } from "@flashwright/core";
import { fittingMaps, flashMap, mapCodeOf } from "@flashwright/core/maps";
import {
  type FirmwarePackage,
  openPackage,
  type PackageFile,
  resolveParts,
} from "@flashwright/core/packages";
import { readFolder } from "../arguments/package-files.js";
import type { FirmwareSet } from "./firmware-set.js";

/** Of the virtual board. */
const CHIP_SIZE = 0x40_0000;

/**
 * The firmware in a folder, at the places and with the header of the best map for a 4 MB chip. Where the folder lacks parts,
 * they are taken from the folders next to it that hold no firmware of their own: the vendor's archives keep boot loader,
 * init data and blank apart.
 * @throws FlasherError those of `readFolder` and `openPackage`
 */
export async function readFirmwareFolder(folder: string): Promise<FirmwareSet> {
  const path = resolve(folder);
  const name = basename(path);
  const own = await readInto(path);
  const alone = open(own, name);
  const opened = isWhole(alone) ? alone : open([...own, ...(await readCompanions(path))], name);
  const size = bestSize(opened);
  return {
    origin: `The firmware is real, from ${name}.`,
    images: resolveParts(opened, size.size),
    header: { size },
  };
}

function open(files: readonly PackageFile[], name: string): FirmwarePackage {
  return openPackage(files, { name, chipSize: CHIP_SIZE });
}

/** Whether boot loader, init data and blank are there, or nothing needs them. */
function isWhole({ findings }: FirmwarePackage): boolean {
  return !findings.some(({ code }) => code === "package-part-missing" || code === "package-needs-boot");
}

/** The files of a folder, with the folder's own name before theirs. */
async function readInto(folder: string): Promise<PackageFile[]> {
  const files = await readFolder(folder);
  return files.map(({ path, bytes }) => ({ path: `${basename(folder)}/${path}`, bytes }));
}

async function readCompanions(folder: string): Promise<PackageFile[]> {
  const parent = dirname(folder);
  const entries = await readdir(parent, { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== basename(folder));
  const lists = await Promise.all(others.map(({ name }) => readCompanion(join(parent, name))));
  return lists.flat();
}

/** The files of a folder that holds parts and no firmware; none of any other, whatever it is. */
async function readCompanion(folder: string): Promise<PackageFile[]> {
  try {
    const files = await readInto(folder);
    return holdsFirmware(files) ? [] : files;
  } catch (error) {
    // It belongs to somebody else: that it is too large or cannot be read says nothing of the firmware.
    if (isFlasherError(error)) return [];
    throw error;
  }
}

function holdsFirmware(files: readonly PackageFile[]): boolean {
  try {
    openPackage(files);
    return true;
  } catch (error) {
    if (isFlasherError(error, "package-not-recognised")) return false;
    throw error;
  }
}

/** The map that fits best; where the firmware's layout is not known, what it was linked for, or the chip's plain map. */
function bestSize({ firmware, linkedMap, parts }: FirmwarePackage): FlashSize {
  const main = parts.find(({ role }) => role === "user1" || role === "app");
  const end = main === undefined ? undefined : main.place.offset + main.bytes.length;
  const linked = linkedMap === undefined ? undefined : mapCodeOf(linkedMap);
  const [best] = fittingMaps(firmware, end, CHIP_SIZE, linked);
  const size = best === undefined ? linkedMap : flashMap(best.map);
  return size ?? parseFlashSize("4MB", esp8266FlashParams);
}
