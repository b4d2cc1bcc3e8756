/** A chip that somebody flashed under the wrong map, as a backup that brings it into a virtual board. @module */
import { makeBackup } from "@flashwright/core/backup";
import { madeFiles, release1v95 } from "@flashwright/core/demo";

const FLASH_SIZE = 0x40_0000;
/** 4 MB in halves of 512 KB, at 80 MHz. */
const SIZE_FREQ = 0x4f;

/** Espruino 1v95 for 4 MB, under which saving Wi-Fi settings erases its own code. */
export function wrongMapBackup() {
  const places = [0, 0x1000, 0x3f_c000, 0x3f_e000];
  const bytes = new Uint8Array(FLASH_SIZE).fill(0xff);
  for (const [index, file] of madeFiles(release1v95).entries()) bytes.set(file.bytes, places[index]);
  bytes[3] = SIZE_FREQ;
  const backup = makeBackup({
    chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:02:9a:b7" },
    flash: { id: 0x1640e0 },
    flashSize: FLASH_SIZE,
    date: "2026-11-28T20:00:00Z",
    contents: { covers: [{ offset: 0, size: FLASH_SIZE }], pieces: [{ offset: 0, bytes }] },
  });
  return { name: "backup.zip", mimeType: "application/zip", buffer: Buffer.from(backup.bytes) };
}
