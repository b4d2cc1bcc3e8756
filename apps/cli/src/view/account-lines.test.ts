import type { FlashPlan, SectorAccount } from "@flashwright/core";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { accountLines } from "./account-lines.js";

const account = (
  offset: number,
  size: number,
  fate: SectorAccount["fate"],
  more: Partial<SectorAccount> = {},
): SectorAccount => ({
  region: { offset, size },
  fate,
  owner: undefined,
  holds: [],
  reason: undefined,
  backedUp: false,
  md5: undefined,
  ...more,
});
const plan = (accounts: readonly SectorAccount[], more: Partial<FlashPlan> = {}): FlashPlan => ({
  format: "flashwright/plan",
  version: 2,
  intent: "update",
  target: "esp8266",
  mac: "5c:cf:7f:02:9a:b7",
  flashSize: 0x80000,
  loader: "stub",
  firmware: { family: "espruino", version: "2v09" },
  eraseChip: false,
  images: [{ name: "evil\x1b[2J.bin", offset: 0x1000, size: 0x1800, sha256: "", headerChanges: [] }],
  erases: [],
  writes: [],
  accounts,
  warnings: [],
  ...more,
});
const linesOf = (made: FlashPlan, width = 80) => accountLines(made, width, pc.createColors(false));
const changed = { code: "lost-format-changed", params: { what: ["wifi"] } } as const;

describe("a plan with meaning", () => {
  it("names first what is lost, and that it is saved", () => {
    const accounts = [
      account(0, 0x1000, "equal"),
      account(0x7b000, 0x1000, "lost", { holds: ["wifi"], reason: changed, backedUp: true }),
    ];
    expect(linesOf(plan(accounts))).toEqual([
      "Plan: update to Espruino 2v09",
      "  LOST   0x0007b000..0x0007bfff  4 KB  wifi",
      "         wifi: the firmware that starts afterwards has another format for it",
      "         (format changed). Backed up first.",
      "  equal  0x00000000..0x00000fff  4 KB",
    ]);
  });

  it("shows neighbours of one kind as one, by the file that they belong to", () => {
    const accounts = [
      account(0x1000, 0x1000, "written"),
      account(0x2000, 0x1000, "written", { holds: ["eeprom"] }),
    ];
    expect(linesOf(plan(accounts)).slice(1)).toEqual(["  write  0x00001000..0x00002fff  8 KB  evil.bin"]);
  });

  it("sums up what nobody touches and nobody owns", () => {
    const untouched = { reason: { code: "sector-untouched", params: {} } } as const;
    const accounts = [
      account(0, 0x3000, "kept", untouched),
      account(0x3000, 0x1000, "kept", { holds: ["storage"], ...untouched }),
      account(0x4000, 0x1000, "kept", untouched),
    ];
    expect(linesOf(plan(accounts)).slice(1)).toEqual([
      "  keep  0x00003000..0x00003fff  4 KB  storage",
      "  The rest, 16 KB, is not touched.",
    ]);
  });

  it("says which header is written, and why", () => {
    const reason = { code: "map-linked", params: { name: "4MB-c1" } } as const;
    const header = {
      mode: { name: "dio", reason: { code: "mode-linked", params: {} } },
      freq: { name: "80m", reason: { code: "freq-linked", params: {} } },
      size: { name: "4MB-c1", reason },
    } as const;
    const boots = { slot: "user1", offset: 0x1000 } as const;
    expect(linesOf(plan([], { header, boots })).slice(1)).toEqual([
      "  mode  dio     what the firmware was built for",
      "  freq  80m     what the firmware was built for",
      "  size  4MB-c1  what the firmware was built for",
      "  boot  user1   at 0x00001000",
    ]);
  });
});
