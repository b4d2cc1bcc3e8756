/** Pairs of address and file, read before any port is opened. @module */
import { basename } from "node:path";
import { FlasherError, type ImageInput } from "@flashwright/core";
import { readBytes } from "../files.js";
import { parseNumber } from "./numbers.js";

/**
 * Reads `<address> <file> [<address> <file>...]`.
 * @throws FlasherError `pairs-odd`, `number-invalid`, `nothing-to-write`, `file-missing`, `file-unreadable`, `file-empty`
 */
export async function readImageFiles(pairs: readonly string[]): Promise<ImageInput[]> {
  if (pairs.length === 0) throw new FlasherError("nothing-to-write");
  const last = pairs.at(-1) as string;
  const offsets = pairs.filter((_, index) => index % 2 === 0).map((text) => parseNumber(text, "an address"));
  if (pairs.length % 2 !== 0) throw new FlasherError("pairs-odd", { last });
  const paths = pairs.filter((_, index) => index % 2 === 1);
  return Promise.all(paths.map((path, index) => readImageFile(offsets[index], path)));
}

async function readImageFile(offset: number, path: string): Promise<ImageInput> {
  const bytes = await readBytes(path);
  if (bytes.length === 0) throw new FlasherError("file-empty", { name: path });
  return { name: basename(path), offset, bytes };
}
