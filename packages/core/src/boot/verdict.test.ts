import { describe, expect, it } from "vitest";
import { describe as wordsOf } from "../messages/catalogue.js";
import { esp8266BootDialect as dialect } from "../targets/esp8266/boot-dialect.js";
import { foldBoot, initialBootState } from "./boot-run.js";
import { banner, eventsOf, loads, secondBoot } from "./sample-logs.fixture.js";
import { bootVerdict } from "./verdict.js";

const verdictOf = (log: string, silenceMs = 5000) => {
  const state = eventsOf(log).reduce((before, event) => foldBoot(before, event, dialect), initialBootState);
  return bootVerdict(state, silenceMs, dialect);
};
const brief = (log: string, silenceMs?: number) => {
  const { verdict, code } = verdictOf(log, silenceMs);
  return [verdict, code];
};

const zeros = [
  "load 0x40100000, len 2408, room 16 ",
  "tail 8",
  "chksum 0xef",
  "load 0x00000000, len 0, room 8 ",
  "tail 0",
  "chksum 0xef",
  "load 0x00000000, len 0, room 8 ",
  "tail 0",
  "chksum 0xef",
  "csum 0xef",
  "csum err",
  "ets_main.c ",
].join("\r\n");

describe("a chip that does not boot", () => {
  it.each([
    ["GPIO0 low", banner(2, 1), "boot-download-mode"],
    ["GPIO2 low", banner(2, 2), "boot-strap-gpio2"],
    ["GPIO2 and GPIO0 low", banner(2, 0), "boot-strap-gpio2"],
    ["GPIO15 high", banner(2, 7), "boot-strap-gpio15"],
    ["an unknown reset cause", `${banner(0)}unknown reset\r\nets_main.c \r\n`, "boot-unknown-reset"],
    ["an erased flash", `${banner()}ets_main.c \r\n`, "boot-no-image"],
    [
      "an erased flash, after the watchdog",
      `${banner()}ets_main.c \r\n${banner(4)}wdt reset\r\n`,
      "boot-no-image",
    ],
    ["a quad mode that is not wired", banner() + zeros, "boot-mode-not-wired"],
    [
      "the same with one segment",
      `${banner()}load 0x4010f000, len 3584, room 16\nchksum 0xef\ncsum 0xef\ncsum err\n`,
      "boot-mode-not-wired",
    ],
    ["a damaged image", `${banner()}${loads}csum err\r\nets_main.c \r\n`, "boot-checksum-error"],
    [
      "garbage lengths",
      `${banner()}load 0x40100000, len 9, room 16\nflash read err, ets_unpack_flash_code\nets_main.c \n`,
      "boot-flash-read-error",
    ],
    [
      "an ESP32",
      "rst:0x10 (RTCWDT_RTC_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\nflash read err, 1000\r\nets_main.c 371 \r\n",
      "boot-other-chip",
    ],
    [
      "an illegal instruction in ROM",
      `${banner()}${loads}Fatal exception (0):\r\nepc1=0x40100000\r\n`,
      "boot-exception",
    ],
    [
      "a crash in the SDK",
      `${banner()}${loads}${secondBoot}Fatal exception 28(LoadProhibitedCause):\r\nepc1=0x1\r\n`,
      "boot-exception",
    ],
    [
      "no PHY init data",
      `${banner()}${loads}${secondBoot}rf_cal[0] !=0x05,is 0xFF\r\nrf_cal[0] !=0x05,is 0xFF\r\n`,
      "boot-phy-init-data",
    ],
    [
      "a flash map the firmware does not know",
      `${banner()}${loads}${secondBoot}don't supported flash map.\r\n`,
      "boot-flash-map",
    ],
    [
      "partitions that do not fit",
      `${banner()}${loads}system_partition_table_regist fail\r\n`,
      "boot-flash-map",
    ],
    [
      "no user image",
      `${banner()}${loads}2nd boot version : 1.6\r\nerror magic!\r\n`,
      "boot-user-image-missing",
    ],
    [
      "a wrong slot flag",
      `${banner()}${loads}2nd boot version : 1.6\r\nerror user bin flag\r\n`,
      "boot-user-flag",
    ],
    [
      "a watchdog loop",
      `${banner(1)}${banner(4)}wdt reset\r\n${banner(4)}wdt reset\r\n`,
      "boot-watchdog-loop",
    ],
    ["power that comes and goes", banner(1) + banner(1) + banner(1), "boot-reset-loop"],
  ])("because of %s says so", (_, log, code) => {
    expect(brief(log)).toEqual(["does-not-boot", code]);
  });

  it("shows the lines that say so, without bookkeeping", () => {
    expect(verdictOf(banner() + zeros, 0)).toEqual({
      verdict: "does-not-boot",
      code: "boot-mode-not-wired",
      params: {},
      evidence: [
        "ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
        "load 0x40100000, len 2408, room 16",
        "chksum 0xef",
        "load 0x00000000, len 0, room 8",
        "chksum 0xef",
        "load 0x00000000, len 0, room 8",
        "chksum 0xef",
        "csum 0xef",
        "csum err",
        "ets_main.c",
      ],
    });
  });

  it("names the exception", () => {
    const { code, params } = verdictOf(`${banner()}${loads}Exception (29):\nepc1=0x1\n`);
    expect(params).toEqual({ cause: 29, name: "StoreProhibited", meaning: "write through a bad pointer" });
    expect(wordsOf(code, params).message).toBe(
      "The firmware crashed: exception 29 (StoreProhibited: write through a bad pointer).",
    );
  });

  it("still has crashed while the next run has said nothing, and has not once that one runs", () => {
    const crash = `${banner()}${loads}Exception (0):\nepc1=0x1\n`;
    expect(brief(crash + banner() + loads, 0)).toEqual(["does-not-boot", "boot-exception"]);
    expect(brief(`${crash}${banner()}${loads}hello world\n`, 300)).toEqual([
      "does-not-boot",
      "boot-exception",
    ]);
    expect(brief(`${crash}${banner()}${loads}hello world\n`, 2000)).toEqual(["boots", "boots-with-output"]);
  });

  it("is no longer in download mode after a reset that boots flash", () => {
    expect(brief(banner(2, 1) + banner() + loads, 0)).toEqual(["undecided", "boot-undecided"]);
  });

  it("had no image once, and has one now", () => {
    expect(brief(`${banner()}ets_main.c \r\n${banner()}${loads}`)).toEqual([
      "silent",
      "boot-silent-after-load",
    ]);
  });

  it("keeps evidence short and harmless, whatever is printed", () => {
    const flood = `2nd boot version : 1.6\x1b[2J${"x".repeat(200)}\r\n`.repeat(1000);
    const { code, evidence } = verdictOf(`${banner()}${flood}error magic!\r\n`);
    expect(code).toBe("boot-user-image-missing");
    expect(evidence).toEqual([...Array(11).fill(`2nd boot version : 1.6${"x".repeat(138)}`), "error magic!"]);
  });

  it("shows the failure itself, however much is printed behind it", () => {
    const log = `${banner()}${loads}${secondBoot}rf_cal[0] !=0x05,is 0xFF\r\n${"SPI Mode : QIO\r\n".repeat(40)}`;
    expect(verdictOf(log).evidence.slice(-2)).toEqual([
      "jump to run user1 @ 1000",
      "rf_cal[0] !=0x05,is 0xFF",
    ]);
  });
});

