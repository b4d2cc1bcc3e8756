/**
 * Firmware as its makers ship it, recognised by the names of the files, with the places that a 4 MB flash map gives them.
 *
 * @module
 */
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { esp8266, FlasherError, type ImageInput, inspectEspImage } from "@flashwright/core";
import { readBytes } from "../files.js";
import { type FirmwareSet, sizeChoice } from "./firmware-set.js";

/** Places on a 4 MB chip, as the vendor's SDK and Espruino document them. */
const BOOT_OFFSET = 0;
const USER1_OFFSET = 0x1000;
const INIT_DATA_OFFSET = 0x3fc000;
const BLANK_OFFSET = 0x3fe000;
/** AT firmware for 1024+1024 maps keeps parameters of its own at the end of the first megabyte. */
const AT_BLANK_OFFSET = 0xfe000;

const USER1 = /user1\b.*\.bin$/i;
const BOOT = /^boot_v1\.\d.*\.bin$/i;
const INIT_DATA = /^esp_init_data_default.*\.bin$/i;
const BLANK = /^blank\.bin$/i;
const AT_USER1 = /^user1\.\d+\.new\.\d+\.bin$/i;

/**
 * Finds a set in a folder. What the folder lacks beside the user1 image is taken from the folders next to it: the
 * vendor's archives keep boot loader, init data and blank apart from the firmware.
 * @throws FlasherError `firmware-not-recognised`, `file-unreadable`
 */
export async function readFirmwareFolder(folder: string): Promise<FirmwareSet> {
  const own = await listFiles(folder);
  const [user1, another] = own.filter((path) => USER1.test(basename(path)));
  if (user1 === undefined) throw notRecognised(folder, "no file name has user1 in it");
  if (another !== undefined) {
    throw notRecognised(folder, `${basename(user1)} and ${basename(another)} are both user1 images`);
  }
  const near = [...own, ...(await listNeighbours(folder))];
  const boot = newest(near, BOOT);
  if (boot === undefined) throw notRecognised(folder, "the boot loader boot_v1.x.bin is missing");
  const image = await readImage(user1, USER1_OFFSET);
  const hasLargeSlots = splitOf(image.bytes) === "1024+1024";
  const images = [
    await readImage(boot, BOOT_OFFSET),
    image,
    ...(await readOptional(newest(near, INIT_DATA), INIT_DATA_OFFSET)),
    ...(hasLargeSlots && AT_USER1.test(basename(user1))
      ? await readOptional(newest(near, BLANK), AT_BLANK_OFFSET)
      : []),
    ...(await readOptional(newest(near, BLANK), BLANK_OFFSET)),
  ];
  return {
    origin: `The firmware is real, from ${basename(folder)}.`,
    images,
    header: sizeChoice(hasLargeSlots ? "4MB-c1" : "4MB"),
  };
}

/** How the firmware was built to split the flash, from the header inside of its update image. */
function splitOf(user1: Uint8Array): string | undefined {
  return inspectEspImage(user1, esp8266.image).header?.flashParams.size?.split;
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.sort().map((name) => join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw notRecognised(folder, code === "ENOENT" ? "there is no such folder" : "it cannot be listed");
  }
}

async function listNeighbours(folder: string): Promise<string[]> {
  const parent = dirname(join(folder, "."));
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== basename(folder));
  const lists = await Promise.all(folders.map(({ name }) => listFiles(join(parent, name)).catch(() => [])));
  return lists.flat();
}

/** The one with the highest version in its name, of the nearest folder that has any. */
function newest(paths: readonly string[], pattern: RegExp): string | undefined {
  const first = paths.find((path) => pattern.test(basename(path)));
  if (first === undefined) return undefined;
  return paths.filter((path) => dirname(path) === dirname(first) && pattern.test(basename(path))).at(-1);
}

async function readImage(path: string, offset: number): Promise<ImageInput> {
  return { name: basename(path), offset, bytes: await readBytes(path) };
}

async function readOptional(path: string | undefined, offset: number): Promise<ImageInput[]> {
  return path === undefined ? [] : [await readImage(path, offset)];
}

function notRecognised(folder: string, detail: string): FlasherError {
  return new FlasherError("firmware-not-recognised", { name: folder, detail });
}
