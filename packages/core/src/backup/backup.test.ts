import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { equalBytes } from "../bytes.js";
import { type BackupSource, makeBackup } from "./make-backup.js";
import { openBackup } from "./open-backup.js";
import { planRestore } from "./plan-restore.js";
import { readForBackup } from "./read-for-backup.js";
import {
  ascii,
  countingSource,
  FLASH_SIZE,
  layout,
  PASSWORD,
  SSID,
  STORAGE,
  sampleFlash,
  sampleSource,
} from "./sample-flash.fixture.js";

const chip = { mac: "5c:cf:7f:12:34:56", flashSize: FLASH_SIZE };
const flash = sampleFlash();
let source: BackupSource;
beforeAll(async () => {
  source = await sampleSource(flash);
});

/** What a restore leaves on a chip that held something else everywhere. */
function restored(request: Parameters<typeof planRestore>[0]): Uint8Array {
  const { images, erases } = planRestore(request);
  const chip = new Uint8Array(FLASH_SIZE).fill(0x5a);
  for (const { offset, size } of erases) chip.fill(0xff, offset, offset + size);
  for (const { offset, bytes } of images) chip.set(bytes, offset);
  return chip;
}

/** Offsets of the sectors in which two flashes differ. */
function differences(left: Uint8Array, right: Uint8Array): number[] {
  const offsets = Array.from({ length: FLASH_SIZE / 0x1000 }, (_, i) => i * 0x1000);
  return offsets.filter((at) => !equalBytes(left.subarray(at, at + 0x1000), right.subarray(at, at + 0x1000)));
}

/** The names of files that hold a text, and "the ZIP" where it stands in the archive itself. */
function whereIs(zip: Uint8Array, text: string): string[] {
  const files: [string, Uint8Array][] = [...Object.entries(unzipSync(zip)), ["the ZIP", zip]];
  return files.filter(([, bytes]) => Buffer.from(bytes).includes(Buffer.from(text))).map(([name]) => name);
}

