import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWith, firmwareFolder } from "../../../../test/support/requirements.js";
import { createVirtualBoard } from "../index.js";

const read = (path: string) => new Uint8Array(readFileSync(join(firmwareFolder(), path)));

/** 4 MiB with the files at their offsets. */
function flashWith(files: Readonly<Record<number, Uint8Array>>): Uint8Array {
  const flash = new Uint8Array(0x400000).fill(0xff);
  for (const [offset, bytes] of Object.entries(files)) flash.set(bytes, Number(offset));
  return flash;
}

/** A boot loader with its mode and its size and speed bytes patched, as flashing does. */
function patched(path: string, mode: number, map: number): Uint8Array {
  const bytes = read(path);
  bytes[2] = mode;
  bytes[3] = map;
  return bytes;
}

const BOOT_16 = "esp8266-sdk/boot_v1.6.bin";
const BOOT_17 = "esp8266-sdk/boot_v1.7.bin";
const ESPRUINO = "espruino-2v09-esp8266/espruino_esp8266_user1.bin";
const AT_USER1 = "esp8266-at-1024+1024/user1.2048.new.5.bin";
const PHY_INIT = "esp8266-sdk/esp_init_data_default_v08.bin";

/** What stands in the log behind the ROM's lines. */
const afterRom = (log: string) => log.slice(log.indexOf("csum 0x") + "csum 0xNN\r\n".length);

describeWith(["firmware"], "the SDK's boot loader", () => {
  it("1.6 starts Espruino, and the whole log is what a board prints", () => {
    const files = { 0: read(BOOT_16), 4096: read(ESPRUINO), 507904: read(PHY_INIT) };
    const board = createVirtualBoard({ flash: flashWith(files) });
    const [atBootRate, ...application] = board.uartLog.split("\n[115299 baud]\n");
    expect(application.length).toBe(1);
    expect(atBootRate).toBe(
      "[74928 baud]\n\r\n ets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\n" +
        "load 0x40100000, len 2408, room 16 \r\ntail 8\r\nchksum 0xe5\r\n" +
        "load 0x3ffe8000, len 776, room 0 \r\ntail 8\r\nchksum 0x84\r\n" +
        "load 0x3ffe8310, len 632, room 0 \r\ntail 8\r\nchksum 0xd8\r\ncsum 0xd8\r\n" +
        "\r\n2nd boot version : 1.6\r\n  SPI Speed      : 40MHz\r\n  SPI Mode       : QIO\r\n" +
        "  SPI Flash Size & Map: 4Mbit(256KB+256KB)\r\njump to run user1 @ 1000\r\n\r\n",
    );
    expect(board.state.mode).toBe("application");
  });

  it("1.7 names the map, mode and speed that were flashed", () => {
    const board = createVirtualBoard({
      flash: flashWith({ 0: patched(BOOT_17, 2, 0x6f), 4096: read(AT_USER1), 4177920: read(PHY_INIT) }),
    });
    expect(afterRom(board.uartLog)).toBe(
      "\r\n2nd boot version : 1.7(5d6f877)\r\nSPI Speed : 80MHz\r\nSPI Mode : DIO\r\n" +
        "SPI Flash Size & Map: 32Mbit(1024KB+1024KB)\r\njump to run user1 @ 1000\r\n\r\n" +
        "\n[115299 baud]\n\r\nready\r\n",
    );
    expect(board.state.mode).toBe("application");
  });

  it("returns from firmware whose RAM part is damaged into code that is no longer its own", () => {
    const user1 = read(AT_USER1);
    user1[user1.length - 200]! ^= 1;
    const board = createVirtualBoard({ flash: flashWith({ 0: patched(BOOT_16, 2, 0x60), 4096: user1 }) });
    expect(board.uartLog).toContain(
      "jump to run user1 @ 1000\r\n\r\nFatal exception (3): \r\nepc1=0x401000b8, epc2=0x00000000, " +
        "epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000\r\n\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
    );
    expect(board.state.mode).toBe("hung");
  });

  it("starts firmware whose code in flash is damaged, because nobody looks", () => {
    const user1 = read(AT_USER1);
    user1.fill(0xff, 0x7b000 - 0x1000, 0x5000 + 0x7b000);
    user1.set(read(AT_USER1).subarray(0x61f20), 0x61f20);
    user1[0x3000]! ^= 1;
    const board = createVirtualBoard({ flash: flashWith({ 0: patched(BOOT_16, 2, 0x60), 4096: user1 }) });
    expect(board.uartLog).toContain("jump to run user1 @ 1000\r\n\r\nFatal exception (3)");
  });

  it("1.7 refuses a map that it does not know, 1.6 takes the first", () => {
    const newer = createVirtualBoard({
      flash: flashWith({ 0: patched(BOOT_17, 2, 0x70), 4096: read(AT_USER1) }),
    });
    expect(newer.uartLog).toContain("SPI Flash Size & Map: flash map not support\r\n");
    expect(newer.state.mode).toBe("hung");
    const older = createVirtualBoard({
      flash: flashWith({ 0: patched(BOOT_16, 2, 0x80), 4096: read(AT_USER1) }),
    });
    expect(older.uartLog).toContain(
      "SPI Flash Size & Map: 4Mbit\r\nno GPIO select!\r\njump to run user1 @ 1000",
    );
  });

  it("is an unknown program after one changed byte: the ROM starts it and nothing more is printed", () => {
    const boot = read(BOOT_16);
    boot[100]! ^= 1;
    boot[boot.length - 1]! ^= 1;
    const board = createVirtualBoard({ flash: flashWith({ 0: boot, 4096: read(ESPRUINO) }) });
    expect(afterRom(board.uartLog)).toBe("");
    expect(board.state.mode).toBe("application");
  });
});
