import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { banner, loads, secondBoot } from "../../boot/sample-logs.fixture.js";
import { describe as words } from "../../messages/catalogue.js";
import type { Diagnosis, Finding } from "../finding.js";
import { diagnoseText } from "./diagnose-text.js";

const told = ({ findings }: Diagnosis) =>
  findings.map(({ severity, code }) => `${severity} ${code.slice("finding-".length)}`);
const find = (text: string, code: Finding["code"]) =>
  diagnoseText(text).findings.find((found) => found.code === code);

describe("each boot message", () => {
  it.each<[string, string, readonly string[]]>([
    ["GPIO0 low", banner(2, 1), ["fatal download-mode"]],
    ["GPIO2 low", banner(2, 2), ["fatal strap-gpio2"]],
    ["GPIO15 high", banner(2, 7), ["fatal strap-gpio15"]],
    ["an unknown reset", `${banner(0)}unknown reset\r\nets_main.c \r\n`, ["fatal unknown-reset"]],
    ["no image", `${banner(1)}ets_main.c \r\n${banner(4)}wdt reset\r\n`, ["fatal boot-finds-no-image"]],
    [
      "QIO on a module for DIO",
      `${banner()}load 0x40100000, len 2408, room 16 \r\ntail 8\r\nchksum 0xef\r\nload 0x00000000, len 0, room 8 \r\ntail 0\r\nchksum 0xef\r\ncsum 0xef\r\ncsum err\r\nets_main.c \r\n`,
      ["fatal mode-not-wired"],
    ],
    [
      "a wrong checksum",
      `${banner()}load 0x40100000, len 2408, room 16 \r\ntail 8\r\nchksum 0x12\r\ncsum 0x12\r\ncsum err\r\nets_main.c \r\n`,
      ["fatal boot-checksum"],
    ],
    [
      "a segment that is not there",
      `${banner()}flash read err, ets_unpack_flash_code\r\nets_main.c \r\n`,
      ["fatal boot-read-error"],
    ],
    ["the message of an ESP32", "flash read err, 1000\r\nets_main.c 371 \r\n", ["fatal not-an-esp8266"]],
    ["bookkeeping alone", `${banner()}${loads}`, ["warning silent-after-load"]],
    ["a second boot that goes on silently", `${banner()}${loads}${secondBoot}`, ["note silent-after-jump"]],
    [
      "no firmware behind the second boot",
      `${banner()}${loads}${secondBoot}error magic!\r\n`,
      ["fatal boot-finds-no-program"],
    ],
    ["a slot that it does not know", `${banner()}${loads}error user bin flag\r\n`, ["fatal slot-flag"]],
    [
      "no PHY init data",
      `${banner()}${loads}${secondBoot}rf_cal[0] !=0x05,is 0xFF\r\n`,
      ["fatal phy-init-missing"],
    ],
    [
      "a map that the SDK refuses",
      `${banner()}${loads}${secondBoot}don't supported flash map.\r\n`,
      ["fatal map-refused"],
    ],
    [
      "a watchdog that bites",
      `${banner(4)}wdt reset\r\n${loads}${banner(4)}wdt reset\r\n${loads}${banner(4)}wdt reset\r\n`,
      ["fatal watchdog-loop"],
    ],
    ["resets without an end", banner(2).repeat(4), ["fatal reset-loop"]],
    ["a firmware that speaks", `${banner()}${loads}${secondBoot}hello there, all is well\r\n`, []],
  ])("has its finding: %s", (_, log, expected) => {
    expect(told(diagnoseText(log))).toEqual(expected);
  });

  it("is put right as far as that can be done without a hand", () => {
    expect(find(`${banner()}${loads}rf_cal[0] !=0x05,is 0x00\r\n`, "finding-phy-init-missing")).toMatchObject(
      {
        params: { found: 0 },
        fixes: [{ kind: "phy-init" }],
        evidence: expect.arrayContaining([
          { code: "evidence-line", params: { line: "rf_cal[0] !=0x05,is 0x00" } },
        ]),
      },
    );
    expect(find(banner(2, 1), "finding-download-mode")?.fixes).toEqual([]);
  });
});

