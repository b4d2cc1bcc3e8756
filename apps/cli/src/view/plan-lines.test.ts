import type { FlashPlan } from "@flashwright/core";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { planLines } from "./plan-lines.js";

const image = (name: string, offset: number, size: number) => ({
  name,
  offset,
  size,
  sha256: "",
  headerChanges: [],
});
const plan: FlashPlan = {
  format: "flashwright/plan",
  version: 2,
  intent: "write",
  erases: [],
  accounts: [],
  target: "esp8266",
  mac: "5c:cf:7f:02:9a:b7",
  flashSize: 0x400000,
  loader: "stub",
  eraseChip: false,
  images: [
    {
      ...image("boot.bin", 0, 0xf10),
      headerChanges: [
        { code: "header-field-patched", params: { field: "size", offset: 3, from: "512KB", to: "4MB" } },
      ],
    },
    image("evil\x1b[2J.bin", 0x1000, 0x1fff),
  ],
  writes: [
    {
      region: { offset: 0, size: 0x3000 },
      erases: { offset: 0, size: 0x4000 },
      sha256: "",
      images: ["boot.bin", "evil\x1b[2J.bin"],
      fills: [
        { region: { offset: 0xf10, size: 0xf0 }, fate: "kept" },
        { region: { offset: 0x2fff, size: 1 }, fate: "blank" },
        { region: { offset: 0x3000, size: 0x1000 }, fate: "lost" },
      ],
    },
  ],
  warnings: [],
};

describe("a plan in lines", () => {
  it("has every stretch that changes, with what becomes of it", () => {
    expect(planLines(plan, pc.createColors(false))).toEqual([
      "write     0x00000000..0x00002fff   12 KB  2 files",
      "  image   0x00000000..0x00000f0f  3856 B  boot.bin",
      "  image   0x00001000..0x00002ffe  8191 B  evil.bin",
      "  around  0x00000f10..0x00000fff   240 B  kept: read and written again",
      "  around  0x00002fff..0x00002fff     1 B  blank",
      "  around  0x00003000..0x00003fff    4 KB  LOST",
      "boot.bin: Header byte 3: flash size 512KB becomes 4MB.",
    ]);
  });

  it("tells one file at two places apart", () => {
    const blank = (offset: number) => image("blank.bin", offset, 0x1000);
    const write = (offset: number) => ({
      region: { offset, size: 0x1000 },
      erases: { offset, size: 0x1000 },
      sha256: "",
      images: ["blank.bin"],
      fills: [],
    });
    const twice = {
      ...plan,
      images: [blank(0xfe000), blank(0x3fe000)],
      writes: [write(0xfe000), write(0x3fe000)],
    };
    expect(planLines(twice, pc.createColors(false))).toEqual([
      "write  0x000fe000..0x000fefff  4 KB  blank.bin",
      "write  0x003fe000..0x003fefff  4 KB  blank.bin",
    ]);
  });

  it("shows in red what is lost", () => {
    expect(planLines(plan, pc.createColors(true))[5]).toBe(
      "\x1b[31m  around  0x00003000..0x00003fff    4 KB  LOST\x1b[39m",
    );
  });
});