describe("a chip that boots", () => {
  it("is known by its first readable words behind the load", () => {
    expect(verdictOf(`${banner()}${loads}${secondBoot}rf cal sector: 1019\r\n`, 300)).toMatchObject({
      verdict: "boots",
      code: "boots-with-output",
      params: { line: "rf cal sector: 1019" },
    });
  });

  it("is given a moment to crash first, unless it prints without a pause", () => {
    const start = `${banner()}${loads}hello\n`;
    expect(brief(start, 100)).toEqual(["undecided", "boot-undecided"]);
    expect(brief(start + "temperature 21.5 C\n".repeat(30), 0)).toEqual(["boots", "boots-with-output"]);
  });

  it("is known without its boot log by more words than noise makes", () => {
    expect(brief("AT version:1.7.6\r\nready\r\n")).toEqual(["boots", "boots-with-output"]);
    expect(brief("rl|\r\n")).toEqual(["silent", "boot-silent-unreadable"]);
  });

  it("may print at another rate", () => {
    expect(brief(`${banner()}${loads}${secondBoot}\xfe\x80\x92\xa0\x9c\x8a\x80\xff\xf0\x80\n`)).toEqual([
      "boots",
      "boots-at-other-rate",
    ]);
  });

  it("is not taken at its word where there is more noise than words: noise makes words too", () => {
    const noise = "\xfe\x80\x92\xa0\x9c\x8a\x80\xff\xf0\x80\n".repeat(3);
    const log = `${banner()}${loads}${secondBoot}${noise}-qINX1y\r\n-I\r\n`;
    expect(brief(log)).toEqual(["boots", "boots-at-other-rate"]);
    expect(brief(`${log}temperature 21.5 C\r\nhumidity 48 %\r\n`)).toEqual(["boots", "boots-with-output"]);
  });

  it("is not mistaken for a failure because of normal bookkeeping", () => {
    expect(brief(`${banner()}${loads}ho 0 tail 12 room 4\r\nhello\r\n`)).toEqual([
      "boots",
      "boots-with-output",
    ]);
  });

  it("may have been reset once by the watchdog", () => {
    expect(brief(`${banner(4)}wdt reset\r\n${loads}${secondBoot}hello\r\n`)).toEqual([
      "boots",
      "boots-with-output",
    ]);
  });
});

