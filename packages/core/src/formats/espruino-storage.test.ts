import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { words } from "../bytes.js";
import { isWifiSettings, readStorage, StorageFlag, StorageFormat, storageData } from "./espruino-storage.js";
import { withoutStorageFiles } from "./without-file.js";

const SECTOR = 0x1000;
const encoder = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const SECRET = '{"ssid":"attic","password":"do not print me"}';

/** Bytes put into a blank area, as pairs of offset and bytes. */
function area(sectors: number, ...parts: [number, Uint8Array][]): Uint8Array {
  const bytes = new Uint8Array(sectors * SECTOR).fill(0xff);
  for (const [offset, part] of parts) bytes.set(part, offset);
  return bytes;
}

function header16(word: number, life: number, name: string): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(words(word, life));
  bytes.set(encoder(name), 8);
  return bytes;
}

function header32(word: number, name: string): Uint8Array {
  const bytes = new Uint8Array(32);
  bytes.set(words(word));
  bytes.set(encoder(name), 4);
  return bytes;
}

const newer = area(
  4,
  [0, header32(5, "a.js")],
  [32, encoder("1+1;\n")],
  [40, header32(SECRET.length, "\0\0\0\0icfg")],
  [72, encoder(SECRET)],
  [120, header32(0x8000_0000 + 0x1800, ".varimg")],
  [152, new Uint8Array(0x1800).fill(0x11)],
  [0x1898, header32(SECRET.length, ".wificfg")],
  [0x18b8, encoder(SECRET)],
  [0x2000, header32(0x4000_0002, "log\x01")],
  [0x2020, encoder("ok")],
);

const older = area(
  3,
  [0, header16(SECRET.length, 0, ".wificfg")],
  [16, encoder(SECRET)],
  [64, header16(SECRET.length, 0xffff_ffff, ".wificfg")],
  [80, encoder(SECRET)],
  [128, header16(2, 0xffff_ffff, "b")],
  [144, encoder("hi")],
);

