import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bootRomImage, slotImage } from "../../../../test/support/made-firmware.js";
import { describeWith, firmwareFolder } from "../../../../test/support/requirements.js";
import { createDesk } from "../cli.fixture.js";
import { makeFirmware } from "../demo/make-image.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const { boot } = makeFirmware();
const user1 = slotImage(0, sampleBytes(0x1000), { mode: 0, sizeFreq: 0x6f, entry: 0x40100004 }, [
  { address: 0x3ffe8000, bytes: sampleBytes(64) },
]);
const user1File = files.write("user1.bin", user1);
const desk = createDesk();

describe("image info", () => {
  it("names the map of the header inside an update image in every tool's words", async () => {
    const run = await desk.run("image", "info", user1File);
    expect(run.stdout.split("\n")).toEqual([
      "user1.bin, 4212 bytes",
      "Kind        update image (0xEA), 4212 bytes",
      "Firmware    NONOS SDK application",
      "Header      qio, 80m, 4MB-c1, inside at 0x00001010",
      "Linked for  4MB-c1 = 32m-c1 = 32Mbit-C1, 32 Mbit, map 1024+1024",
      "Slot byte   0",
      "Code        4 KB run from flash, at 0x00000010",
      "Entry       0x40100004",
      expect.stringMatching(/^Checksum {4}0x[0-9a-f]{2}, correct$/),
      expect.stringMatching(/^CRC {9}0x[0-9a-f]{8}, correct$/),
      "Segments",
      "  0  0x3ffe8000  DRAM  64 bytes  at 0x00001020",
      "",
    ]);
    expect([run.code, run.stderr, desk.opened]).toEqual([0, "", []]);
  });

  it("finds the images in a combined file", async () => {
    const combined = new Uint8Array(0x3000).fill(0xff);
    const header = { mode: 0, sizeFreq: 0, entry: 0x40100004 };
    combined.set(bootRomImage(header, [{ address: 0x40100000, bytes: sampleBytes(4) }]));
    combined.set(user1, 0x1000);
    const run = await desk.run("image", "info", files.write("combined.bin", combined), "--json");
    const [event] = run.events();
    expect(event).toMatchObject({ type: "image", file: "combined.bin", size: 0x3000 });
    expect(event.images).toMatchObject([
      { offset: 0, size: 32, format: "boot", findings: [] },
      {
        offset: 0x1000,
        format: "update",
        code: { offset: 0x1010, size: 0x1000 },
        header: { offset: 0x2010, flashParams: { size: { name: "4MB-c1" }, freq: { name: "80m" } } },
        segments: [{ offset: 0x2020, size: 64 }],
        crc: { offset: 0x1000 + user1.length - 4, match: "vendor" },
      },
    ]);
  });

  it("shows what a damaged image still tells, and fails with the defect", async () => {
    const damaged = boot.slice();
    damaged[5000] ^= 1;
    const run = await desk.run("image", "info", files.write("damaged.bin", damaged));
    expect(run.stdout).toMatch(/^Checksum {4}0x[0-9a-f]{2}, but the bytes give 0x[0-9a-f]{2}$/m);
    expect(run.stdout).toContain("error: The image is damaged: its data sum up to");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: image-checksum-mismatch"]);
  });

  it("places a finding where it is in the file", async () => {
    const combined = new Uint8Array(0x1000 + user1.length).fill(0xff);
    combined.set(boot.subarray(0, 0x1000));
    combined.set(user1, 0x1000);
    combined[0x1000 + 0x1020] ^= 1;
    const run = await desk.run("image", "info", files.write("late.bin", combined), "--json");
    const [{ images }] = run.events() as [{ images: { offset: number; findings: unknown }[] }];
    expect(images.find(({ offset }) => offset === 0x1000)?.findings).toMatchObject([
      { code: "image-checksum-mismatch", params: { offset: 0x1000 + 0x106f } },
      { code: "image-crc-mismatch", params: { offset: 0x1000 + 0x1070 } },
    ]);
  });

  it.each<[string, () => string, string]>([
    [
      "a file that is no image",
      () => files.write("text.txt", new TextEncoder().encode("hello")),
      "image-bad-magic",
    ],
    ["an empty file", () => files.write("empty.bin", new Uint8Array(0)), "file-empty"],
    ["a file that is not there", () => files.path("no.bin"), "file-missing"],
  ])("refuses %s", async (_, file, code) => {
    const run = await desk.run("image", "info", file(), "--json");
    expect([run.code, run.events().at(-1)]).toEqual([
      1,
      { type: "failed", error: expect.objectContaining({ code }) },
    ]);
  });
});

describeWith(["firmware"], "image info of real files", () => {
  it("recognises Espruino 2v09", async () => {
    const file = join(firmwareFolder(), "espruino-2v09-esp8266", "espruino_esp8266_user1.bin");
    const run = await desk.run("image", "info", file);
    expect(run.stdout.split("\n").slice(1, 5)).toEqual([
      "Kind        update image (0xEA), 466260 bytes",
      "Firmware    Espruino 2v09, build ESP8266_BOARD",
      "Header      qio, 40m, 512KB, inside at 0x00068010",
      "Linked for  512KB = 4m = 4Mbit, 4 Mbit, map 256+256",
    ]);
    expect(run.code).toBe(0);
  });

  it("recognises the second boot", async () => {
    const run = await desk.run("image", "info", join(firmwareFolder(), "esp8266-sdk", "boot_v1.7.bin"));
    expect(run.stdout.split("\n").slice(1, 4)).toEqual([
      "Kind         boot image (0xE9), 4080 bytes",
      "Boot loader  the SDK's second boot 1.7(5d6f877)",
      "Header       qio, 40m, 512KB",
    ]);
  });
});
