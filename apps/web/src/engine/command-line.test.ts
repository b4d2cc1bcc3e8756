import { expect, it } from "vitest";
import { commandPackage } from "./command-line.js";

const files = ["boot_v1.6.bin", "user1.bin"].map((path, index) => ({ path, bytes: Uint8Array.of(index) }));

it.each([
  ["as in a README", "esptool.py write_flash 0x0 boot_v1.6.bin 0x1000 user1.bin"],
  ["on a disk of Windows", 'esptool write-flash 0x0 "C:\\My Files\\boot_v1.6.bin" 0x1000 D:\\fw\\user1.bin'],
  ["in somebody's home", "esptool.py write_flash 0x0 ~/fw/boot_v1.6.bin 0x1000 '/home/me/fw/user1.bin'"],
  ["beside", "esptool.py write_flash 0x0 ../bin/boot_v1.6.bin \\\n  0x1000 ./user1.bin"],
])("a command line finds its files wherever its author had them: %s", (_, text) => {
  expect(commandPackage(text, files).slice(1)).toEqual(files);
});

it("a name that two files have is told apart by its folder", () => {
  const both = ["a/app.bin", "b/app.bin"].map((path, index) => ({ path, bytes: Uint8Array.of(index) }));
  expect(commandPackage("esptool.py write_flash 0x0 b/app.bin", both).slice(1)).toEqual([both[1]]);
});

it("what was not chosen is not there", () => {
  expect(commandPackage("esptool.py write_flash 0x0 other.bin", files).length).toBe(1);
});
