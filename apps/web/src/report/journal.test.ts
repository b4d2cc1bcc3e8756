import type { JournalEntry } from "@flashwright/core/console";
import { layoutFor } from "@flashwright/core/maps";
import { describe, expect, it } from "vitest";
import { journalReport } from "./journal.js";

const layout = layoutFor({ family: "espruino", build: "ESP8266_4MB", version: "1v95" }, 4)!;
const entry = (what: JournalEntry["what"], level: JournalEntry["level"] = "normal"): JournalEntry => ({
  number: 7,
  at: 5,
  level,
  what,
});
const start = {
  type: "start",
  baudRate: 74_880,
  resetCause: 4,
  resetCauseName: "hardware watchdog",
  byWatchdog: true,
  bootMode: 3,
  loadedBytes: 0,
  loadedPieces: 0,
  count: 1,
} as const;

describe("a console's journal in words", () => {
  it("names the place of each address of a crash, by the layout under which the firmware runs", () => {
    const registers = [
      { name: "epc1", value: 0x4027_b004 },
      { name: "epc2", value: 0 },
      { name: "excvaddr", value: 0 },
    ];
    const crash = { cause: 28, name: "LoadProhibited", meaning: "a read", registers, count: 3 };
    expect(
      journalReport(entry({ type: "crash", ...crash, stack: [0x4010_0a5c] }, "alarm"), { layout }),
    ).toEqual({
      number: 7,
      at: 5,
      level: "alarm",
      title: "Crash: exception 28, LoadProhibited (3 times)",
      text: "a read",
      rows: [
        {
          term: "epc1",
          value:
            "0x4027b004 · flash at 0x0007b004, Firmware (user1), where under this flash map also this is kept: Your Wi-Fi settings",
          isCode: true,
        },
        {
          term: "excvaddr",
          value: "0x00000000 · next to address 0: a value that was never set",
          isCode: true,
        },
        { term: "stack", value: "0x40100a5c · code RAM", isCode: true },
      ],
      hint: "If it crashes at every start, examine the board: the doctor knows whether the firmware is damaged.",
      offers: ["examine"],
    });
  });

  it("says of a start what made it, where it was read, and why it goes no further", () => {
    expect(journalReport(entry(start, "warning"), {})).toMatchObject({
      title: "A watchdog has restarted the board",
      rows: [
        { term: "Reset", value: "hardware watchdog" },
        { term: "Boot mode", value: "3, from flash" },
        { term: "Read at", value: "74880 baud", isCode: true },
      ],
      offers: [],
    });
    const failure = { code: "boot-checksum-error", params: {} } as const;
    expect(journalReport(entry({ ...start, failure }, "alarm"), {})).toMatchObject({
      text: "The image in flash does not have its own checksum: it is damaged, cut off or misread.",
      offers: ["examine"],
    });
  });

  it("offers to read what came at another rate", () => {
    const noise = journalReport(entry({ type: "unread-boot", baudRate: 74_880, byteCount: 426 }), {});
    expect([noise.text, noise.offers]).toEqual([
      "426 bytes of noise that look like the boot ROM's text at 74880 baud.",
      ["read-boot", "boot-rate"],
    ]);
  });

  it("names no options of the command line", () => {
    const note = (code: "console-noise" | "said-map-mismatch") =>
      journalReport(entry({ type: "remark", statement: { code, params: {} }, count: 1 }), {});
    expect(note("console-noise").hint).not.toContain("--");
    expect(note("said-map-mismatch").title).toBe(
      "The firmware says that flash chip and flash map do not match.",
    );
  });
});
