/** A minimal writer of ustar archives, for tests: plain files and the folder that holds them. @module */
import { gzipSync } from "node:zlib";
import { ascii, concat } from "../made/filler.js";
import type { ArchiveFile } from "./zip.js";

const BLOCK = 512;
/** 22 March 2018, so that the same files make the same archive. */
const MODIFIED = 1_521_676_800;

/** A `.tgz` with an entry for each folder on the way, as GNU tar packs a folder. */
export function makeTgz(files: readonly ArchiveFile[]): Uint8Array {
  return new Uint8Array(gzipSync(makeTar(files)));
}

/** The same without compression. */
export function makeTar(files: readonly ArchiveFile[]): Uint8Array {
  const folders = [...new Set(files.flatMap(({ path }) => foldersOf(path)))].sort();
  const entries = [
    ...folders.map((path) => header({ path, size: 0, mode: 0o755, type: "5" })),
    ...files.flatMap(({ path, bytes }) => [
      header({ path, size: bytes.length, mode: 0o644, type: "0" }),
      bytes,
      new Uint8Array(-bytes.length & (BLOCK - 1)),
    ]),
  ];
  return concat(...entries, new Uint8Array(2 * BLOCK));
}

/** `a/b/c.bin` lies in `a/` and `a/b/`. */
function foldersOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));
}

function header(entry: { path: string; size: number; mode: number; type: string }): Uint8Array {
  const block = new Uint8Array(BLOCK);
  if (entry.path.length > 100) throw new Error(`${entry.path}: longer than a ustar name`);
  const octal = (value: number, digits: number) => ascii(`${value.toString(8).padStart(digits, "0")}\0`);
  block.set(ascii(entry.path));
  block.set(octal(entry.mode, 7), 100);
  block.set(octal(0, 7), 108);
  block.set(octal(0, 7), 116);
  block.set(octal(entry.size, 11), 124);
  block.set(octal(MODIFIED, 11), 136);
  block.set(ascii("        "), 148);
  block.set(ascii(entry.type), 156);
  block.set(ascii("ustar\x0000"), 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(ascii(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return block;
}
