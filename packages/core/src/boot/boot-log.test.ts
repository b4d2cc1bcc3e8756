import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFlashSize } from "../image/flash-params.js";
import { esp8266BootDialect } from "../targets/esp8266/boot-dialect.js";
import { esp8266FlashParams } from "../targets/esp8266/flash-params.js";
import type { BootEvent } from "./boot-event.js";
import { BootLogParser } from "./boot-log.js";
import { MAX_LINE_SIZE } from "./line-splitter.js";
import { readableText } from "./readable-text.js";
import { banner, eventsOf, latin1, loads, secondBoot } from "./sample-logs.fixture.js";

const facts = (log: string) => eventsOf(log).map(({ line, ...fact }) => fact);

describe("a boot log", () => {
  it("becomes typed events, from the ROM's first line to the application's", () => {
    expect(facts(`${banner()}${loads}${secondBoot}hello\r\n`)).toEqual([
      { type: "rom-banner", resetCause: 2, bootMode: [3, 6] },
      { type: "segment-load", address: 0x40100000, size: 2408, room: 16 },
      { type: "bookkeeping" },
      { type: "segment-checksum", checksum: 0xe5 },
      { type: "segment-load", address: 0x3ffe8000, size: 776, room: 0 },
      { type: "bookkeeping" },
      { type: "segment-checksum", checksum: 0x84 },
      { type: "segment-load", address: 0x3ffe8310, size: 632, room: 0 },
      { type: "bookkeeping" },
      { type: "segment-checksum", checksum: 0xd8 },
      { type: "image-checksum", checksum: 0xd8 },
      { type: "second-boot", loader: "sdk", version: "1.6" },
      { type: "spi-speed", mhz: 40 },
      { type: "spi-mode", mode: "dio" },
      { type: "flash-map", map: "32Mbit(1024KB+1024KB)" },
      { type: "jump-to-user", slot: 1, offset: 0x1000 },
      { type: "text" },
    ]);
  });

  it("names its flash map in words that the flash sizes know", () => {
    const map = eventsOf(secondBoot).find((event) => event.type === "flash-map");
    expect(map?.type === "flash-map" && parseFlashSize(map.map, esp8266FlashParams).name).toBe("4MB-c1");
  });

  it.each<[string, object]>([
    ["unknown reset", { type: "unknown-reset" }],
    ["wdt reset", { type: "watchdog-reset" }],
    ["Soft WDT reset", { type: "watchdog-reset" }],
    ["ho 0 tail 12 room 4", { type: "bookkeeping" }],
    ["csum err", { type: "checksum-error" }],
    ["ets_main.c ", { type: "ets-main" }],
    ["flash read err, ets_unpack_flash_code", { type: "flash-read-error" }],
    ["flash read err, 1000", { type: "other-chip", family: "ESP32" }],
    ["ets_main.c 371", { type: "other-chip", family: "ESP32" }],
    ["rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", { type: "other-chip", family: "ESP32" }],
    ["rf_cal[0] !=0x05,is 0xFF", { type: "rf-cal-error", found: 0xff }],
    ["don't supported flash map.", { type: "flash-map-error", what: "map" }],
    ["flash map not support", { type: "flash-map-error", what: "map" }],
    ["system_partition_table_regist fail", { type: "flash-map-error", what: "partition" }],
    ["error magic!", { type: "user-image-error", what: "magic" }],
    ["error user bin flag", { type: "user-image-error", what: "flag" }],
    ["jump to run usererror user bin flag, flag = 2", { type: "user-image-error", what: "flag" }],
    ["jump to run usererror user bin flag = 2", { type: "user-image-error", what: "flag" }],
    ["SPI Flash Size & Map: flash map not support", { type: "flash-map-error", what: "map" }],
    ["first boot failed, reboot to try backup bin", { type: "slot-failed", next: "other" }],
    ["first boot failed 0, reboot to try this bin again", { type: "slot-failed", next: "same" }],
    ["backup boot failed 5a5a5a02, reboot to try this bin again", { type: "slot-failed", next: "same" }],
    ["backup boot failed.", { type: "slot-failed", next: "none" }],
    ["no GPIO select!", { type: "bookkeeping" }],
    ["enhance boot mode, jump to run bin @ 101000", { type: "bookkeeping" }],
    ["test mode, jump to run bin @ 81000", { type: "bookkeeping" }],
    [" @ 101000", { type: "bookkeeping" }],
    ["  SPI Speed      :   SPI Mode       : QIO", { type: "spi-mode", mode: "qio" }],
    ["SPI Speed : ", { type: "bookkeeping" }],
    ["2nd boot version : 1.7(5d6f877)", { type: "second-boot", loader: "sdk", version: "1.7(5d6f877)" }],
    ["v39c79d9b", { type: "second-boot", loader: "eboot", version: "39c79d9b" }],
    ["~ld", { type: "bookkeeping" }],
    ["SPI Speed      : 26.7MHz", { type: "spi-speed", mhz: 26.7 }],
    ["jump to run user2 @ 101000", { type: "jump-to-user", slot: 2, offset: 0x101000 }],
    ["Exception 7 of 12 was fine", { type: "text" }],
    ["room for 3 people", { type: "text" }],
  ])("reads %j", (line, fact) => {
    expect(facts(`${line}\r\n`)).toEqual([fact]);
  });

  it.each([
    ["Fatal exception (28):", 28],
    ["Fatal exception 28(LoadProhibitedCause):", 28],
    ["Exception (9):", 9],
    ["Fatal exception (0): ", 0],
  ])("joins %j with the registers behind it", (first, cause) => {
    const registers =
      "epc1=0x4000e1b2, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000010, depc=0x00000000";
    expect(eventsOf(`${first}\n${registers}\n`)).toEqual([
      {
        type: "fatal-exception",
        cause,
        registers: { epc1: 0x4000e1b2, epc2: 0, epc3: 0, excvaddr: 0x10, depc: 0 },
        line: `${first.trim()} ${registers}`,
      },
    ]);
  });

  it("reads an exception that somebody passed on with its registers on the same line", () => {
    const line = "Fatal exception (3): epc1=0x401000b8, epc2=0x00000000, excvaddr=0x401000df";
    expect(eventsOf(`${line}\r\n`)).toEqual([
      {
        type: "fatal-exception",
        cause: 3,
        registers: { epc1: 0x401000b8, epc2: 0, excvaddr: 0x401000df },
        line,
      },
    ]);
  });

  it("gives an exception without registers as soon as something else follows, or nothing does", () => {
    expect(facts(`Fatal exception (0):\r\n${banner(4)}`).map(({ type }) => type)).toEqual([
      "fatal-exception",
      "rom-banner",
    ]);
    expect(facts("Fatal exception (0):\r\n")).toEqual([{ type: "fatal-exception", cause: 0, registers: {} }]);
  });
});

