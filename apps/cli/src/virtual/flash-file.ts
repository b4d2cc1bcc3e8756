/** A virtual board's flash in a file. @module */
import { FlasherError, isFlasherError } from "@flashwright/core";
import { readBytes, writeBytes } from "../files.js";

/** The file behind a virtual board's flash. */
export interface FlashFile {
  /** What the board starts with; shorter than its flash where the file was. */
  readonly content: Uint8Array;
  /** Writes the flash out, if it has changed since it was read or saved. @returns whether it was written */
  save(flash: Uint8Array): Promise<boolean>;
}

/**
 * Reads the file, or starts with a blank flash where there is none, which the first `save` makes.
 * @param flashSize bytes of the board's flash
 * @throws FlasherError `file-unreadable`, `flash-file-too-large`
 */
export async function openFlashFile(path: string, flashSize: number): Promise<FlashFile> {
  const found = await readIfThere(path);
  const content = found ?? new Uint8Array(0);
  if (content.length > flashSize) {
    throw new FlasherError("flash-file-too-large", { name: path, size: content.length, flashSize });
  }
  let saved: Uint8Array | undefined = found;
  return {
    content,
    async save(flash) {
      if (saved !== undefined && holdsSame(saved, flash)) return false;
      const copy = flash.slice();
      await writeBytes(path, copy);
      saved = copy;
      return true;
    },
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readBytes(path);
  } catch (error) {
    if (isFlasherError(error, "file-missing")) return undefined;
    throw error;
  }
}

function holdsSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0;
}
