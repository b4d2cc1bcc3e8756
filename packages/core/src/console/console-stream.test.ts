import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { banner, loads, secondBoot } from "../boot/sample-logs.fixture.js";
import { esp8266BootDialect } from "../targets/esp8266/boot-dialect.js";
import { type ConsolePiece, ConsoleStream } from "./console-stream.js";
import { LONGEST_LINE } from "./line-model.js";
import { symbolSearch } from "./symbols.js";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const open = (findSymbol?: ReturnType<typeof symbolSearch>) =>
  new ConsoleStream({ dialect: esp8266BootDialect, ...(findSymbol === undefined ? {} : { findSymbol }) });

/** All that a text shows, flushed. */
function shown(text: string | Uint8Array): ConsolePiece[] {
  const stream = open();
  return [...stream.push(typeof text === "string" ? bytes(text) : text), ...stream.flush()];
}

/** What a terminal shows of pieces: whole lines, and what stands in the last one. */
function screenOf(pieces: readonly ConsolePiece[]): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let cursor = 0;
  for (const piece of pieces) {
    if (piece.type === "text") for (const character of piece.text) line[cursor++] = character;
    else if (piece.type === "back") cursor -= piece.columns;
    else if (piece.type === "clear") line.length = cursor;
    else if (piece.type === "line") {
      lines.push(line.join(""));
      [line, cursor] = [[], 0];
    }
  }
  return [...lines, line.join("")];
}