describe("a crash", () => {
  const crash = (cause: number, registers = "epc1=0x40223344, epc2=0x00000000, excvaddr=0x00000004") =>
    `${banner()}${loads}${secondBoot}Fatal exception (${cause}): \r\n${registers}, depc=0x00000000\r\n`;

  it.each([
    [0, "illegal"],
    [2, "fetch"],
    [3, "load-store"],
    [6, "division"],
    [9, "alignment"],
    [20, "jump"],
    [28, "read"],
    [29, "write"],
  ])("by cause %i has a finding of its own", (cause, name) => {
    expect(told(diagnoseText(crash(cause)))).toEqual([`fatal exception-${name}`]);
  });

  it("by any other cause is named as in the CPU's manual", () => {
    const found = find(crash(12), "finding-exception")!;
    expect(words(found.code, found.params)).toMatchObject({
      title: "The firmware crashed: InstrPIFDataError",
      message: "The chip stopped the program (exception 12): bus error while fetching code.",
    });
    expect(told(diagnoseText(crash(11)))).toEqual(["fatal exception"]);
  });

  it("says in which memory its addresses lie, and where that is in flash", () => {
    expect(find(crash(28), "finding-exception-read")?.evidence.slice(1)).toEqual([
      { code: "evidence-exception-code", params: { address: 0x4022_3344, memory: "IROM" } },
      {
        code: "evidence-exception-flash",
        params: { address: 0x4022_3344, offset: 0x2_3344, region: "code" },
      },
      { code: "evidence-exception-data", params: { address: 4, memory: "null pointer" } },
    ]);
    const thread = crash(3, "epc1=0x401000b8, epc2=0x00000000, excvaddr=0x401000df");
    expect(find(thread, "finding-exception-load-store")?.evidence.slice(1)).toEqual([
      { code: "evidence-exception-code", params: { address: 0x4010_00b8, memory: "IRAM" } },
      { code: "evidence-exception-data", params: { address: 0x4010_00df, memory: "IRAM" } },
    ]);
    const odd = crash(29, "epc1=0x4000dc4b, epc2=0x00000000, excvaddr=0x3ff00000");
    expect(find(odd, "finding-exception-write")?.evidence.slice(1)).toMatchObject([
      { params: { memory: "ROM" } },
      { params: { memory: "peripheral registers" } },
    ]);
  });

  it("that comes again and again is one finding", () => {
    expect(find(crash(3).repeat(5), "finding-exception-load-store")?.params.times).toBe(5);
  });
});

