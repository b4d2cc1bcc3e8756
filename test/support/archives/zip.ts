/** A minimal writer of ZIP archives, for tests. @module */
import { deflateRawSync } from "node:zlib";
import { ascii, concat } from "../made/filler.js";
import { crc32Of } from "../made/image-format.js";

/** A file in an archive. */
export interface ArchiveFile {
  /** With forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Entry {
  readonly local: Uint8Array;
  readonly central: (offset: number) => Uint8Array;
}

/** A `.zip`: deflated, or stored as it is. */
export function makeZip(files: readonly ArchiveFile[], options: { store?: boolean } = {}): Uint8Array {
  const entries = files.map((file) => entryOf(file, options.store === true));
  let offset = 0;
  const central = entries.map((entry) => {
    const record = entry.central(offset);
    offset += entry.local.length;
    return record;
  });
  const directory = concat(...central);
  const end = concat(
    ascii("PK\x05\x06"),
    le(2, 0, 0, entries.length, entries.length),
    le(4, directory.length, offset),
    le(2, 0),
  );
  return concat(...entries.map(({ local }) => local), directory, end);
}

/** Midnight of 22 March 2018 in the form of DOS. */
const MODIFIED = [0, ((2018 - 1980) << 9) | (3 << 5) | 22] as const;

function entryOf({ path, bytes }: ArchiveFile, store: boolean): Entry {
  const data = store ? bytes : new Uint8Array(deflateRawSync(bytes));
  const name = ascii(path);
  const facts = concat(
    le(2, 20, 0, store ? 0 : 8, ...MODIFIED),
    le(4, crc32Of(bytes), data.length, bytes.length),
    le(2, name.length, 0),
  );
  return {
    local: concat(ascii("PK\x03\x04"), facts, name, data),
    central: (offset) =>
      concat(ascii("PK\x01\x02"), le(2, 20), facts, le(2, 0, 0, 0), le(4, 0, offset), name),
  };
}

/** Numbers of so many bytes each, little-endian. */
function le(width: 2 | 4, ...values: readonly number[]): Uint8Array {
  return Uint8Array.from(
    values.flatMap((value) => [0, 8, 16, 24].slice(0, width).map((shift) => value >>> shift)),
  );
}