describe("reading Storage", () => {
  it("knows no file that would reach over the end", () => {
    const fits = area(1, [0, header32(SECTOR - 32, "all.bin")], [32, new Uint8Array(SECTOR - 32)]);
    const over = area(1, [0, header32(SECTOR - 31, "all.bin")], [32, new Uint8Array(SECTOR - 32)]);
    expect(readStorage(fits, "espruino-storage-32").files.map(({ size }) => size)).toEqual([SECTOR - 32]);
    expect(readStorage(over, "espruino-storage-32")).toMatchObject({
      state: "damaged",
      damagedAt: 0,
      files: [],
    });
  });

  it("finds files with headers of 32 bytes, across sectors and behind a gap at a sector's end", () => {
    expect(readStorage(newer)).toEqual({
      state: "files",
      format: "espruino-storage-32",
      damagedAt: undefined,
      files: [
        { name: "a.js", offset: 0, dataOffset: 32, size: 5, flags: 0, deleted: false },
        { name: "????icfg", offset: 40, dataOffset: 72, size: 45, flags: 0, deleted: true },
        { name: ".varimg", offset: 120, dataOffset: 152, size: 0x1800, flags: 0x80, deleted: false },
        { name: ".wificfg", offset: 0x1898, dataOffset: 0x18b8, size: 45, flags: 0, deleted: false },
        { name: "log\x01", offset: 0x2000, dataOffset: 0x2020, size: 2, flags: 0x40, deleted: false },
      ],
    });
    expect(StorageFlag).toEqual({ chunk: 0x40, compressed: 0x80 });
  });

  it("finds files with headers of 16 bytes", () => {
    expect(readStorage(older)).toEqual({
      state: "files",
      format: "espruino-storage-16",
      damagedAt: undefined,
      files: [
        { name: ".wificfg", offset: 0, dataOffset: 16, size: 45, flags: 0, deleted: true },
        { name: ".wificfg", offset: 64, dataOffset: 80, size: 45, flags: 0, deleted: false },
        { name: "b", offset: 128, dataOffset: 144, size: 2, flags: 0, deleted: false },
      ],
    });
  });

  it("gives a file's data, and knows the settings of Wi-Fi by name, living or deleted", () => {
    const { files } = readStorage(newer);
    expect(storageData(newer, files[0])).toEqual(encoder("1+1;\n"));
    expect(files.map(isWifiSettings)).toEqual([false, true, false, true, false]);
    expect(readStorage(older).files.map(isWifiSettings)).toEqual([true, true, false]);
  });

  it("tells blank and zero-filled areas from one with files", () => {
    const none = { format: undefined, files: [], damagedAt: undefined };
    expect(readStorage(area(4))).toEqual({ state: "blank", ...none });
    expect(readStorage(new Uint8Array(4 * SECTOR))).toEqual({ state: "zeros", ...none });
    expect(readStorage(new Uint8Array(0))).toEqual({ state: "blank", ...none });
  });

  it("names where bytes belong to no file, and finds those behind in the next sector", () => {
    const cut = area(
      2,
      [0, header32(0x12345, "big")],
      [SECTOR, header32(1, "c")],
      [SECTOR + 32, encoder("x")],
    );
    expect(readStorage(cut)).toEqual({
      state: "damaged",
      format: "espruino-storage-32",
      damagedAt: 0,
      files: [{ name: "c", offset: SECTOR, dataOffset: SECTOR + 32, size: 1, flags: 0, deleted: false }],
    });
  });

  it("finds nothing where the format is another than the version's", () => {
    expect(readStorage(older, StorageFormat.header32)).toMatchObject({ state: "damaged", damagedAt: 80 });
    expect(readStorage(newer, StorageFormat.header16)).toMatchObject({ state: "damaged", damagedAt: 0 });
  });

  it("takes code for damaged, without a format", () => {
    const code = Uint8Array.from({ length: 2 * SECTOR }, (_, i) => (i * 73 + 41) & 0xff);
    expect(readStorage(code)).toMatchObject({ state: "damaged", format: undefined, damagedAt: 0, files: [] });
  });

  it("survives any bytes, and never gives a file that lies outside", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(2 * SECTOR), (noise, at) => {
        const bytes = area(2);
        bytes.set(noise.subarray(0, bytes.length - at), at);
        let end = 0;
        for (const file of readStorage(bytes).files) {
          expect(file.offset).toBeGreaterThanOrEqual(end);
          end = file.dataOffset + file.size;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe("Storage without a file", () => {
  it.each([
    ["32", newer],
    ["16", older],
  ])("has no byte of the settings left, nor of deleted versions, with headers of %s bytes", (_, before) => {
    const copy = before.slice();
    const { area: after, removed } = withoutStorageFiles(before, [".wificfg"]);
    expect(before).toEqual(copy);
    expect(removed.map(({ name }) => name)).toEqual([".wificfg"]);
    expect(Buffer.from(before).includes("do not print me")).toBe(true);
    expect(Buffer.from(after).includes("do not print me")).toBe(false);
    expect(Buffer.from(after).includes("attic")).toBe(false);
    expect(readStorage(after).state).toBe("files");
  });

  it("keeps every other file, byte for byte", () => {
    const { area: after } = withoutStorageFiles(newer, [".wificfg"]);
    const living = (bytes: Uint8Array) =>
      readStorage(bytes)
        .files.filter((file) => !file.deleted)
        .map((file) => [file, storageData(bytes, file)]);
    expect(living(after)).toEqual(
      living(newer).filter(([file]) => !("name" in file) || file.name !== ".wificfg"),
    );
  });

  it("only clears bits, as the firmware deletes", () => {
    const { area: after } = withoutStorageFiles(newer, [".wificfg"]);
    expect(after.every((byte, i) => (byte & newer[i]) === byte)).toBe(true);
  });

  it("says that there was none of that name", () => {
    expect(withoutStorageFiles(area(4), [".wificfg"])).toEqual({ area: area(4), removed: [] });
    expect(withoutStorageFiles(newer, ["nothing"]).removed).toEqual([]);
  });

  it("refuses an area of which nobody can say what it holds", () => {
    const cut = area(2, [8, encoder("half of a file")]);
    expect(() => withoutStorageFiles(cut, [".wificfg"])).toThrow(
      expect.objectContaining({ code: "storage-damaged", params: { offset: 0 } }),
    );
  });
});
