import { describe, expect, it } from "vitest";
import { diagnose } from "../diagnose.js";
import type { Severity } from "../finding.js";
import { codecs, seed, wifiIn } from "../prepared-flash.fixture.js";
import { dumpSource } from "../sources/dump-source.js";
import { surveyFlash } from "../survey/survey-flash.js";

const CRASH =
  "Fatal exception (3): epc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000";

async function diagnosed(flash: Uint8Array) {
  const survey = await surveyFlash(dumpSource(flash, codecs), { depth: "deep", codecs });
  const { findings } = diagnose({ survey, bootLog: `jump to run user1 @ 1000\n\n${CRASH}\n` });
  const weighty = findings.filter(({ severity }) => severity !== ("note" satisfies Severity));
  return weighty.map(({ code, evidence }) => ({
    code,
    line: evidence.find((one) => one.code === "evidence-line")?.params.line,
  }));
}

describe("a crash", () => {
  it("of a program that settings overwrote is evidence of that, and no second finding", async () => {
    expect(await diagnosed(seed(0x4f, wifiIn(0x7_b000)))).toEqual([
      { code: "finding-settings-in-code", line: CRASH },
    ]);
  });

  it("of a program with a hole is evidence of the damage", async () => {
    expect(await diagnosed(seed(0x6f).fill(0xff, 0x3_0000, 0x3_1000))).toEqual([
      { code: "finding-image-damaged", line: CRASH },
    ]);
  });

  it("of a program that is whole is a finding of its own", async () => {
    expect(await diagnosed(seed(0x6f))).toEqual([{ code: "finding-exception-load-store", line: CRASH }]);
  });
});