describe("reading for a backup", () => {
  it("asks nothing of what is known to be blank", async () => {
    const counting = countingSource(flash);
    const region = { offset: STORAGE + 0x2000, size: 0x4000 };
    const known = { bytes: [], digests: [], blank: [region] };
    expect(await readForBackup(counting, [region], { known })).toEqual({ covers: [region], pieces: [] });
    expect(counting.cost).toMatchObject({ read: 0, hashed: 0 });
  });

  it("reads only sectors that are not blank, and hashes each byte twice at most", async () => {
    const counting = countingSource(flash);
    const { covers, pieces } = await readForBackup(counting, [{ offset: 0, size: FLASH_SIZE }]);
    expect(covers).toEqual([{ offset: 0, size: FLASH_SIZE }]);
    expect(pieces.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([
      [0, 0x1_2000],
      [STORAGE, 0x2000],
      [0x3fb000, 0x3000],
      [0x3ff000, 0x1000],
    ]);
    expect(counting.cost.read).toBe(0x1_8000);
    expect(counting.cost.hashed).toBeLessThan(FLASH_SIZE + 12 * 0x10000);
  });

  it("asks nothing of what a survey knows", async () => {
    const counting = countingSource(flash);
    const known = {
      bytes: [{ offset: STORAGE, bytes: flash.slice(STORAGE, STORAGE + 0x2000) }],
      digests: [],
      blank: [{ offset: STORAGE + 0x2000, size: 0x2e000 }],
    };
    const read = await readForBackup(counting, [{ offset: STORAGE, size: 0x30000 }], { known });
    expect(counting.cost).toEqual({ read: 0, hashed: 0, questions: 0 });
    expect(read.pieces).toEqual([{ offset: STORAGE, bytes: flash.slice(STORAGE, STORAGE + 0x2000) }]);
  });

  it("asks nothing of where a program lies", async () => {
    const counting = countingSource(flash);
    const programs = [{ offset: 0, size: 0x1_1234 }];
    const { pieces } = await readForBackup(counting, [{ offset: 0, size: 0x2_0000 }], { programs });
    expect(pieces.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([[0, 0x1_2000]]);
    expect(counting.cost).toMatchObject({ read: 0x1_2000, hashed: 0xe000 });
  });

  it("takes whole sectors, and refuses what the chip does not have", async () => {
    const { covers } = await readForBackup(countingSource(flash), [{ offset: 0x3fb010, size: 1 }]);
    expect(covers).toEqual([{ offset: 0x3fb000, size: 0x1000 }]);
    await expect(
      readForBackup(countingSource(flash), [{ offset: FLASH_SIZE, size: 0x1000 }]),
    ).rejects.toMatchObject({ code: "region-outside-flash" });
  });
});

describe("a backup of the whole chip", () => {
  it("comes back byte for byte on a chip that held something else", () => {
    const backup = openBackup(makeBackup(source).bytes);
    expect(differences(restored({ backup, chip }), flash)).toEqual([]);
  });

  it("is the same bytes whenever and wherever it is made from the same", () => {
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Auckland";
    const there = makeBackup(source).bytes;
    process.env.TZ = "America/Lima";
    const here = makeBackup(source).bytes;
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(here).toEqual(there);
  });

  it("holds files named by offset and region, and none for what is blank", () => {
    const names = Object.keys(unzipSync(makeBackup(source).bytes));
    expect(names).toEqual([
      "manifest.json",
      "flash/0x00000000-boot.bin",
      "flash/0x00001000-user1.bin",
      "flash/0x000cb000-storage.bin",
      "flash/0x003fb000-rf-cal.bin",
      "flash/0x003fc000-phy-init.bin",
      "flash/0x003fd000-system-params.bin",
      "flash/0x003ff000-boot-flag.bin",
    ]);
  });

  it("says that it holds passwords, in the manifest", () => {
    const { manifest } = makeBackup(source);
    expect(manifest.wifi).toBe("held");
    expect(manifest.note).toContain("Wi-Fi names and passwords in clear text");
    expect(whereIs(makeBackup(source).bytes, PASSWORD)).toEqual([
      "flash/0x000cb000-storage.bin",
      "flash/0x003fd000-system-params.bin",
    ]);
  });

  it("names each region of the firmware with its state and SHA-256", () => {
    const { regions } = makeBackup(source).manifest;
    const states = regions.map(({ id, state, sha256 }) => `${id} ${state} ${sha256?.length}`);
    expect(states).toContain("storage whole 64");
    expect(states).toContain("user2 blank 64");
    expect(regions.map(({ id }) => id)).toEqual(layout.regions.map(({ id }) => id));
  });
});

describe("a backup without Wi-Fi settings", () => {
  it("has no byte of name or password anywhere, nor of deleted versions", () => {
    const { bytes, manifest } = makeBackup({ ...source, without: ["wifi"] });
    expect(whereIs(bytes, PASSWORD)).toEqual([]);
    expect(whereIs(bytes, SSID)).toEqual([]);
    expect(manifest.wifi).toBe("left-out");
    const states = Object.fromEntries(manifest.regions.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ storage: "altered", "system-params": "left-out", user1: "whole" });
  });

  it("keeps every other file of Storage, and leaves system parameters of the chip alone", () => {
    const backup = openBackup(makeBackup({ ...source, without: ["wifi"] }).bytes);
    const after = restored({ backup, chip });
    expect(Buffer.from(after).includes("print('hello')")).toBe(true);
    expect(after.subarray(0x3fd000, 0x3ff000).every((byte) => byte === 0x5a)).toBe(true);
    expect(differences(after, flash)).toEqual([STORAGE, 0x3fd000, 0x3fe000]);
    expect(planRestore({ backup, chip }).warnings.map(({ code, params }) => [code, params.regions])).toEqual([
      ["backup-altered", ["storage"]],
      ["backup-left-out", ["system-params"]],
    ]);
  });

  it.each([
    ["a block of an older version", 0x3c0000, [0x00, 0x04, 0x18, 0x00]],
    ["a file of another build's Storage", 0x101000, [40, 0, 0, 0, ...ascii(".wificfg\0")]],
    ["a deleted file", 0x200ff0, [40, 0, 0, 0, 0, 0, 0, 0, ...ascii("icfg\0")]],
    ["parameters under another map", 0xfd000, [1, 2, 3]],
  ])("has nothing of what an earlier firmware left behind: %s", async (_, offset, head) => {
    const used = sampleFlash();
    used.set(head, offset);
    used.set(ascii(`{"ssid":"x","secret":"${PASSWORD} once"}`), offset + 64);
    const { bytes } = makeBackup({ ...(await sampleSource(used)), without: ["wifi"] });
    expect(whereIs(bytes, PASSWORD)).toEqual([]);
  });

  it("leaves Storage out that is damaged, or of which a part is missing", async () => {
    const damaged = sampleFlash();
    damaged.set(ascii("what is this?"), STORAGE + 0x4000);
    const { bytes, manifest } = makeBackup({ ...(await sampleSource(damaged)), without: ["wifi"] });
    expect(whereIs(bytes, PASSWORD)).toEqual([]);
    expect(manifest.regions.find(({ id }) => id === "storage")?.state).toBe("left-out");

    const contents = await readForBackup(countingSource(flash), [{ offset: STORAGE, size: 0x1000 }]);
    expect(makeBackup({ ...source, contents, without: ["wifi"] }).manifest.files).toEqual([]);
  });

  it("cannot be made of an unknown firmware's flash", () => {
    expect(() => makeBackup({ ...source, layout: undefined, without: ["wifi"] })).toThrow(
      expect.objectContaining({ code: "backup-wifi-unknown" }),
    );
    expect(makeBackup({ ...source, layout: undefined }).manifest.wifi).toBe("unknown");
  });

  it("says that none were found where there are none", async () => {
    const clean = new Uint8Array(FLASH_SIZE).fill(0xff);
    clean.set(flash.subarray(0, 0x1_2000));
    expect(makeBackup(await sampleSource(clean)).manifest.wifi).toBe("none");
  });
});

describe("a backup without named regions", () => {
  it("leaves them out, and says so", () => {
    const { manifest } = makeBackup({ ...source, without: ["user1", "boot"] });
    expect(manifest.files.map(({ path }) => path)).not.toContain("flash/0x00001000-user1.bin");
    const left = manifest.regions.filter(({ state }) => state === "left-out").map(({ id }) => id);
    expect(left).toEqual(["boot", "user1"]);
  });

  it("refuses a name that the firmware does not have, and names those that it has", () => {
    expect(() => makeBackup({ ...source, without: ["spiffs"] })).toThrow(
      expect.objectContaining({
        code: "region-unknown",
        params: { name: "spiffs", known: expect.arrayContaining(["storage", "wifi", "rf-cal"]) },
      }),
    );
  });
});

describe("a restore", () => {
  it("of one region touches nothing else, and erases what was blank in it", () => {
    const backup = openBackup(makeBackup(source).bytes);
    const after = restored({ backup, chip, regions: ["storage"] });
    const expected = new Uint8Array(FLASH_SIZE).fill(0x5a);
    expected.set(flash.subarray(STORAGE, STORAGE + 0x30000), STORAGE);
    expect(differences(after, expected)).toEqual([]);
    expect(planRestore({ backup, chip, regions: ["storage"] }).regions).toEqual(["storage"]);
  });

  it("takes `wifi` for every place where this firmware and its SDK keep settings", () => {
    const backup = openBackup(makeBackup(source).bytes);
    const { regions } = planRestore({ backup, chip, regions: ["wifi"] });
    expect(regions).toEqual(["storage", "system-params"]);
  });

  it("refuses another chip's calibration, and takes it when told to", () => {
    const backup = openBackup(makeBackup(source).bytes);
    const other = { mac: "5c:cf:7f:65:43:21", flashSize: FLASH_SIZE };
    expect(() => planRestore({ backup, chip: other })).toThrow(
      expect.objectContaining({
        code: "backup-other-chip",
        params: { mac: chip.mac, actual: other.mac, regions: ["rf-cal"] },
      }),
    );
    expect(planRestore({ backup, chip: other, regions: ["storage"] }).warnings).toEqual([]);
    const forced = planRestore({ backup, chip: other, force: true });
    expect(forced.warnings.map(({ code }) => code)).toEqual(["backup-foreign-calibration"]);
  });

  it("refuses the last sectors of another chip where no layout says what they are", () => {
    const backup = openBackup(makeBackup({ ...source, layout: undefined }).bytes);
    const other = { mac: "5c:cf:7f:65:43:21", flashSize: FLASH_SIZE };
    expect(() => planRestore({ backup, chip: other })).toThrow(
      expect.objectContaining({ code: "backup-other-chip" }),
    );
    expect(differences(restored({ backup, chip }), flash)).toEqual([]);
  });

  it("refuses what lies beyond a smaller chip, and what was left out", () => {
    const backup = openBackup(makeBackup({ ...source, without: ["boot"] }).bytes);
    const smaller = { mac: chip.mac, flashSize: 0x10_0000 };
    expect(() => planRestore({ backup, chip: smaller })).toThrow(
      expect.objectContaining({ code: "backup-beyond-flash" }),
    );
    expect(planRestore({ backup, chip: smaller, regions: ["storage"] }).images).toHaveLength(1);
    expect(() => planRestore({ backup, chip, regions: ["boot"] })).toThrow(
      expect.objectContaining({ code: "backup-region-left-out", params: { name: "boot" } }),
    );
    expect(() => planRestore({ backup, chip, regions: ["attic"] })).toThrow(
      expect.objectContaining({ code: "region-unknown" }),
    );
  });
});
