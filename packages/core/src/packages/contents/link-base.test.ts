import { expect, it } from "vitest";
import { slotImage } from "../../../../../test/support/made/image-format.js";
import { madeArduinoImage, madeRtos } from "../../../../../test/support/made-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { words } from "../../bytes.js";
import { inspectEspImage } from "../../image/esp-image.js";
import { firmware } from "../../image/sample-images.fixture.js";
import { esp8266ImageTarget } from "../../targets/esp8266/image-target.js";
import { openPackage } from "../index.js";
import { ascii } from "../release.fixture.js";
import { appOffset, linkedOffset } from "./link-base.js";

const inspect = (bytes: Uint8Array) => inspectEspImage(bytes, esp8266ImageTarget);
const linked = (bytes: Uint8Array) => linkedOffset(bytes, inspect(bytes));

/** An update image whose RAM code calls functions all over its code in flash. */
function linkedAt(slot: number, calls = 100, slotByte = 1): Uint8Array {
  const code = new Uint8Array(0x2_0000);
  const targets = Array.from({ length: calls }, (_, index) => 0x4020_0010 + slot + index * 0x500);
  const segments = [{ address: 0x4010_0000, bytes: words(0x4010_0020, 7, ...targets, 0x3ffe_8000) }];
  return slotImage(slotByte, code, { mode: 0, sizeFreq: 0x20, entry: 0x4010_0004 }, segments);
}

it.each([0x1000, 0x4_1000, 0x8_1000])("sees that an image is linked for %i", (slot) => {
  expect(linked(linkedAt(slot))).toBe(slot);
});

it("says nothing where a handful of words may be chance, or there is no update image", () => {
  expect(linked(linkedAt(0x1000, 8))).toBeUndefined();
  expect(linked(madeArduinoImage())).toBeUndefined();
  expect(linked(new Uint8Array())).toBeUndefined();
});

it("finds the image for the second slot of a 512+512 map in the first one, whatever its header says", () => {
  const opened = openPackage([
    { path: "a.sh", bytes: ascii("esptool.py write_flash -fs 1MB 0x1000 user1.bin") },
    { path: "user1.bin", bytes: linkedAt(0x8_1000) },
  ]);
  expect(opened.findings[0]).toEqual({
    code: "package-slot-linked",
    severity: "error",
    params: { name: "user1.bin", offset: 0x1000, linked: 0x8_1000, wanted: "user1" },
  });
});

it("takes an image for the first slot in the second one of a 1024+1024 map, where it shows in the same window", () => {
  const found = (offset: string, slot: number) =>
    openPackage([
      { path: "a.sh", bytes: ascii(`esptool.py write_flash -fs 4MB-c1 ${offset} user2.bin`) },
      { path: "user2.bin", bytes: linkedAt(slot, 100, 2) },
    ]).findings.map(({ code }) => code);
  expect(found("0x101000", 0x1000)).not.toContain("package-slot-linked");
  expect(found("0x101000", 0x8_1000)).toContain("package-slot-linked");
  expect(found("0x81000", 0x1000)).toContain("package-slot-linked");
});

it("computes where an image with code in the window has to lie", () => {
  const app = madeRtos().find(({ name }) => name === "app.bin")!;
  expect(appOffset(inspect(app.bytes))).toBe(0x1_0000);
  expect(appOffset(inspect(madeArduinoImage()))).toBe(0);
});

describeWith(["firmware"], "real images", () => {
  it.each([
    "espruino-2v09-esp8266/espruino_esp8266_user1.bin",
    "esp8266-at-1024+1024/user1.2048.new.5.bin",
    // Second slot of a 1024+1024 map: it shows in the window of the first one.
    "esp8266-at-1024+1024/user2.2048.new.5.bin",
  ])("%s is linked for 0x1000", (path) => {
    expect(linked(firmware(path))).toBe(0x1000);
  });
});
