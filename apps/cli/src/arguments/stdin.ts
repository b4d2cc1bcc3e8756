/** Files that may be standard input. @module */
import { readBytes } from "../files.js";
import type { World } from "../world.js";

/** Stands for standard input, as everywhere. */
export const STDIN = "-";

/** A whole file; of `-` all of standard input. @throws FlasherError `file-missing`, `file-unreadable` */
export async function readBytesOrStdin(world: World, path: string): Promise<Uint8Array> {
  return path === STDIN ? world.readStdin() : readBytes(path);
}