describe("what a console shows", () => {
  it.each<[string, string, string[]]>([
    ["lines", "one\r\ntwo\n", ["one", "two", ""]],
    ["a prompt without an end", "\r\n>", ["", ">"]],
    ["a line that is edited", "12\b \b3\r\n", ["13", ""]],
    ["progress on one line", "10%\r20%\r\n", ["20%", ""]],
    ["a cleared line", "half a line\r\x1b[J>", [">"]],
    ["the end of a line cleared", "abc\b\b\x1b[K!\n", ["a!", ""]],
    ["a cursor that goes back and forth", "abc\x1b[2DX\x1b[CY\n", ["aXcY", ""]],
    ["tabs as columns", "a\tb\n", ["a       b", ""]],
    ["colours left out", "\x1b[1;31mred\x1b[0m\n", ["red", ""]],
    ["titles, questions and modes left out", "\x1b]0;owned\x07\x1b[c\x1b[?1049h\x1bP$q\x1b\\\x1bcok", ["ok"]],
    ["other control characters", "\x07\x00\x7f", ["^G^@^?"]],
    ["characters that hide others, by number", "a\u202eb\u009b2J", ["a\\u{202e}b\\u{9b}2J"]],
    ["fillers and selectors, by number", "a\u3164b\u034fc\ufe0f", ["a\\u{3164}b\\u{34f}c\\u{fe0f}"]],
    ["UTF-8", "\u00e9\u2713\u{1f600}", ["\u00e9\u2713\u{1f600}"]],
    ["a sequence that is broken off by a line", "\x1b[12\nnext", ["^[[12", "next"]],
    ["a sequence that is never ended", "\x1b[1", ["^[[1"]],
  ])("is %s", (_, text, lines) => {
    expect(screenOf(shown(text))).toEqual(lines);
  });

  it("is each byte that is no text, by itself", () => {
    expect(screenOf(shown(Uint8Array.of(0x41, 0xff, 0xc3, 0x42, 0xe2, 0x9c)))).toEqual([
      "A\ufffd\ufffdB\ufffd\ufffd",
    ]);
  });

  it("is not swallowed by a title without an end", () => {
    const [screen] = screenOf(shown(`\x1b]0;${"x".repeat(200)}`));
    expect(screen).toBe(`^[]0;${"x".repeat(200)}`);
  });

  it("never leaves the line: no cursor moves past its start", () => {
    expect(shown("a\b\b\b\x1b[99D")).toEqual([
      { type: "text", text: "a" },
      { type: "back", columns: 1 },
    ]);
  });

  it("takes marks into the column that they stand on, so that going back ends at the start of the line", () => {
    expect(shown("e\u0301\u0302\u0303\rX")).toEqual([
      { type: "text", text: "e\u0301\u0302\u0303" },
      { type: "back", columns: 1 },
      { type: "text", text: "X" },
    ]);
    expect(shown("\u0301")).toEqual([{ type: "text", text: "\\u{301}" }]);
    const [pile] = shown(`e${"\u0301".repeat(9)}`);
    const marks = "\u0301".repeat(3);
    expect(pile).toEqual({ type: "text", text: `e${marks}\\u{301}${marks}\\u{301}\u0301` });
  });

  it("is cut where a line does not end", () => {
    const lines = shown("x".repeat(LONGEST_LINE + 3)).filter(({ type }) => type === "line");
    expect(lines).toEqual([{ type: "line", line: "x".repeat(LONGEST_LINE), isCut: true }]);
  });

  it("is the same however the bytes come, and holds no control character", () => {
    const pieces = [
      "\x1b",
      "[",
      "]",
      "0;t",
      "\x07",
      "\r",
      "\n",
      "\b",
      "\t",
      "J",
      "2",
      "\u00e9",
      "\u{1f600}",
      "a",
      "\x9b",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), fc.nat(7), (parts, step) => {
        const all = bytes(parts.join(""));
        const stream = open();
        const chopped: ConsolePiece[] = [];
        for (let at = 0; at < all.length; at += step + 1)
          chopped.push(...stream.push(all.subarray(at, at + step + 1)));
        chopped.push(...stream.flush());
        expect(screenOf(chopped)).toEqual(screenOf(shown(all)));
        const text = chopped.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe("remarks", () => {
  const notes = (stream: ConsoleStream, text: string) =>
    [...stream.push(bytes(text)), ...stream.flush()].filter(
      ({ type }) => type === "note" || type === "exception" || type === "stack",
    );

  it("say why a chip restarts, between the lines, and nothing of what is usual", () => {
    const pieces = shown(`${banner()}${loads}${secondBoot}hello\r\n`);
    const at = pieces.findIndex(({ type }) => type === "note");
    expect(pieces[at]).toEqual({
      type: "note",
      code: "console-restart",
      params: { resetCause: "external reset", bootMode: 3 },
    });
    expect(pieces[at - 1]).toMatchObject({ type: "line", line: expect.stringContaining("rst cause:2") });
    expect(pieces.filter(({ type }) => type === "note")).toHaveLength(1);
  });

  it("name a failure once a start", () => {
    const stream = open();
    const log = `${banner(2, 1)}\r\n`;
    expect(notes(stream, log).map((note) => "code" in note && note.code)).toEqual([
      "console-restart",
      "boot-download-mode",
    ]);
    expect(notes(stream, log)).toHaveLength(2);
    expect(notes(stream, "rf_cal[0] !=0x05,is 0xFF\r\n".repeat(3))).toEqual([]);
  });

  it("give a crash its cause, and its registers the names of what lies there", () => {
    const findSymbol = symbolSearch([{ name: "jsvLock", address: 0x40201000, size: 0x40 }]);
    const log =
      "Fatal exception 28(LoadProhibitedCause):\r\n" +
      "epc1=0x40201010, epc2=0x00000000, epc3=0x00000000, excvaddr=0x40201010, depc=0x00000000\r\n";
    expect(notes(open(findSymbol), log)).toEqual([
      {
        type: "exception",
        cause: 28,
        name: "LoadProhibited",
        meaning: "read through a bad pointer",
        registers: [
          { name: "epc1", value: 0x40201010, symbol: { name: "jsvLock", offset: 0x10 } },
          { name: "epc2", value: 0 },
          { name: "epc3", value: 0 },
          { name: "excvaddr", value: 0x40201010 },
          { name: "depc", value: 0 },
        ],
      },
    ]);
  });

  it("give a crash that prints no registers its cause all the same", () => {
    expect(notes(open(), "Exception (9):\r\n")).toMatchObject([
      { type: "exception", cause: 9, registers: [] },
    ]);
  });

  it("give the stack of a crash the names of what was called", () => {
    const findSymbol = symbolSearch([
      { name: "loop", address: 0x40201d00, size: 0x80 },
      { name: "loop_wrapper", address: 0x40202a00, size: 0x40 },
    ]);
    const log = [
      "",
      "--------------- CUT HERE FOR EXCEPTION DECODER ---------------",
      "",
      "Exception (28):",
      "epc1=0x40201d3e epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000000 depc=0x00000000",
      "",
      ">>>stack>>>",
      "",
      "ctx: cont",
      "sp: 3ffffdc0 end: 3fffffc0 offset: 0190",
      "3fffff50:  00000000 3ffe8594 40201d3e 40100a5c  ",
      "3fffff60:  feefeffe feefeffe 3ffe85d8 40202a10  ",
      "<<<stack<<<",
      "",
    ].join("\r\n");
    expect(notes(open(findSymbol), log)).toEqual([
      expect.objectContaining({ type: "exception", cause: 28, name: "LoadProhibited" }),
      {
        type: "stack",
        codeWords: 3,
        addresses: [0x40201d3e, 0x40100a5c, 0x40202a10],
        places: [
          { address: 0x40201d3e, symbol: { name: "loop", offset: 0x3e } },
          { address: 0x40202a10, symbol: { name: "loop_wrapper", offset: 0x10 } },
        ],
      },
    ]);
    expect(notes(open(), log).at(-1)).toEqual({
      type: "stack",
      codeWords: 3,
      addresses: [0x40201d3e, 0x40100a5c, 0x40202a10],
      places: [],
    });
  });

  it.each([
    "Fatal exception (28):\r\nepc1=0x40201010, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000004, depc=0x00000000\r\n",
    "Fatal exception 28(LoadProhibitedCause):\nepc1=0x40201010, epc2=0x00000000, epc3=0x00000000, excvaddr=0x00000004, depc=0x00000000\n",
    "Exception (28):\r\nepc1=0x40201010 epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000004 depc=0x00000000\r\n",
    "Fatal exception:28 flag:2 (EXCEPTION) epc1:0x40201010 epc2:0x00000000 epc3:0x00000000 excvaddr:0x00000004 depc:0x00000000\r\n",
  ])("read a crash in each of the forms that are printed: %s", (log) => {
    const [note, ...more] = notes(open(), log);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ type: "exception", cause: 28, name: "LoadProhibited" });
    const registers = note.type === "exception" ? note.registers : [];
    expect(registers.map(({ value }) => value)).toEqual([0x40201010, 0, 0, 4, 0]);
  });

  it("count boot text at another rate in a line of its own, and leave the firmware's lines whole", () => {
    const stream = new ConsoleStream({
      dialect: esp8266BootDialect,
      rates: { console: 115_200, bootRom: 74_880 },
    });
    const noise = Uint8Array.from(
      Buffer.from("726c006c9c9e7c008c6ce07c020c0c0c8c0c6cec0c627c8e8202ec1292729262", "hex"),
    );
    const pieces = [
      ...stream.push(bytes("old\r\n>")),
      ...stream.push(noise, 2000),
      ...stream.push(bytes("null\r\n"), 80),
      ...stream.flush(),
    ];
    expect(pieces.filter(({ type }) => type === "line" || type === "note")).toEqual([
      { type: "line", line: "old", isCut: false },
      { type: "line", line: ">", isCut: false },
      { type: "note", code: "console-boot-noise", params: { baudRate: 74_880, byteCount: noise.length } },
      { type: "line", line: "null", isCut: false },
    ]);
  });

  it("say of another rate once what it is", () => {
    const noise = "\x00\x80\xff".repeat(8);
    const stream = open();
    const chunk = Uint8Array.from(`${noise}\n${noise}\n`, (character) => character.charCodeAt(0));
    const pieces = [...stream.push(chunk), ...stream.flush()];
    expect(pieces.filter(({ type }) => type === "note")).toEqual([
      { type: "note", code: "console-noise", params: {} },
    ]);
  });
});

describe("names for addresses", () => {
  const find = symbolSearch([
    { name: "b", address: 0x40100100, size: 0x10 },
    { name: "alias", address: 0x40100100, size: 0 },
    { name: "ets_printf", address: 0x400024cc, size: 0 },
  ]);

  it.each<[number, ReturnType<typeof find>]>([
    [0x40100100, { name: "b", offset: 0 }],
    [0x4010010f, { name: "b", offset: 15 }],
    [0x40100110, undefined],
    [0x400024d0, { name: "ets_printf", offset: 4 }],
    [0x400034cc, undefined],
    [0x40000000, undefined],
  ])("find for %i what lies there", (address, place) => {
    expect(find(address)).toEqual(place);
  });
});