describe("the thread in which it all began", () => {
  const bannerOf = (map: string, warning: boolean) =>
    ` _____                 _ \r\n|   __|___ ___ ___ _ _|_|___ ___ \r\n|_____|___|  _|_| |___|_|_|_|___|\r\n` +
    `         |_| http://espruino.com\r\n 1v95 Copyright 2017 G.Williams\r\n\r\n` +
    `Flash map ${map}, manuf 0xe0 chip 0x4016\r\n` +
    (warning ? "\r\nWARNING: *** Your flash chip does not match your flash map ***\r\n" : "");
  const env =
    '>process.env\n={\n  "VERSION": "1v95",\n  "BUILD_DATE": "Sep  4 2017",\n  "BOARD": "ESP8266_4MB",\n  "CHIP": "ESP8266"\n }\n';
  const command =
    "esptool.py --port COM4 --baud 115200 write_flash --flash_mode qio --flash_freq 40m --flash_size 4MB " +
    "0x0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin 0x3FC000 esp_init_data_default.bin 0x3FE000 blank.bin\n";

  it("asks for the build where the banner warns", () => {
    expect(told(diagnoseText(bannerOf("512KB:256/256", true)))).toEqual(["note build-not-told"]);
  });

  it("knows that the warning is harmless for the build of 512 KB", () => {
    const text = `${bannerOf("512KB:256/256", true)}"BOARD": "ESP8266_BOARD"`;
    expect(told(diagnoseText(text))).toEqual(["note map-smaller-warns"]);
    expect(find(text, "finding-map-smaller-warns")?.fixes).toEqual([{ kind: "header", size: "4MB" }]);
  });

  it("knows from free flash alone that nothing but one sector is free under map 0", () => {
    const text = '>require("ESP8266").getFreeFlash()\n=[\n  { "addr": 487424, "length": 4096 }\n ]\n';
    expect(find(text, "finding-build-not-told")?.params).toEqual({ map: "512KB" });
  });

  it("knows a list of free flash that was pasted twice, or quoted", () => {
    const list = '=[\n  { "addr": 524288, "length": 4096 },\n  { "addr": 1011712, "length": 20480 }\n ]\n';
    const map = (text: string) => find(text, "finding-build-not-told")?.params.map;
    const twice = `>ESP8266.getFreeFlash()\n${list}>ESP8266.getFreeFlash()\n${list}`;
    expect([map(list), map(twice), map(list.replace(/^/gm, "> "))]).toEqual(["1MB", "1MB", "1MB"]);
    const shorter = '=[ { "addr": 487424, "length": 4096 } ]\n';
    expect(map(shorter + list)).toBe("1MB");
  });

  it("sees what nobody saw: the command and the build do not go together", () => {
    expect(told(diagnoseText(command))).toEqual(["note build-not-told"]);
    expect(told(diagnoseText(env))).toEqual(["note map-not-told"]);
    expect(told(diagnoseText(command + env))).toEqual([
      "danger map-destroys-at-wifi-save",
      "note size-without-split",
    ]);
    expect(told(diagnoseText(`C:\\espruino_1v95_esp8266_4mb>${command}`))).toEqual([
      "danger map-destroys-at-wifi-save",
      "note size-without-split",
    ]);
    expect(told(diagnoseText(`C:\\espruino_1v95_esp8266>${command}`))).toEqual([]);
  });

  it("names the cause where the board says it itself", () => {
    const text = bannerOf("4MB:512/512", false) + env;
    expect(find(text, "finding-map-destroys-at-wifi-save")).toMatchObject({
      severity: "danger",
      depth: "text",
      params: { map: "4MB", linked: "4MB-c1", offset: 0x7_b000, size: 0x1000 },
      fixes: [{ kind: "header", size: "4MB-c1" }],
    });
    const right = bannerOf("4MB:1024/1024", false) + env;
    expect(told(diagnoseText(right))).toEqual([]);
  });

  it("names it from getState() and from free flash, which is no free flash", () => {
    const state = '={ "flashMap": "4MB:512/512", "flashKB": 4096, "flashChip": "0xe0 0x4016" }\n';
    expect(told(diagnoseText(env + state))).toContain("danger map-destroys-at-wifi-save");
    const free =
      '=[ { "addr": 487424, "length": 4096 }, { "addr": 524288, "length": 4096 },\n{ "addr": 1011712, "length": 36864 }, { "addr": 1048576, "length": 3129344 } ]';
    expect(told(diagnoseText(env + free))).toEqual([
      "danger map-destroys-at-wifi-save",
      "danger free-list",
      "note size-without-split",
    ]);
  });

  it("explains the loop at the end", () => {
    const log = `${banner()}${loads}${secondBoot.replace("1024KB+1024KB", "512KB+512KB")}Fatal exception (3): \r\nepc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000\r\n`;
    const { findings, reassurances } = diagnoseText(env + log.repeat(2));
    expect(findings.map(({ severity, code }) => [severity, code])).toEqual([
      ["fatal", "finding-map-destroys-at-wifi-save"],
      ["fatal", "finding-exception-load-store"],
      ["note", "finding-size-without-split"],
    ]);
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([
      { kind: "header", size: "4MB-c1" },
      { kind: "rewrite", slots: ["user1"] },
    ]);
    expect(reassurances).toContainEqual({ code: "reassure-loader", params: {} });
  });

  it("says what erasing did not take", () => {
    expect(
      diagnoseText("I cleared the memory. How can I recover the data?").reassurances.map(({ code }) => code),
    ).toEqual(["reassure-mac", "reassure-calibration", "reassure-phy-init", "reassure-params"]);
  });
});

