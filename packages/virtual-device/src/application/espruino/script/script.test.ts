import { describe, expect, it } from "vitest";
import { run } from "./evaluate.js";
import { parse } from "./parse.js";
import { json, printed, shown } from "./print-value.js";
import { instant, type Value, type ValueObject } from "./values.js";

/** The value of a script. */
function resultOf(source: string, builtIn: ValueObject = {}): Value {
  const steps = run(parse(source), { builtIn, variables: new Map() });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe("a script", () => {
  it.each<[string, Value]>([
    ["", undefined],
    ["0x1F", 31],
    ["-2.5e2", -250],
    ["true", true],
    ["null", null],
    [String.raw`"a\x41\u0042\n\t\"\101"`, 'aAB\n\t"A'],
    ["'it'", "it"],
    ["`back`", "back"],
    ["(7)", 7],
    ["[1,[2,3],]", [1, [2, 3]]],
    ['({a:1,"b c":[2],3:4})', { a: 1, "b c": [2], 3: 4 }],
    ["{a:1}.a", 1],
    ["[5,6][1]", 6],
    ['"text"[1]', "e"],
    ['"text".length', 4],
    ['[1]["length"]', 1],
    ["[1].nothing", undefined],
    ["1;2 ; ;3", 3],
    ["var x = 4; x", 4],
    ["x=1;let y=[x];const z=y[0];z", 1],
    ["1 // a comment", 1],
    ["/* a */ 2 /* b */", 2],
  ])("%s is %j", (source, expected) => {
    expect(resultOf(source)).toEqual(expected);
  });

  it("calls with arguments from left to right, and on members", () => {
    const seen: Value[] = [];
    const note = instant((value) => {
      seen.push(value);
      return value;
    });
    expect(resultOf("m.f(note(1),note(2))", { note, m: { f: instant((a, b) => [b, a]) } })).toEqual([2, 1]);
    expect(seen).toEqual([1, 2]);
  });

  it.each(["1 2", "a b", "f(", "f(1", "[1", "{a}", "{a:}", "1=2", "a..b", "a.1", "@", "if (1) 2"])(
    "%s is no statement that is understood here",
    (source) => {
      expect(() => resultOf(source, { a: 1, f: instant(() => 1) })).toThrow(/./);
    },
  );
});

describe("a value is shown", () => {
  it.each<[Value, string]>([
    [undefined, "undefined"],
    ['a"b', '"a\\"b"'],
    [[], "[  ]"],
    [{}, "{  }"],
    [[1, 2], "[ 1, 2 ]"],
    [{ addr: 487424, length: 4096 }, '{ "addr": 487424, "length": 4096 }'],
    [[{ addr: 1 }, { addr: 2 }], '[\n  { "addr": 1 },\n  { "addr": 2 }\n ]'],
    [{ a: { b: "c" } }, '{\n  "a": {\n    "b": "c"\n   }\n }'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, '{ "a": 1, "b": 2, "c": 3, "d": 4,\n  "e": 5 }'],
    [Uint8Array.of(1, 2, 255), "new Uint8Array([1, 2, 255])"],
    [new Uint8Array(16), "new Uint8Array([0, 0, 0, 0, 0 ... 0, 0, 0, 0, 0])"],
    ["x".repeat(41), `"${"x".repeat(17)}" ... "${"x".repeat(17)}"`],
    [instant(() => 1), "function () { [native code] }"],
  ])("%j as %s", (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it("whole when it is printed, and a text as it is", () => {
    expect(printed("x".repeat(41))).toBe("x".repeat(41));
    expect(printed(new Uint8Array(16))).toBe(`new Uint8Array([${Array(16).fill(0).join(", ")}])`);
  });

  it("as JSON: bytes as an array, functions left out", () => {
    expect(json({ a: Uint8Array.of(1), b: instant(() => 1), c: [undefined, "x"], d: null })).toBe(
      '{"a":[1],"c":[null,"x"],"d":null}',
    );
    expect(json(undefined)).toBeUndefined();
  });
});
