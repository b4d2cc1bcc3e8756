/** Files for tests of commands. @module */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder that goes with the tests of the file that asked for it. */
export function temporaryFolder(): {
  path(name: string): string;
  write(name: string, bytes: Uint8Array): string;
} {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  return {
    path,
    write(name, bytes) {
      writeFileSync(path(name), bytes);
      return path(name);
    },
  };
}

/** Bytes that look like nothing in particular and differ by `seed`. */
export function sampleBytes(size: number, seed = 1): Uint8Array {
  return Uint8Array.from(
    { length: size },
    (_, index) => (index * 31 + (index >> 7) * 17 + seed * 101) & 0xff,
  );
}