describe("a chip that is silent", () => {
  it.each([
    ["from the start", "", "boot-silent"],
    ["but for noise", "\xfe\x80\x92\xa0\x9c\x8a\x80\xff\xf0\x80", "boot-silent-unreadable"],
    ["after the banner", banner(), "boot-silent-after-banner"],
    ["after the load", banner() + loads, "boot-silent-after-load"],
    ["after the jump", banner() + loads + secondBoot, "boot-silent-after-jump"],
  ])("%s is not called dead", (_, log, code) => {
    expect(brief(log)).toEqual(["silent", code]);
    expect(brief(log, 1000)).toEqual(["undecided", "boot-undecided"]);
  });

  it("says where it was started and for how long nothing came", () => {
    const { code, params } = verdictOf(banner() + loads + secondBoot, 4200);
    expect(wordsOf(code, params).message).toBe(
      "The second boot started user1 at 0x00001000, and then nothing was printed for 4 s.",
    );
  });
});

describe("the words for every verdict", () => {
  it("name no parameter that the verdict does not carry", () => {
    const logs = [
      "",
      banner(),
      banner(2, 1),
      banner(2, 2),
      banner(2, 7),
      `${banner(0)}unknown reset\n`,
      banner() + loads,
    ];
    logs.push(
      banner() + loads + secondBoot,
      banner(1).repeat(3),
      banner(4).repeat(2),
      `${banner()}ets_main.c\n`,
    );
    logs.push(
      banner() + zeros,
      "ets_main.c 371\n",
      "rf_cal[0] !=0x05,is 0x00\n",
      "Exception (42):\n",
      "error magic!\n",
    );
    for (const log of logs) {
      const { code, params } = verdictOf(log);
      const { message, hint } = wordsOf(code, params);
      expect(`${message} ${hint}`, code).not.toContain("?");
    }
  });
});
