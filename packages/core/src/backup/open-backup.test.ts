import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { writeWord } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { makeBackup } from "./make-backup.js";
import type { BackupManifest } from "./manifest.js";
import { openBackup } from "./open-backup.js";
import { sampleSource } from "./sample-flash.fixture.js";

type Json = Record<string, unknown>;

let zip: Uint8Array;
let manifest: BackupManifest;
beforeAll(async () => {
  ({ bytes: zip, manifest } = makeBackup(await sampleSource()));
});

/** The same backup with some of its files changed; `undefined` takes one away. */
function changed(files: Record<string, Uint8Array | undefined>): Uint8Array {
  const all = Object.entries({ ...unzipSync(zip), ...files });
  const kept = all.filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined);
  return zipSync(Object.fromEntries(kept), { level: 1 });
}

const withManifest = (change: Json): Uint8Array =>
  changed({ "manifest.json": strToU8(JSON.stringify({ ...manifest, ...change })) });

function refusal(bytes: Uint8Array): [string, unknown] {
  try {
    openBackup(bytes);
  } catch (error) {
    if (isFlasherError(error)) return [error.code, error.params];
    throw error;
  }
  return ["opened", undefined];
}

const USER1 = "flash/0x00001000-user1.bin";

describe("opening a backup", () => {
  it("gives manifest and bytes, also after it was packed again by another program", () => {
    expect(openBackup(zip).manifest).toEqual(manifest);
    expect(openBackup(changed({})).manifest).toEqual(manifest);
    expect(openBackup(changed({ "README.txt": strToU8("put in by hand") })).manifest).toEqual(manifest);
  });

  it.each([
    ["nothing", new Uint8Array(0), "0x00000000"],
    ["text", strToU8("not a zip at all, but longer than its end record"), "0x00000030"],
  ])("refuses %s", (_, bytes, offset) => {
    const reason = `Its ZIP cannot be unpacked: what stands at ${offset} of the archive is damaged or missing.`;
    expect(refusal(bytes)).toEqual(["backup-zip", { cause: "archive-damaged", reason }]);
  });

  it("refuses a ZIP that was cut off", () => {
    expect(refusal(zip.subarray(0, zip.length - 100))).toMatchObject([
      "backup-zip",
      { cause: "archive-damaged" },
    ]);
  });

  it("names the file that is missing, changed or damaged", () => {
    const bytes = unzipSync(zip)[USER1].slice();
    bytes[1000] ^= 1;
    expect(refusal(changed({ "manifest.json": undefined }))).toEqual([
      "backup-entry",
      { name: "manifest.json" },
    ]);
    expect(refusal(changed({ [USER1]: undefined }))).toEqual(["backup-entry", { name: USER1 }]);
    expect(refusal(changed({ [USER1]: bytes }))).toEqual(["backup-digest", { name: USER1 }]);
    expect(refusal(changed({ [USER1]: bytes.subarray(1) }))).toEqual(["backup-entry", { name: USER1 }]);
  });

  it("is not fooled by a manifest that names other bytes", () => {
    const files = manifest.files.map((file) =>
      file.path === USER1 ? { ...file, sha256: "0".repeat(64) } : file,
    );
    expect(refusal(withManifest({ files }))).toEqual(["backup-digest", { name: USER1 }]);
    const regions = manifest.regions.map((region) =>
      region.id === "storage" ? { ...region, sha256: "0".repeat(64) } : region,
    );
    expect(refusal(withManifest({ regions }))).toEqual(["backup-digest", { name: "storage" }]);
  });

  it.each([
    ["version", { version: 2 }, "backup-version", { version: 2, known: 1 }],
    ["format", { format: "something" }, "backup-format", { path: "format" }],
    ["a date", { date: "yesterday" }, "backup-format", { path: "date" }],
    ["a MAC", { chip: { name: "ESP8266EX", mac: "5c-cf" } }, "backup-format", { path: "chip.mac" }],
    ["a huge flash", { flash: { size: 2 ** 40, id: "1640e0" } }, "backup-format", { path: "flash.size" }],
    ["an odd flash", { flash: { size: 0x400100, id: "1640e0" } }, "backup-format", { path: "flash.size" }],
    ["half a sector", { covers: [{ offset: 0x10, size: 0x1000 }] }, "backup-format", { path: "covers.0" }],
    ["files that nothing covers", { covers: [] }, "backup-format", { path: "files.0" }],
  ])("refuses %s that makes no sense", (_, change, code, params) => {
    expect(refusal(withManifest(change))).toEqual([code, params]);
  });

  it.each([
    "../../etc/passwd",
    "/flash/0x00000000-boot.bin",
    "flash/0x00000000-..",
    "flash\\0x00000000-boot.bin",
  ])("refuses the path %s", (path) => {
    const files = [{ ...manifest.files[0], path }, ...manifest.files.slice(1)];
    expect(refusal(withManifest({ files }))).toEqual(["backup-format", { path: "files.0.path" }]);
  });

  it("refuses regions that would have the flash hashed again and again", () => {
    const whole = { ...manifest.regions[0]!, offset: 0, size: manifest.flash.size };
    expect(refusal(withManifest({ regions: new Array(9).fill(whole) }))).toEqual([
      "backup-format",
      { path: "regions" },
    ]);
  });

  it("refuses files that overlap or fall back, and a region beyond the flash", () => {
    const [first, second, ...rest] = manifest.files;
    expect(refusal(withManifest({ files: [second, first, ...rest] }))).toEqual([
      "backup-format",
      { path: "files.1" },
    ]);
    const [region, ...others] = manifest.regions;
    expect(refusal(withManifest({ regions: [{ ...region, offset: 0x400000 }, ...others] }))).toEqual([
      "backup-format",
      { path: "regions.0" },
    ]);
  });

  it("refuses a manifest that is no JSON", () => {
    expect(refusal(changed({ "manifest.json": strToU8("{") }))).toEqual([
      "backup-format",
      { path: "manifest.json" },
    ]);
  });

  it("stops unpacking where a file is longer than the manifest says", () => {
    const bomb = zipSync({ ...filesOfZip(), [USER1]: new Uint8Array(0x100_0000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(0x1_0000);
    expect(refusal(bomb)).toEqual(["backup-entry", { name: USER1 }]);
  });

  it("refuses one name twice, and more entries than a flash has sectors", () => {
    const twice = zipSync({ "manifest.json": strToU8("{}"), "manifesu.json": strToU8("{}") });
    for (let at = 0; at < twice.length - 13; at++) {
      if (strFromU8(twice.subarray(at, at + 13), true) === "manifesu.json") twice[at + 7] = 0x74;
    }
    expect(refusal(twice)).toMatchObject(["backup-zip", { cause: "archive-duplicate" }]);
    const many: Zippable = {};
    for (let i = 0; i < 8193; i++) many[`${i}`] = new Uint8Array(0);
    expect(refusal(zipSync(many, { level: 0 }))).toMatchObject([
      "backup-zip",
      { cause: "archive-too-many-entries" },
    ]);
  });

  it("survives any damage, with a code", () => {
    const small = zipSync(filesOfZip(["manifest.json"]), { level: 6 });
    fc.assert(
      fc.property(fc.nat(small.length - 4), fc.nat(0xffff_ffff), fc.nat(small.length), (at, word, cut) => {
        const bytes = small.slice(0, Math.max(cut, at + 4));
        writeWord(bytes, at, word);
        expect(refusal(bytes)[0]).toMatch(/^backup-/);
      }),
    );
  });
});

function filesOfZip(names?: readonly string[]): Record<string, Uint8Array> {
  const files = unzipSync(zip);
  return Object.fromEntries(Object.entries(files).filter(([name]) => names?.includes(name) ?? true));
}
