import { zipSync } from "fflate";
import { createTar } from "nanotar";
import { gzip } from "pako";
import { describe, expect, it } from "vitest";
import { concat, readHalf, writeWord } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { UnpackBudget } from "./budget.js";
import { isArchive, openArchive } from "./open-archive.js";
import { safePath } from "./safe-path.js";

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const boot = Uint8Array.from({ length: 3856 }, (_, index) => (index * 7) & 0xff);
const files = { "esp/boot_v1.6.bin": boot, "esp/README.txt": ascii("read me") };
const contents = [
  { path: "esp/boot_v1.6.bin", bytes: boot },
  { path: "esp/README.txt", bytes: ascii("read me") },
];

const tarOf = (entries: Record<string, Uint8Array>) =>
  createTar(Object.entries(entries).map(([name, data]) => ({ name, data })));
const open = (path: string, bytes: Uint8Array, maxBytes?: number) =>
  openArchive({ path, bytes }, new UnpackBudget(maxBytes));

/** What an archive is refused with: code and parameters. */
function refusal(bytes: Uint8Array, maxBytes?: number): { code: string; params: object } {
  try {
    open("a.bin", bytes, maxBytes);
  } catch (error) {
    if (isFlasherError(error)) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error("was not refused");
}

/** A tar header with a right checksum, for entries that no library would write. */
function tarHeader(name: string, size: number | string, type: string, change?: (block: Uint8Array) => void) {
  const block = new Uint8Array(512);
  block.set(ascii(name));
  block.set(ascii(typeof size === "string" ? size : size.toString(8).padStart(11, "0")), 124);
  block.set(ascii(type), 156);
  block.set(ascii("ustar\0" + "00"), 257);
  change?.(block);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.set(ascii(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return block;
}

const padded = (bytes: Uint8Array) => concat([bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]);

describe("archives", () => {
  it.each([
    ["tar", tarOf(files)],
    ["tar in gzip", gzip(tarOf(files))],
    ["zip", zipSync(files)],
    ["zip without compression", zipSync(files, { level: 0 })],
  ])("gives the files of a %s", (_, bytes) => {
    expect(isArchive(bytes)).toBe(true);
    expect(open("a", bytes)).toEqual({ files: contents, ignored: [] });
  });

  it("gives one gzipped file the archive's name without its ending", () => {
    expect(open("esp/boot_v1.6.bin.gz", gzip(boot)).files).toEqual([contents[0]]);
  });

  it("reads gzip of several members as one", () => {
    const members = concat([gzip(boot.subarray(0, 1000)), gzip(boot.subarray(1000))]);
    expect(open("esp/boot_v1.6.bin.gz", members).files).toEqual([contents[0]]);
  });

  it("is no archive: an image, a text, nothing", () => {
    for (const bytes of [boot, ascii("read me"), new Uint8Array(), new Uint8Array(1024)])
      expect(isArchive(bytes)).toBe(false);
  });

  it.each([
    ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ["bzip2", [0x42, 0x5a, 0x68, 0x39]],
    ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
    ["RAR", [0x52, 0x61, 0x72, 0x21, 0x1a]],
    ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd]],
  ])("names %s, which it does not unpack", (what, magic) => {
    expect(refusal(Uint8Array.from(magic))).toEqual({
      code: "archive-unsupported",
      params: { name: "a.bin", what },
    });
  });
});

describe("bounds", () => {
  const bomb = new Uint8Array(32 * 0x10_0000);

  it.each([
    ["gzip", gzip(bomb.subarray(0, 2_000_000))],
    ["zip", zipSync({ a: bomb.subarray(0, 2_000_000) })],
    ["stored zip", zipSync({ a: bomb.subarray(0, 2_000_000) }, { level: 0 })],
  ])("stops %s at the number of bytes that it may unpack to", (_, bytes) => {
    expect(refusal(bytes, 1_000_000)).toMatchObject({
      code: "archive-too-large",
      params: { expected: 1_000_000 },
    });
  });

  it("counts all entries of a zip together", () => {
    const bytes = zipSync({ a: bomb.subarray(0, 600_000), b: bomb.subarray(0, 600_000) });
    expect(refusal(bytes, 1_000_000)).toEqual({
      code: "archive-too-large",
      params: { entry: "b", expected: 1_000_000 },
    });
  });

  it("stops a bomb by its ratio, long before the bound of bytes", () => {
    const bytes = gzip(bomb);
    expect(refusal(bytes)).toEqual({
      code: "archive-bomb",
      params: { entry: "a.bin", expected: 200, packedSize: bytes.length },
    });
  });

  it("takes a blank flash of 16 MB, which packs a thousandfold", () => {
    const blank = new Uint8Array(16 * 0x10_0000).fill(0xff);
    expect(open("dump.bin.gz", gzip(blank)).files[0].bytes).toHaveLength(blank.length);
  });

  it("does not believe the size that a zip declares", () => {
    const bytes = zipSync({ a: boot });
    const central = findSignature(bytes, 0x0201_4b50);
    writeWord(bytes, central + 24, 0xffff_fff0);
    expect(refusal(bytes)).toMatchObject({ code: "archive-damaged", params: { entry: "a" } });
  });

  it("stops where a zip goes on beyond the size that it declares", () => {
    const bytes = zipSync({ a: bomb });
    writeWord(bytes, findSignature(bytes, 0x0201_4b50) + 24, 100);
    // 31: where the entry's bytes begin. One piece of 64 KB is unpacked and no more: 500 bytes do not hold a second one.
    const { code, params } = refusal(bytes);
    expect({ code, params }).toEqual({
      code: "archive-damaged",
      params: { entry: "a", offset: expect.toSatisfy((offset) => offset >= 31 && offset < 500) },
    });
  });

  it("refuses more than 2000 entries", () => {
    const many = Object.fromEntries(
      Array.from({ length: 2001 }, (_, index) => [`f${index}`, new Uint8Array()]),
    );
    for (const bytes of [zipSync(many), tarOf(many)])
      expect(refusal(bytes)).toEqual({ code: "archive-too-many-entries", params: { expected: 2000 } });
  });
});

describe("paths", () => {
  it.each([
    ["a/b.bin", "a/b.bin"],
    ["./a//b.bin", "a/b.bin"],
    ["a\\b.bin", "a/b.bin"],
    ["Firmware (neu) ä.bin", "Firmware (neu) ä.bin"],
  ])("%s is safe as %s", (path, safe) => {
    expect(safePath(path)).toBe(safe);
  });

  it.each([
    "../a.bin",
    "a/../../b.bin",
    "..\\a.bin",
    "/etc/passwd",
    "\\\\server\\share\\a.bin",
    "C:\\esp\\a.bin",
    "c:a.bin",
    "https://example.org/a.bin",
    "~/a.bin",
    "a\0.bin",
    "a\n.bin",
    "",
    ".",
    "x".repeat(513),
  ])("%j is not", (path) => {
    expect(safePath(path)).toBeUndefined();
  });

  it.each([
    ["tar", padded(concat([tarHeader("../../etc/cron.d/x", 0, "0")]))],
    ["zip", zipSync({ "../../etc/cron.d/x": boot })],
  ])("a %s with one that leads out is refused whole", (_, bytes) => {
    expect(refusal(bytes)).toEqual({
      code: "archive-path-unsafe",
      params: { archive: "a.bin", path: "../../etc/cron.d/x" },
    });
  });

  it("two entries of one name are refused", () => {
    const bytes = concat([tarHeader("a", 0, "0"), tarHeader("./a", 0, "0")]);
    expect(refusal(bytes)).toEqual({ code: "archive-duplicate", params: { archive: "a.bin", path: "a" } });
  });
});

describe("tar", () => {
  it("leaves out links, devices and pipes, and names them", () => {
    const bytes = concat([
      tarHeader("symlink", 0, "2", (block) => block.set(ascii("/etc/passwd"), 157)),
      tarHeader("hardlink", 0, "1"),
      tarHeader("device", 0, "3"),
      tarHeader("pipe", 0, "6"),
      tarHeader("folder/", 0, "5"),
      tarHeader("file", 4, "0"),
      padded(ascii("data")),
    ]);
    expect(open("a", bytes)).toEqual({
      files: [{ path: "file", bytes: ascii("data") }],
      ignored: ["symlink", "hardlink", "device", "pipe"],
    });
  });

  it("takes GNU's long names, and pax paths with letters beyond ASCII", () => {
    const long = `${"folder/".repeat(20)}file.bin`;
    const record = "path=Größe/boot.bin\n";
    const utf8 = new TextEncoder().encode(record);
    const pax = concat([ascii(`${utf8.length + 3} `), utf8]);
    const bytes = concat([
      tarHeader("././@LongLink", long.length + 1, "L"),
      padded(ascii(`${long}\0`)),
      tarHeader("short", 1, "0"),
      padded(ascii("1")),
      tarHeader("pax", pax.length, "x"),
      padded(pax),
      tarHeader("short", 1, "0"),
      padded(ascii("2")),
    ]);
    expect(open("a", bytes).files).toEqual([
      { path: long, bytes: ascii("1") },
      { path: "Größe/boot.bin", bytes: ascii("2") },
    ]);
  });

  it("joins ustar's prefix and name", () => {
    const bytes = tarHeader("boot.bin", 0, "0", (block) => block.set(ascii("deep/folder"), 345));
    expect(open("a", bytes).files[0].path).toBe("deep/folder/boot.bin");
  });

  it.each([
    ["a negative size", "-0000000512"],
    ["a size that is no number", "hello"],
    ["a binary size beyond 2^53", "\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"],
  ])("refuses %s", (_, size) => {
    expect(refusal(tarHeader("a", size, "0"))).toEqual({
      code: "archive-damaged",
      params: { entry: "a.bin", offset: 124 },
    });
  });

  it("refuses a size beyond the end, and a second header whose checksum is wrong, with the offset", () => {
    expect(refusal(tarHeader("a", 5000, "0")).params).toEqual({ entry: "a.bin", offset: 512 });
    const second = tarHeader("b", 0, "0");
    second[0] = 0x63;
    expect(refusal(concat([tarHeader("a", 0, "0"), second])).params).toEqual({ entry: "a.bin", offset: 512 });
  });

  it("refuses pax records that do not add up", () => {
    for (const text of ["99 path=a\n", "5 a=b", "path=a\n", "0 a=b\n"]) {
      const bytes = concat([tarHeader("pax", text.length, "x"), padded(ascii(text)), tarHeader("a", 0, "0")]);
      expect(refusal(bytes).code).toBe("archive-damaged");
    }
  });
});

describe("zip", () => {
  it("leaves out a link, and names it", () => {
    const bytes = zipSync({ link: [ascii("/etc/passwd"), { os: 3, attrs: 0o120777 << 16 }] });
    expect(open("a", bytes)).toEqual({ files: [], ignored: ["link"] });
  });

  it("refuses a file whose CRC is wrong, with its offset", () => {
    const bytes = zipSync({ a: boot }, { level: 0 });
    bytes[31 + 100] ^= 1;
    expect(refusal(bytes)).toEqual({ code: "archive-damaged", params: { entry: "a", offset: 31 } });
  });

  it.each([
    ["encryption", 8, 1],
    ["compression method 14", 10, 14],
  ])("refuses %s", (what, field, value) => {
    const bytes = zipSync({ a: boot });
    bytes[findSignature(bytes, 0x0201_4b50) + field] = value;
    expect(refusal(bytes)).toEqual({ code: "archive-unsupported", params: { name: "a", what } });
  });

  it("refuses 64-bit fields", () => {
    const bytes = zipSync({ a: boot });
    writeWord(bytes, bytes.length - 6, 0xffff_ffff);
    expect(refusal(bytes)).toMatchObject({ code: "archive-unsupported", params: { what: "zip64" } });
  });

  it("refuses a directory that is not where the end says, with the offset", () => {
    const bytes = zipSync({ a: boot });
    const end = bytes.length - 22;
    expect(readHalf(bytes, end)).toBe(0x4b50);
    writeWord(bytes, end + 16, 12);
    expect(refusal(bytes).params).toEqual({ entry: "a.bin", offset: 12 });
  });
});

describe("an archive that was cut off", () => {
  const archives = {
    tar: tarOf({ a: boot, b: boot }),
    tgz: gzip(tarOf({ a: boot, b: boot })),
    zip: zipSync({ a: boot, b: boot }),
  };

  it.each(Object.keys(archives) as (keyof typeof archives)[])(
    "as %s gives fewer files or an error",
    (kind) => {
      const whole = archives[kind];
      for (let size = 600; size < whole.length; size += 97) {
        const bytes = whole.subarray(0, size);
        if (!isArchive(bytes)) continue;
        const count = countOrRefusal(bytes);
        if (kind !== "tar") expect(count).toBe("archive-damaged");
        else expect([0, 1, 2, "archive-damaged"]).toContain(count);
      }
    },
  );

  function countOrRefusal(bytes: Uint8Array): number | string {
    try {
      return open("a", bytes).files.length;
    } catch (error) {
      if (isFlasherError(error)) return error.code;
      throw error;
    }
  }
});

function findSignature(bytes: Uint8Array, signature: number): number {
  const wanted = [0, 8, 16, 24].map((shift) => (signature >>> shift) & 0xff);
  const found = bytes.findIndex((_, at) => wanted.every((byte, index) => bytes[at + index] === byte));
  if (found < 0) throw new Error("no such signature");
  return found;
}
