import { describe, expect, it } from "vitest";
import { banner, loads, secondBoot } from "../boot/sample-logs.fixture.js";
import { esp8266BootDialect } from "../targets/esp8266/boot-dialect.js";
import { ConsoleStream } from "./console-stream.js";
import { Journal, type JournalEntry } from "./journal.js";

/** All entries of a text, as they are at its end. */
function entriesOf(text: string, options: { rates?: { console: number; bootRom: number } } = {}) {
  const journal = new Journal(esp8266BootDialect);
  const entries = new Map<number, JournalEntry>();
  const keep = (entry: JournalEntry | undefined) => entry && entries.set(entry.number, entry);
  let at = 0;
  const stream = new ConsoleStream({
    dialect: esp8266BootDialect,
    onBoot: (event) => keep(journal.see(event, at, 74_880)),
    onNote: (note) => keep(journal.note(note, at)),
    ...options,
  });
  for (const line of text.split(/(?<=\n)/)) {
    at++;
    stream.push(Uint8Array.from(Buffer.from(line, "latin1")));
  }
  stream.flush();
  return [...entries.values()];
}

describe("the journal of a console", () => {
  it("gathers in one entry what a start tells", () => {
    expect(entriesOf(`${banner()}${loads}${secondBoot}`)).toEqual([
      {
        number: 1,
        at: expect.any(Number),
        level: "normal",
        what: {
          type: "start",
          baudRate: 74_880,
          resetCause: 2,
          resetCauseName: "external reset",
          byWatchdog: false,
          count: 1,
          bootMode: 3,
          loadedBytes: 3816,
          loadedPieces: 3,
          secondBoot: { loader: "sdk", version: "1.6" },
          mode: "dio",
          mhz: 40,
          map: "32Mbit(1024KB+1024KB)",
          slot: { number: 1, offset: 0x1000 },
        },
      },
    ]);
  });

  it("makes it an alarm where the start fails, and a warning where a watchdog made it", () => {
    const failed = `${banner()}load 0x40100000, len 2408, room 16 \r\ntail 8\r\nchksum 0xe5\r\ncsum err\r\nets_main.c \r\n`;
    const [start] = entriesOf(failed);
    expect([start.level, start.what]).toEqual([
      "alarm",
      expect.objectContaining({ failure: { code: "boot-checksum-error", params: {} } }),
    ]);
    const [watchdog] = entriesOf("ets Jan  8 2013,rst cause:4, boot mode:(3,6)\r\n\r\nwdt reset\r\n");
    expect([watchdog.level, watchdog.what]).toEqual([
      "warning",
      expect.objectContaining({ byWatchdog: true }),
    ]);
  });

  it("holds a crash with its registers and the stack behind it", () => {
    const crash =
      "Exception (28):\r\nepc1=0x40201234 epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000000 depc=0x00000000\r\n" +
      ">>>stack>>>\r\n3fffff50:  00000000 3ffe8594 40201d3e 40100a5c\r\n<<<stack<<<\r\n";
    const [entry] = entriesOf(crash);
    expect(entry).toMatchObject({
      level: "alarm",
      what: {
        type: "crash",
        cause: 28,
        name: "LoadProhibited",
        registers: [
          { name: "epc1", value: 0x40201234 },
          { name: "epc2", value: 0 },
          { name: "epc3", value: 0 },
          { name: "excvaddr", value: 0 },
          { name: "depc", value: 0 },
        ],
        stack: [0x40201d3e, 0x40100a5c],
      },
    });
  });

  it("adds up the boot ROM's noise, and counts a remark that comes again", () => {
    const noise = "\x00\xfe\x80\x1e\xf8\xe0\x06\x18".repeat(12);
    const rates = { console: 115_200, bootRom: 74_880 };
    const [entry, ...more] = entriesOf(`${noise}\n${noise}`, { rates });
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ level: "warning", what: { type: "unread-boot", baudRate: 74_880 } });
    expect(entriesOf("New interpreter error: FIFO_FULL\r\n".repeat(3))).toMatchObject([
      { level: "warning", what: { type: "remark", statement: { code: "said-input-lost" }, count: 3 } },
    ]);
  });

  it("counts rounds of starting and crashing in the same way", () => {
    const round = `${banner()}${secondBoot}Fatal exception (3):\r\nepc1=0x401000b8, excvaddr=0x401000df\r\n`;
    const entries = entriesOf(`${round.repeat(5)}Fatal exception (28):\r\nepc1=0x40201234\r\n`);
    expect(entries.map(({ number, what }) => [number, what.type, "count" in what && what.count])).toEqual([
      [1, "start", 1],
      [2, "crash", 5],
      [3, "start", 4],
      [4, "crash", 1],
    ]);
  });

  it("tells of a start whose first line came as noise", () => {
    const noise = "\x00\xfe\x80\x1e\xf8\xe0\x06\x18".repeat(12);
    const rates = { console: 115_200, bootRom: 74_880 };
    const [unread, start] = entriesOf(`${noise}\n${secondBoot}`, { rates });
    expect(unread.what.type).toBe("unread-boot");
    expect(start.what).toMatchObject({ type: "start", slot: { number: 1, offset: 0x1000 } });
    expect(start.what).not.toHaveProperty("resetCause");
  });

  it("keeps the order in which things came, also of one chunk", () => {
    const journal = new Journal(esp8266BootDialect);
    const kinds: string[] = [];
    const keep = (entry: JournalEntry | undefined) =>
      entry && kinds.push(`${entry.number} ${entry.what.type}`);
    const stream = new ConsoleStream({
      dialect: esp8266BootDialect,
      onBoot: (event) => keep(journal.see(event, 0, 74_880)),
      onNote: (note) => keep(journal.note(note, 0)),
    });
    stream.push(
      Buffer.from(`Fatal exception (3):\r\nepc1=0x401000b8\r\n${banner()} 2v09 (c) 2021 G.Williams\r\n`),
    );
    expect(kinds).toEqual(["1 crash", "2 start", "3 remark"]);
  });

  it("says nothing of what programs print", () => {
    expect(entriesOf("hello\r\n>1+1\r\n=2\r\n")).toEqual([]);
  });
});
