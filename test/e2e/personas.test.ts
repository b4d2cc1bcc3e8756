import { connect, esp8266, esp8266FlashParams, parseFlashSize, watchBoot } from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoard,
  type VirtualClock,
} from "@flashwright/virtual-device";
import { expect, it } from "vitest";
import { openConsole } from "../support/console.js";
import { madeUserImage, phyInit } from "../support/made-firmware.js";
import { realBoot } from "../support/real-firmware.js";
import { describeWith } from "../support/requirements.js";
import { atSet, espruinoSet, type FirmwareSet } from "./support/firmware.js";
import { flashSet } from "./support/flash-set.js";

interface Desk {
  readonly board: VirtualBoard;
  readonly clock: VirtualClock;
}

/** A board in the time of a real one, with a set flashed onto it by the real client. */
async function flashed(set: FirmwareSet): Promise<Desk> {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ clock, pace: "line" });
  await flashSet(board.transport, set, { clock, stub: true });
  return { board, clock };
}

/** Espruino 2v09's real files with the header of another map, its PHY init data where that map wants it. */
function espruinoOnMap(size: "512KB" | "4MB"): FirmwareSet {
  const set = espruinoSet();
  const shift = size === "512KB" ? 0x380000 : 0;
  return {
    ...set,
    images: set.images.map((image) =>
      image.offset < 0x300000 ? image : { ...image, offset: image.offset - shift },
    ),
    header: { ...set.header, size: parseFlashSize(size, esp8266FlashParams) },
  };
}

/** Starts the board and listens; then a person opens the console. */
async function startAndOpen({ board, clock }: Desk) {
  const session = await connect(board.reconnect(), { target: esp8266, clock });
  const verdict = await watchBoot(session);
  return { verdict, console: await openConsole(board.reconnect(), clock) };
}

describeWith(["firmware"], "Espruino 2v09 on a 4 MB module", () => {
  it("warns on a map of 512 KB and names the map", async () => {
    const desk = await flashed(espruinoOnMap("512KB"));
    const { verdict, console } = await startAndOpen(desk);
    expect(verdict.verdict).toBe("boots");
    expect(desk.board.uartLog).toContain(
      "Flash map 512KB:256/256, manuf 0xe0 chip 0x4016\r\n" +
        "WARNING: *** Your flash chip does not match your flash map ***\r\n\r\n>",
    );
    expect(await console.type("process.env.BOARD")).toBe('="ESP8266_BOARD"\r\n');
    expect(await console.type('require("ESP8266").getState().flashMap')).toBe('="512KB:256/256"\r\n');
    expect(await console.type('require("ESP8266").getFreeFlash()')).toBe("=[  ]\r\n");
  });

  it("is content with 4 MB, and answers a question between two marks", async () => {
    const desk = await flashed(espruinoOnMap("4MB"));
    const { console } = await startAndOpen(desk);
    expect(desk.board.uartLog).toContain("Flash map 4MB:512/512, manuf 0xe0 chip 0x4016\r\n\r\n>");
    await console.send('\x10print("<","<<",JSON.stringify(require("ESP8266").getFreeFlash()),">>",">")\n');
    expect(await console.until(">> >\r\n")).toBe(
      '< << [{"addr":524288,"length":4096},{"addr":1011712,"length":36864},{"addr":1048576,"length":3125248}] >> >\r\n',
    );
  });

  it("keeps code and a network over a reboot, and prints no banner then", async () => {
    const { board, clock } = await flashed(espruinoOnMap("4MB"));
    const { console } = await startAndOpen({ board, clock });
    await console.type('answer=42;require("Wifi").connect("home",{password:"secret"})');
    await console.type('require("Wifi").save()');
    expect(await console.type("save()")).toMatch(
      /^=undefined\r\nCompacting Flash\.\.\.\r\nCalculating Size\.\.\.\r\nWriting\.\.\r\nCompressed 27200 bytes to \d+\r\n$/,
    );
    await console.send("E.reboot()\n");
    expect(await console.until("bytes from flash...\r\n>")).not.toContain("espruino.com");
    expect(await console.type("answer")).toBe("=42\r\n");
    expect(await console.type('require("Wifi").getDetails().ssid')).toBe('="home"\r\n');
  });
});

describeWith(["firmware"], "the AT firmware", () => {
  it("names itself and keeps a network over a reset", async () => {
    const { board, clock } = await flashed(atSet());
    const console = await openConsole(board.reconnect(), clock);
    await console.until("ready\r\n");
    await console.send("AT+GMR\r\n");
    expect(await console.until("OK\r\n")).toContain("Bin version(Wroom 02):1.7.6\r\n");
    await console.send("AT+CWMODE_DEF=1\r\n");
    await console.until("OK\r\n");
    await console.send('AT+CWJAP_DEF="home","secret12"\r\n');
    await console.until("FAIL\r\n");
    await console.send("AT+RST\r\n");
    await console.until("ready\r\n");
    await console.send("AT+CWJAP_DEF?\r\n");
    expect(await console.until("OK\r\n")).toContain('+CWJAP_DEF:"home"');
  });
});

/** A 4 MB build of 1v95 by the real client, under a map. */
function made1v95(size: "4MB" | "4MB-c1"): FirmwareSet {
  const set = espruinoSet();
  const bytes = madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 });
  return {
    ...set,
    images: [
      { name: "boot_v1.6.bin", offset: 0, bytes: realBoot("1.6", 0, 0) },
      { name: "user1.bin", offset: 0x1000, bytes },
      { name: "esp_init_data_default.bin", offset: 0x3fc000, bytes: phyInit() },
    ],
    header: { ...set.header, size: parseFlashSize(size, esp8266FlashParams) },
  };
}

describeWith(["firmware"], "Espruino 1v95 for 4 MB", () => {
  it("on the map 512+512 destroys its own code with Wifi.save(), and never starts again", async () => {
    const desk = await flashed(made1v95("4MB"));
    const { verdict, console } = await startAndOpen(desk);
    expect(verdict.verdict).toBe("boots");
    await console.type('require("Wifi").save()');
    expect([...desk.board.flash.subarray(0x7b000, 0x7b004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    const session = await connect(desk.board.reconnect(), { target: esp8266, clock: desk.clock });
    const after = await watchBoot(session);
    expect(after.evidence.join("\n")).toContain("Fatal exception (3)");
    expect(after.verdict).not.toBe("boots");
    expect(desk.board.state.mode).toBe("hung");
  });

  it("on the map 1024+1024 keeps its settings and starts again", async () => {
    const desk = await flashed(made1v95("4MB-c1"));
    const { console } = await startAndOpen(desk);
    await console.type('require("Wifi").connect("home",{password:"secret"})');
    await console.type('require("Wifi").save()');
    expect([...desk.board.flash.subarray(0xfb000, 0xfb004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    await console.send('require("ESP8266").reboot()\n');
    await console.until("chip 0x4016\r\n\r\n>");
    expect(await console.type('require("Wifi").getDetails().ssid')).toBe('="home"\r\n');
  });
});
