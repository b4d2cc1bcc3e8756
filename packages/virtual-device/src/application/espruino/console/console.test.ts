import { describe, expect, it } from "vitest";
import { describeWith } from "../../../../../../test/support/requirements.js";
import { personaBench } from "../../../testing/persona-bench.js";
import { LineEditor } from "./line-editor.js";

const espruino = (version = "2v09") => personaBench({ version, map: 4 });

describeWith(["firmware"], "the console", () => {
  it("echoes a line, prints its value, and shows the prompt", () => {
    expect(espruino().send("process.env.BOARD\n")).toBe('process.env.BOARD\r\n="ESP8266_BOARD"\r\n>');
  });

  it.each([
    ["\n", "\r\n=undefined\r\n>"],
    ["\r\n", "\r\n=undefined\r\n>"],
    ["1\r\n2\r\n", "1\r\n=1\r\n>2\r\n=2\r\n>"],
    ["[1,\n2]\n", "[1,\r\n:2]\r\n=[ 1, 2 ]\r\n>"],
    ["12\b3\n", "12\\x08 \\x083\r\n=13\r\n>"],
    ["junk(\x03", "junk(\r\\x1b[J>"],
    ["\x03", ""],
    ["a.b\x17c\x151\n", "a.b\\x08 \\x08c\r\\x1b[J>1\r\n=1\r\n>"],
    ["\x05", ""],
    ["\x1b[A\x1b[31m7\n", "7\r\n=7\r\n>"],
  ])("answers %j with %j", (sent, expected) => {
    expect(espruino().send(sent)).toBe(expected);
  });

  it("neither echoes nor shows a value or prompt for a line behind DLE", () => {
    const bench = espruino();
    expect(bench.send('\x10print("<","<<",JSON.stringify(process.memory().total),">>",">")\n')).toBe(
      "< << 1700 >> >\r\n",
    );
    expect(bench.send("\x107\n")).toBe("");
    expect(bench.send("7\n")).toBe("7\r\n=7\r\n>");
  });

  it("is quiet from echo(0) to echo(1)", () => {
    const bench = espruino();
    expect(bench.send("echo(0)\n")).toBe("echo(0)\r\n");
    expect(bench.send('7\nprint("x")\n')).toBe("x\r\n");
    expect(bench.send("echo(1)\n7\n")).toBe(">7\r\n=7\r\n>");
  });

  it("says who it is at ENQ since 2v25, on an empty line", () => {
    const bench = espruino("2v25");
    expect(bench.send("\x05")).toBe("Espruino 2v25 ESP8266_BOARD\r\n");
    expect(bench.send("1\x05")).toBe("1");
  });

  it.each([
    ["foo", 'Uncaught ReferenceError: "foo" is not defined'],
    ["print.x.y", "Uncaught Error: Cannot read property 'y' of undefined"],
    ["E.nothing()", 'Uncaught Error: Function "nothing" not found!'],
    ['require("fs")', 'Uncaught Error: Module "fs" not found'],
    ["1+1", "Uncaught SyntaxError: Got '+' expected ';'"],
    ["setInterval(function() {}, 500)", "Uncaught SyntaxError: Got '{' expected ','"],
    ['"abc', "Uncaught SyntaxError: Got UNFINISHED STRING expected EOF"],
    [")", "Uncaught SyntaxError: Got ')' expected EOF"],
    ["__proto__", 'Uncaught ReferenceError: "__proto__" is not defined'],
    ['require("__proto__")', 'Uncaught Error: Module "__proto__" not found'],
  ])("answers %s with %s", (line, expected) => {
    expect(espruino().type(line)).toBe(`${expected}\r\n`);
  });

  it("survives any bytes, and the loader's SYNC at its own rate", () => {
    const bench = espruino();
    let text = "";
    for (let i = 0; i < 4000; i++) text += String.fromCharCode((i * 7 + (i >> 5)) & 0xff);
    bench.send(text);
    expect(bench.send("\x1b[Z\x03\x03\x15\n\n")).toMatch(/>$/);
    expect(bench.board.state.mode).toBe("application");
  });

  it("takes no deeper nesting than its stack, and no longer line than its variables", () => {
    const bench = espruino();
    expect(bench.type(`${"[".repeat(100)}${"]".repeat(100)}`)).toMatch(/^Uncaught Error: Too much recursion/);
    bench.send("x".repeat(20_000));
    expect(bench.send("\x03").length).toBeLessThan(20);
    expect(bench.type("1")).toBe("=1\r\n");
  });
});

describe("the line editor", () => {
  const edits = (text: string) => {
    const editor = new LineEditor();
    return [...text].map((character) => editor.put(character.charCodeAt(0)));
  };

  it("gives a line once its brackets are closed, and texts hide brackets", () => {
    expect(edits('f("(",\n1)\n').flatMap(({ line }) => line ?? [])).toEqual(['f("(",\n1)']);
    expect(edits("// (\n").flatMap(({ line }) => line ?? [])).toEqual(["// ("]);
  });

  it("takes ESC LF for a new line that does not execute", () => {
    expect(edits("1;\x1b\n2\n").flatMap(({ line }) => line ?? [])).toEqual(["1;\n2"]);
  });

  it("takes DLE at the start of a line only", () => {
    expect(edits("\x10a\n").at(-1)).toEqual({ echo: "", line: "a", quiet: true });
    expect(edits("a\x10\n").at(-1)).toEqual({ echo: "\n", line: "a", quiet: false });
  });
});
