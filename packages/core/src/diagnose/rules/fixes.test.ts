import { describe, expect, it } from "vitest";
import { madeAtImage } from "../../../../../test/support/made-firmware.js";
import { type DiagnoseInput, diagnose } from "../diagnose.js";
import type { FindingCode } from "../finding.js";
import { board, codecs, large, sdkChip } from "../prepared-flash.fixture.js";
import { dumpSource } from "../sources/dump-source.js";
import { surveyFlash } from "../survey/survey-flash.js";

const look = (bytes: Uint8Array) => surveyFlash(dumpSource(bytes, codecs), { depth: "quick", codecs });
const fixesOf = (input: DiagnoseInput, code: FindingCode) =>
  diagnose(input).findings.find((found) => found.code === code)?.fixes;

describe("the boot loader that is missing", () => {
  it("is written again with the header for which the program behind it was linked", async () => {
    const chip = sdkChip({ image: large("2v09"), sizeFreq: 0x6f });
    chip.fill(0xff, 0, 0x1000);
    expect(fixesOf({ survey: await look(chip) }, "finding-no-boot-loader")).toEqual([
      { kind: "rewrite", slots: ["boot"] },
      { kind: "header", size: "4MB-c1" },
    ]);
  });
});

describe("PHY init data", () => {
  it("is needed by AT as by Espruino", async () => {
    const survey = await look(sdkChip({ image: madeAtImage(), sizeFreq: 0x50, phy: false }));
    expect(fixesOf({ survey }, "finding-phy-init-missing")).toEqual([{ kind: "phy-init" }]);
  });
});

describe("a mode that is not wired", () => {
  /** Of a board whose header is read and whose segments are zeros. */
  const bootLog = [
    "ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
    "load 0x40100000, len 2408, room 16",
    "tail 8",
    "chksum 0xef",
    "load 0x00000000, len 0, room 8",
    "tail 0",
    "chksum 0xef",
    "load 0x00000000, len 0, room 8",
    "tail 0",
    "chksum 0xef",
    "csum 0xef",
    "csum err",
    "ets_main.c",
    "",
  ].join("\r\n");
  const chip = (flashId: number) => ({ target: "esp8266", flashSize: 0x40_0000, flashId });

  it.each([
    [0, 0x1640e0, "dio"],
    [0, 0x1460ba, "dout"],
    [0, 0x1640c8, "dio"],
    [2, 0x1640e0, "dout"],
    [1, 0x15701c, "dio"],
  ])("is taken back from %i, with the flash chip %i, to %s", async (mode, flashId, expected) => {
    const survey = await look(sdkChip({ image: board("2v09"), sizeFreq: 0x40, mode }));
    expect(fixesOf({ survey, bootLog, chip: chip(flashId) }, "finding-mode-not-wired")).toEqual([
      { kind: "header", mode: expected },
    ]);
  });
});
