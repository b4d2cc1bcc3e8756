/** Firmware packages from disk: the files that belong together, read for core to open. @module */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FlasherError, isFlasherError } from "@flashwright/core";
import { type FirmwarePackage, neededFiles, openPackage, type PackageFile } from "@flashwright/core/packages";
import type { PackageSummary } from "../cli-event.js";
import { listFolder, readBytes } from "../files.js";
import type { World } from "../world.js";
import { STDIN } from "./stdin.js";

/** Firmware comes in folders of a dozen files; more than this is a folder that somebody named by mistake. */
const MAX_FILES = 500;
const MAX_DEPTH = 3;
/** Together; unpacked archives have a bound of their own. */
const MAX_BYTES = 64 * 0x100000;

/** Files that belong together, read but not yet understood. */
export interface PackageSource {
  /**
   * @param flashSize bytes of the chip, to choose between several builds
   * @throws FlasherError those of `openPackage`
   */
  open(flashSize?: number): FirmwarePackage;
}

/**
 * Reads a package: a folder with what is in it, an archive, an image, or a manifest or batch file together with the files
 * that it names.
 * @param path `-` for standard input
 * @throws FlasherError `file-missing`, `file-unreadable`, `package-folder-too-large`, `package-path-unsafe`
 */
export async function readPackageSource(world: World, path: string): Promise<PackageSource> {
  const files = await readFiles(world, path);
  const name = path === STDIN ? files[0].path : basename(path.replace(/[/\\]+$/, "")) || path;
  return {
    open: (flashSize) =>
      openPackage(files, { name, ...(flashSize === undefined ? {} : { chipSize: flashSize }) }),
  };
}

/**
 * Reads a package of which the chip decides which build it is. What is none is refused before anybody connects.
 * @throws FlasherError those of `readPackageSource` and `openPackage`
 */
export async function readPackageForChip(world: World, path: string): Promise<PackageSource> {
  const source = await readPackageSource(world, path);
  source.open();
  return source;
}

/**
 * The package, where the chip does not decide which of its builds it is; `undefined` where it does and its size is not
 * known.
 * @throws FlasherError those of `openPackage`
 */
export function openForAnyChip(
  source: PackageSource,
  chipSize: number | undefined,
): FirmwarePackage | undefined {
  const firmware = source.open(chipSize);
  const hasChoice = firmware.findings.some(({ code }) => code === "package-several-builds");
  return hasChoice && chipSize === undefined ? undefined : firmware;
}

/** Reads and opens a package. @throws FlasherError those of `readPackageSource` and `openPackage` */
export async function readPackage(world: World, path: string): Promise<FirmwarePackage> {
  return (await readPackageSource(world, path)).open();
}

async function readFiles(world: World, path: string): Promise<PackageFile[]> {
  if (path === STDIN) return [{ path: "stdin", bytes: await world.readStdin() }];
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  return isFolder ? readFolder(path) : readWithSiblings(path);
}

async function readWithSiblings(path: string): Promise<PackageFile[]> {
  const file = { path: basename(path), bytes: await readBytes(path) };
  const siblings = await Promise.all(neededFiles(file).map((name) => readSibling(dirname(path), name)));
  return [file, ...siblings.filter((sibling) => sibling !== undefined)];
}

/** One that is missing is for core to report, which knows what it was needed for. */
async function readSibling(folder: string, name: string): Promise<PackageFile | undefined> {
  try {
    return { path: name, bytes: await readBytes(join(folder, name)) };
  } catch (error) {
    if (isFlasherError(error, "file-missing")) return undefined;
    throw error;
  }
}

/**
 * The files of a folder and those below it, for core to open.
 * @throws FlasherError `file-missing`, `file-unreadable`, `package-folder-too-large`
 */
export async function readFolder(folder: string): Promise<PackageFile[]> {
  const names = await listFiles(folder, "", 0);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (names.length > MAX_FILES || total > MAX_BYTES) {
    throw new FlasherError("package-folder-too-large", { name: folder, count: names.length, size: total });
  }
  return Promise.all(names.map(async (name) => ({ path: name, bytes: await readBytes(join(folder, name)) })));
}

/** Regular files below `folder`, with forward slashes; hidden ones and links are no part of a package. */
async function listFiles(folder: string, prefix: string, depth: number): Promise<string[]> {
  const names: string[] = [];
  for (const { name, kind } of await listFolder(join(folder, prefix))) {
    if (name.startsWith(".")) continue;
    const path = prefix === "" ? name : `${prefix}/${name}`;
    if (kind === "file") names.push(path);
    if (kind === "folder" && depth < MAX_DEPTH) names.push(...(await listFiles(folder, path, depth + 1)));
    // The caller refuses; there is no need to see the rest of somebody's disk.
    if (names.length > MAX_FILES) break;
  }
  return names;
}

/** A package without the bytes of its parts, for events. */
export function packageSummary({ parts, ...firmware }: FirmwarePackage): PackageSummary {
  return { ...firmware, parts: parts.map(({ bytes, ...part }) => ({ ...part, size: bytes.length })) };
}