describe("a command", () => {
  const write = (rest: string) => diagnoseText(`esptool.py write_flash ${rest}`);

  it("takes bits for bytes", () => {
    const found = write(
      "--flash_size 4m 0x0 boot_v1.6.bin 0x1000 user1.bin 0x3FC000 esp_init_data_default.bin",
    ).findings[0]!;
    expect([found.code, found.severity]).toEqual(["finding-bits-for-bytes", "danger"]);
    expect(found.params).toEqual({ map: "512KB", gui: "4Mbit", chipSize: 0x40_0000, linked: "4MB" });
  });

  it("takes bits for bytes without PHY init data too, and not where the size was written in bytes", () => {
    const found = write("--flash_size 4m 0x0 boot_v1.6.bin 0x101000 user2.bin").findings[0]!;
    expect([found.code, found.params]).toEqual([
      "finding-bits-for-bytes",
      { map: "512KB", gui: "4Mbit", chipSize: 0x40_0000, linked: "4MB" },
    ]);
    expect(
      write("--flash_size 512KB 0x0 boot_v1.6.bin 0x3FC000 esp_init_data_default.bin").findings.flatMap(
        ({ evidence }) => evidence.map(({ code }) => code),
      ),
    ).toEqual(["package-phy-init-misplaced"]);
  });

  it("uses a size that means two things", () => {
    expect(told(write("--flash_size 4M 0x0 boot_v1.6.bin 0x1000 user1.bin"))).toEqual([
      "danger instructions",
    ]);
  });

  it("copies a slip, misplaces init data, or puts the firmware where the boot loader belongs", () => {
    const codes = (rest: string) =>
      write(rest).findings.flatMap(({ evidence }) => evidence.map(({ code }) => code));
    expect(codes("--flash_size 4MB 0x0 boot_v1.6.bin 0x1000 user1.bin 0x37E000 blank.bin")).toEqual([
      "package-blank-typo",
    ]);
    expect(codes("--flash_size 4MB 0x0 boot_v1.6.bin 0x7C000 esp_init_data_default.bin")).toEqual([
      "package-phy-init-misplaced",
    ]);
    expect(codes("--flash_size 1MB 0x0 espruino_esp8266_user1.bin")).toContain("update-image-at-start");
    // Any other sector may be cleared on purpose.
    expect(codes("--flash_size 4MB 0x0 boot_v1.6.bin 0x1000 user1.bin 0x80000 blank.bin")).toEqual([]);
  });

  it("gives Espruino a map of 16 MB that it does not know", () => {
    expect(
      told(
        diagnoseText(
          "espruino_2v09_esp8266_4mb$ esptool.py write_flash --flash_size 16MB 0x0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin",
        ),
      ),
    ).toEqual(["danger map-over-boot-loader"]);
  });
});

describe("other text", () => {
  it("is said to hold nothing where it does", () => {
    expect(told(diagnoseText(""))).toEqual(["note text-empty"]);
    expect(told(diagnoseText("my board does not work"))).toEqual(["note text-empty"]);
  });

  it("may show a map that no table has", () => {
    expect(told(diagnoseText("Flash map exception, manuf 0xef chip 0x4018"))).toEqual([
      "danger map-unknown-to-firmware",
    ]);
  });

  it("may be a flasher's, and about another chip", () => {
    expect(told(diagnoseText("Detecting chip type... ESP32\nChip is ESP32-D0WDQ6 (revision 1)"))).toEqual([
      "fatal not-an-esp8266",
    ]);
  });

  it("is judged whatever it is, with no control character in what comes of it", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        banner(),
        loads,
        secondBoot,
        "Flash map ",
        ", manuf 0xe0 chip 0x4016",
        '"BOARD": "ESP8266_4MB"',
        '"addr": 487424, "length": 4096',
        "esptool.py write_flash --flash_size ",
        "0x1000 ",
        "Fatal exception (",
        "epc1=0x4027b000",
        "\u001b[31m",
        "\n",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const diagnosis = diagnoseText(pieces.join(""));
        expect(diagnosis.depth).toBe("text");
        const said = diagnosis.findings.map(({ code, params }) =>
          Object.values(words(code, params)).join(" "),
        );
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
        expect(said.filter((sentence) => /[\x00-\x1f\x7f\u202e]/.test(sentence))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("may be longer than anybody reads", () => {
    expect(told(diagnoseText("x".repeat(2_000_000)))).toEqual(["note text-empty"]);
    expect(told(diagnoseText(banner(2, 1).repeat(20_000)))).toEqual(["fatal download-mode"]);
  });
});
