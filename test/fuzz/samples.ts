/**
 * Sound files for the fuzzer to damage: small ones that are made, and real ones where they are at hand.
 *
 * @module
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import {
  blankSector,
  madeArduinoImage,
  madeAtImage,
  madeMicroPython,
  madeSdkBoot,
  madeUserImage,
  phyInit,
} from "../support/made-firmware.js";
import { firmwareFolder, requirement } from "../support/requirements.js";

/** Text as bytes. */
export const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** A user1 of the least size, so that a case takes a millisecond. */
export const user1 = (build: "ESP8266_BOARD" | "ESP8266_4MB" = "ESP8266_BOARD"): Uint8Array =>
  madeUserImage({ build, version: "2v09", size: 0x1_3004 });

/** Boot loaders: images, and no firmware alone. */
export const boots = (): Uint8Array[] => [madeSdkBoot("1.6"), madeSdkBoot("1.7(5d6f877)")];

/** Firmware in one file, of several kinds. */
export function images(): Uint8Array[] {
  return [
    user1(),
    user1("ESP8266_4MB"),
    madeArduinoImage({ codeSize: 0x2000 }),
    madeAtImage({ size: 0x1_5004 }),
    madeMicroPython(),
    combined(0x8_0000, 0),
    combined(0x10_0000, 0xff),
    ...realImages(),
  ];
}

/** Real files; none where there are none. */
function realImages(): Uint8Array[] {
  if (!requirement("firmware").available) return [];
  const files = [
    "espruino-2v09-esp8266/espruino_esp8266_user1.bin",
    "esp8266-at-1024+1024/user1.2048.new.5.bin",
  ];
  return files.map((file) => new Uint8Array(readFileSync(join(firmwareFolder(), file))));
}

/** A combined image. */
export function combined(size: number, fill: number): Uint8Array {
  const bytes = new Uint8Array(size).fill(fill);
  bytes.set(madeSdkBoot("1.6"), 0);
  bytes.set(user1(), 0x1000);
  bytes.set(phyInit(), size - 0x4000);
  bytes.set(blankSector(), size - 0x2000);
  return bytes;
}

/** The files of a small release. */
export function release(): { readonly path: string; readonly bytes: Uint8Array }[] {
  return [
    { path: "espruino/boot_v1.6.bin", bytes: madeSdkBoot("1.6") },
    { path: "espruino/espruino_esp8266_user1.bin", bytes: user1() },
    { path: "espruino/esp_init_data_default.bin", bytes: phyInit() },
    { path: "espruino/blank.bin", bytes: blankSector() },
    { path: "espruino/README_flash.txt", bytes: text(readme) },
  ];
}

/** Instructions with everything in them that a parser has to think about. */
export const readme = `# Flashing
Use \`esptool.py\` so (512 KB):

    $ esptool.py --port <port> --baud 115200 \\
      write_flash --flash_freq 40m --flash_mode qio --flash_size 4m \\
      0x0000 "boot_v1.6.bin" 0x1000 espruino_esp8266_user1.bin
      0x7C000 esp_init_data_default.bin 0x7E000 blank.bin

| File | Address |
| boot_v1.6.bin | 0x0 |
`;

/** A batch file. */
export const batch = `@echo off\r
REM flash it\r
set PORT=COM3\r
set "FW=boot_v1.6.bin"\r
esptool -p %PORT% erase_flash\r
esptool -p %PORT% write_flash -fm qio -ff 80m -fs 32m-c1 ^\r
  0x0 "%FW%" 0x1000 "%~dp0espruino_esp8266_user1.bin" && echo done\r
pause\r
`;

/** What the vendor's window tool shows. */
export const windowTool =
  "SPI SPEED: 40MHz\nSPI MODE: QIO\nFLASH SIZE: 32Mbit-C1\n[x] boot_v1.6.bin 0x00000\n[x] espruino_esp8266_user1.bin 0x1000\n";

/** A manifest of ESP Web Tools. */
export const manifest = JSON.stringify({
  name: "Espruino",
  version: "2v28",
  new_install_prompt_erase: true,
  builds: [
    { chipFamily: "ESP32", parts: [{ path: "app.bin", offset: 4096 }] },
    {
      chipFamily: "ESP8266",
      parts: [
        { path: "boot_v1.6.bin", offset: 0 },
        { path: "espruino_esp8266_user1.bin", offset: 4096 },
      ],
    },
  ],
});

/** ESP-IDF's list of places. */
export const flasherArgs = JSON.stringify({
  write_flash_args: ["--flash_mode", "dio", "--flash_size", "2MB", "--flash_freq", "40m"],
  flash_settings: { flash_mode: "dio", flash_size: "2MB", flash_freq: "40m" },
  flash_files: { "0x0": "boot_v1.6.bin", "0x1000": "espruino_esp8266_user1.bin" },
  extra_esptool_args: { chip: "esp8266" },
});

/** Intel HEX of some bytes at an offset. */
export function intelHex(bytes: Uint8Array, offset = 0): string {
  const record = (address: number, type: number, data: ArrayLike<number>) => {
    const all = [data.length, address >>> 8, address & 0xff, type, ...Array.from(data)];
    const sum = -all.reduce((total, byte) => total + byte, 0) & 0xff;
    return `:${Buffer.from([...all, sum])
      .toString("hex")
      .toUpperCase()}\n`;
  };
  let lines = "";
  for (let at = 0; at < bytes.length; at += 32) {
    const address = offset + at;
    if (at === 0 || (address & 0xffff) < 32) lines += record(0, 4, [address >>> 24, (address >>> 16) & 0xff]);
    lines += record(address & 0xffff, 0, bytes.subarray(at, Math.min(at + 32, bytes.length)));
  }
  return `${lines}:00000001FF\n`;
}

/** A tar as every tar program writes it. */
export function tarOf(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const blocks = files.flatMap(({ path, bytes }) => [tarHeader(path, bytes.length), padded(bytes)]);
  return new Uint8Array(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function tarHeader(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name);
  block.write("0000644\0", 100);
  block.write(size.toString(8).padStart(11, "0"), 124);
  block.write("0ustar\0" + "00", 156);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** A zip as every zip program writes it. */
export function zipOf(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

function crc32(bytes: Uint8Array): number {
  // The last 8 bytes of gzip are CRC and size.
  const packed = gzipSync(bytes);
  return packed.readUInt32LE(packed.length - 8);
}

/** Gzip. */
export function gzipOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes));
}
