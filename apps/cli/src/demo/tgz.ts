/** A firmware archive as makers publish it, for a command to open. @module */
import { gzipSync } from "node:zlib";
import type { DemoFile } from "@flashwright/core/demo";

const BLOCK = 512;

/** A `.tgz` (ustar) with those files in one folder. */
export function makeTgz(folder: string, files: readonly DemoFile[]): Uint8Array {
  const entries = files.flatMap(({ name, bytes }) => [
    header(`${folder}/${name}`, bytes.length),
    bytes,
    new Uint8Array(-bytes.length & (BLOCK - 1)),
  ]);
  return new Uint8Array(gzipSync(Buffer.concat([...entries, new Uint8Array(2 * BLOCK)])));
}

/** The header of a plain file; its checksum is taken with blanks in its own place. */
function header(path: string, size: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(path, 0, "latin1");
  block.write(octal(0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}
