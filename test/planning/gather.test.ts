/** What a plan asks of the chip before it is made, in bytes. @module */
import { esp8266, gatherContents, type Region, type RestoreRequest } from "@flashwright/core";
import { dumpSource, type FlashSource, surveyFlash } from "@flashwright/core/diagnose";
import type { FirmwarePackage } from "@flashwright/core/packages";
import { describe, expect, it } from "vitest";
import { atChip, espruinoChip } from "./support/made-chip.js";
import { madeEspruino } from "./support/made-package.js";
import { mac } from "./support/planned.js";

const KB = 0x400;
const c1 = { sizeFreq: 0x6f, mapSize: 0x400000 };
const chip = { mac, flashSize: 0x400000, loader: "stub" } as const;

/** A flash that writes down what it is asked. */
function observed(flash: Uint8Array) {
  const source = dumpSource(flash);
  const asked: { readonly kind: "read" | "md5"; readonly region: Region }[] = [];
  const watched: FlashSource = {
    size: source.size,
    read: (region) => {
      asked.push({ kind: "read", region });
      return source.read(region);
    },
    md5: (region) => {
      asked.push({ kind: "md5", region });
      return source.md5(region);
    },
  };
  const bytes = (kind: "read" | "md5") =>
    asked.filter((each) => each.kind === kind).reduce((sum, { region }) => sum + region.size, 0);
  return { watched, asked, bytes };
}

async function cost(flash: Uint8Array, pack: FirmwarePackage, hashKept: "data" | "all" = "data") {
  const { watched, asked, bytes } = observed(flash);
  const survey = await surveyFlash(watched, { depth: "quick" });
  const before = asked.length;
  const [readBefore, hashedBefore] = [bytes("read"), bytes("md5")];
  const request = { intent: "update", target: esp8266, chip, survey, package: pack } as const;
  await gatherContents(watched, request, { hashKept });
  const keys = asked.map(({ kind, region }) => `${kind} ${region.offset} ${region.size}`);
  return {
    read: bytes("read") - readBefore,
    hashed: bytes("md5") - hashedBefore,
    questions: asked.length - before,
    twice: keys.filter((key, index) => keys.indexOf(key) !== index),
  };
}

describe("what a plan asks of the chip", () => {
  const pack = madeEspruino("ESP8266_4MB", "2v09");

  it("is one digest of each 64 KiB where flash holds the package already", async () => {
    const asked = await cost(espruinoChip("ESP8266_4MB", "2v09", c1), pack);
    expect(asked.twice).toEqual([]);
    expect(asked.read).toBeLessThanOrEqual(0x100);
    // The boot sector and the code; what is kept was hashed for the survey.
    expect([asked.hashed, asked.questions]).toEqual([688 * KB, 11]);
  });

  it("is twice the package where all of it differs", async () => {
    const asked = await cost(espruinoChip("ESP8266_4MB", "2v04", c1), pack);
    expect(asked.twice).toEqual([]);
    expect(asked.hashed).toBeLessThanOrEqual(2 * 688 * KB + 0x30000 + 0x10000);
  });

  it("is all of the chip where all that is kept is to be hashed", async () => {
    const asked = await cost(espruinoChip("ESP8266_4MB", "2v09", c1), pack, "all");
    expect(asked.hashed).toBeGreaterThan(3 * 0x100000);
    expect(asked.hashed).toBeLessThan(0x400000);
  });

  it("does not read what it only has to compare", async () => {
    const { watched, bytes } = observed(atChip());
    const blank = [{ offset: 0x100000, size: 0x10000 }];
    const regions = [{ name: "storage", offset: 0xcb000, bytes: new Uint8Array(0x30000) }];
    const request: RestoreRequest = { intent: "restore", target: esp8266, chip, regions, blank };
    await gatherContents(watched, request);
    expect(bytes("read")).toBe(0);
    expect(bytes("md5")).toBeLessThanOrEqual(2 * 0x30000 + 0x20000);
  });
});