describe("noise", () => {
  it("before the first line does not hide it", () => {
    const log = `\xfe\x92\x00l\x9c\x8ab|\x8c ets Jan  8 2013,rst cause:1, boot mode:(3,7)\r\n`;
    expect(facts(log)).toEqual([{ type: "rom-banner", resetCause: 1, bootMode: [3, 7] }]);
  });

  it("on lines of its own is counted, and no text", () => {
    expect(facts("\xfe\x92\x80l\x9c\x8a\n")).toEqual([{ type: "garbage", byteCount: 6 }]);
  });

  it("without a line end is cut into lines of bounded size", () => {
    const sizes = eventsOf(new Uint8Array(1000).fill(0x80)).map(
      (event) => event.type === "garbage" && event.byteCount,
    );
    expect(sizes).toEqual([MAX_LINE_SIZE, MAX_LINE_SIZE, MAX_LINE_SIZE, 1000 - 3 * MAX_LINE_SIZE]);
  });

  it("of any kind gives only events whose lines are safe to show", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        for (const { line } of eventsOf(bytes)) expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
      }),
    );
  });
});

describe("chunking", () => {
  it("does not change the events, wherever it cuts", () => {
    const log = latin1(`\xff\x00${banner()}${loads}${secondBoot}Fatal exception (3):\nepc1=0x00000001\n> `);
    const whole = eventsOf(log);
    fc.assert(
      fc.property(fc.array(fc.nat(log.length)), (cuts) => {
        const parser = new BootLogParser(esp8266BootDialect);
        const edges = [0, ...cuts.sort((a, b) => a - b), log.length];
        const events = edges.slice(1).flatMap((end, i): BootEvent[] => parser.push(log.slice(edges[i], end)));
        expect([...events, ...parser.flush()]).toEqual(whole);
      }),
    );
  });

  it("holds a line back until it ends or is asked for", () => {
    const parser = new BootLogParser(esp8266BootDialect);
    expect(parser.push(latin1(">"))).toEqual([]);
    expect(parser.flush()).toEqual([{ type: "text", line: ">" }]);
    expect(parser.flush()).toEqual([]);
  });
});

describe("readable text", () => {
  const utf8 = (text: string) => readableText(new TextEncoder().encode(text));

  it("keeps letters of all scripts and drops what acts on a terminal", () => {
    expect(utf8("größer 温度 \u{1f600}")).toEqual({ text: "größer 温度 \u{1f600}", unreadable: 0 });
    expect(utf8("\x1b[31mred\x1b[0m \x1b]0;title\x07plain\x1b[?7l")).toEqual({
      text: "red plain",
      unreadable: 0,
    });
    expect(utf8("a\tb")).toEqual({ text: "a b", unreadable: 0 });
    expect(utf8("a\x08\x00b\u202egnp.exe\u200b")).toEqual({ text: "abgnp.exe", unreadable: 4 });
  });

  it("counts bytes that are no well-formed UTF-8", () => {
    for (const bytes of ["\x80", "\xc0\x80", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"]) {
      expect(readableText(latin1(bytes)), JSON.stringify(bytes)).toEqual({
        text: "",
        unreadable: bytes.length,
      });
    }
  });

  it("agrees with the platform's decoder on every string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, "").trim();
        expect(utf8(text).text).toBe(visible);
      }),
    );
  });
});
