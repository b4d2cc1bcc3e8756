import { describe, expect, it } from "vitest";
import { madeAtImage, wifiBlock } from "../../../../../test/support/made-firmware.js";
import { type DiagnoseInput, diagnose } from "../diagnose.js";
import type { FindingCode } from "../finding.js";
import { board, codecs, combined, healthy, large, sdkChip, sector, wifi } from "../prepared-flash.fixture.js";
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

describe("settings in the code", () => {
  it("are the cause of the damage also after sums have proven it", async () => {
    const chip = sdkChip({
      image: large("1v97", 520_004),
      sizeFreq: 0x4f,
      more: [{ offset: 0x7_b000, bytes: sector(wifiBlock(wifi)) }],
    });
    const source = dumpSource(chip, codecs);
    const quick = await surveyFlash(source, { depth: "quick", codecs });
    const deep = await surveyFlash(source, { depth: "deep", earlier: quick, codecs });
    expect(deep.slots[0]!.state).toBe("damaged");
    for (const survey of [quick, deep]) {
      expect(fixesOf({ survey }, "finding-settings-in-code")).toEqual([
        { kind: "header", size: "4MB-c1" },
        { kind: "rewrite", slots: ["user1"] },
      ]);
    }
  });
});

describe("a crash", () => {
  const bootLog = "Fatal exception (28):\r\nepc1=0x40223344, epc2=0x00000000, excvaddr=0x00000004\r\n";

  it("asks for the program again, unless that was proven to be whole", async () => {
    const source = dumpSource(sdkChip({ image: board("2v09"), sizeFreq: 0x40 }), codecs);
    const quick = await surveyFlash(source, { depth: "quick", codecs });
    const deep = await surveyFlash(source, { depth: "deep", earlier: quick, codecs });
    expect(deep.slots[0]!.state).toBe("intact");
    const fixes = (survey: typeof quick) => fixesOf({ survey, bootLog }, "finding-exception-read");
    expect([fixes(quick), fixes(deep)]).toEqual([[{ kind: "rewrite", slots: ["user1"] }], []]);
  });
});

describe("how a wrong map came about", () => {
  it("is told by the zeros of a whole-chip file, or by a header as it is shipped", async () => {
    const codes = async (bytes: Uint8Array) =>
      diagnose({ survey: await look(bytes) }).findings.map(({ code }) => code);
    const shipped = await codes(sdkChip({ image: large("2v09"), sizeFreq: 0x00 }));
    const kept = await codes(combined(large("2v09"), 0x40_0000));
    const causes = (found: readonly string[]) =>
      found.filter((code) => /combined-kept|as-shipped/.test(code));
    expect([causes(shipped), causes(kept)]).toEqual([
      ["finding-header-as-shipped"],
      ["finding-combined-kept"],
    ]);
  });
});

describe("a large region of which only the beginning was hashed", () => {
  it("is not called blank", async () => {
    const survey = await look(healthy.MicroPython!());
    const state = survey.regions.find(({ region }) => region.id === "file-system");
    expect([state?.region.size, state?.content]).toEqual([0x2f_b000, "unseen"]);
  });
});
