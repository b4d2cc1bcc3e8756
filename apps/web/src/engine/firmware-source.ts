/** The firmware that somebody chose: read once, opened for whichever chip is there. @module */
import { FlasherError } from "@flashwright/core";
import { type FirmwarePackage, openPackage, type PackageFile } from "@flashwright/core/packages";
import { words } from "../words/words.js";
import { commandPackage } from "./command-line.js";
import type { NamedFile } from "./engine.js";

/** Firmware comes in folders of a dozen files; more than this is a folder that somebody dropped by mistake. */
const MAX_FILES = 500;
/** Together; unpacked archives have a bound of their own. */
const MAX_BYTES = 64 * 0x10_0000;

/** Files that belong together. */
export interface FirmwareSource {
  /**
   * @param flashSize bytes of the chip, to choose between several builds
   * @throws FlasherError those of `openPackage`
   */
  open(flashSize?: number): FirmwarePackage;
}

/**
 * Reads files, and a command line that says where they go.
 * @throws FlasherError `package-folder-too-large`; those of `commandPackage`
 */
export async function readFirmware(
  files: readonly NamedFile[],
  commandLine: string,
): Promise<FirmwareSource> {
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  const name = nameOf(files);
  if (files.length > MAX_FILES || size > MAX_BYTES) {
    throw new FlasherError("package-folder-too-large", { name, count: files.length, size });
  }
  const read = await Promise.all(
    files.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  if (commandLine.trim() === "") return firmwareOf(read, name);
  return firmwareOf(commandPackage(commandLine, read), name);
}

/** The same for files that were read already. */
export function firmwareOf(files: readonly PackageFile[], name: string): FirmwareSource {
  return {
    open: (flashSize) =>
      openPackage(files, { name, ...(flashSize === undefined ? {} : { chipSize: flashSize }) }),
  };
}

/** The one file's name, or that of the folder that they share. */
function nameOf(files: readonly NamedFile[]): string {
  const [first] = files;
  if (first === undefined) return words.firmware.commandLine;
  const folder = first.path.split("/")[0]!;
  const isShared = first.path.includes("/") && files.every(({ path }) => path.startsWith(`${folder}/`));
  return files.length === 1 || isShared ? folder : words.firmware.severalFiles(files.length);
}
