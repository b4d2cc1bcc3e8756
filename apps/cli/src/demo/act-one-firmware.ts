/**
 * Firmware for the first act: made, or as its makers ship it.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FlasherError, isFlasherError } from "@flashwright/core";
import { madeFiles, release2v09 } from "@flashwright/core/demo";
import { firmwareName } from "@flashwright/core/maps";
import {
  type FirmwarePackage,
  openPackage,
  type PackageFile,
  resolveParts,
} from "@flashwright/core/packages";
import { readFolder } from "../arguments/package-files.js";
import type { ActOneFirmware } from "./act-one.js";

/** Flash that the instructions for 512 KB describe. */
const MAP_SIZE = 0x8_0000;
const BUILD = "ESP8266_BOARD";

/** Espruino 2v09 in form and name, made here. */
export function madeActOne(): ActOneFirmware {
  const [boot, user1, phyInit, blank] = madeFiles(release2v09);
  return {
    origin: "(Its files are made for this: right in form and name, random in content.)",
    images: [
      { ...boot, offset: 0 },
      { ...user1, offset: 0x1000 },
      { ...phyInit, offset: 0x7c000 },
      { ...blank, offset: 0x7e000 },
    ],
  };
}

/**
 * Espruino for 512 KB from a folder, at the places that a map of 512 KB has for its parts. Where the folder lacks some, they
 * are taken from the folders next to it that hold no firmware of their own: the vendor's archives keep boot loader, init
 * data and blank apart.
 * @throws FlasherError `demo-not-espruino`; those of `readFolder` and `openPackage`
 */
export async function readActOne(folder: string): Promise<ActOneFirmware> {
  const path = resolve(folder);
  const name = basename(path);
  const own = await readInto(path);
  const alone = open(own, name);
  if (alone.firmware.build !== BUILD) {
    throw new FlasherError("demo-not-espruino", { name, found: firmwareName(alone.firmware) });
  }
  const opened = isWhole(alone) ? alone : open([...own, ...(await readCompanions(path))], name);
  return { origin: `(Its files are real, from ${name}.)`, images: resolveParts(opened, MAP_SIZE) };
}

function open(files: readonly PackageFile[], name: string): FirmwarePackage {
  return openPackage(files, { name });
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
