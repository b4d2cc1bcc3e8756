import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitStatements } from "./statements.js";

const texts = (source: string) => splitStatements(source, "a.js").map(({ text }) => text);

describe("the statements of a script", () => {
  it.each<[string, string[]]>([
    ["a()\nb();\n\nc();d()", ["a()", "b();", "c();d()"]],
    ["function f() {\n  g();\n}\nf()", ["function f() {\n  g();\n}", "f()"]],
    ["if (x) {\n  a()\n}\nelse {\n  b()\n}\nc()", ["if (x) {\n  a()\n}\nelse {\n  b()\n}", "c()"]],
    ["if (x)\n  a()\nb()", ["if (x)\n  a()", "b()"]],
    ["f(x)\ng()", ["f(x)", "g()"]],
    ["var x =\n  1\ny", ["var x =\n  1", "y"]],
    ["p\n  .then(a)\n  .catch(b)\nq", ["p\n  .then(a)\n  .catch(b)", "q"]],
    ["try {\n} catch (e) {\n}\nfinally {\n}", ["try {\n} catch (e) {\n}\nfinally {\n}"]],
    ["// only (a comment\n/* and { another\n*/ a()", ["a()"]],
    ["a() // (\nb()", ["a() // (", "b()"]],
    ['s = "(\\"{"\nt = \'[\'\nu = `(\n$1`', ['s = "(\\"{"', "t = '['", "u = `(\n$1`"]],
    ["r = /[(/]\\(/g\nx = 4 / 2 / (1)\ny", ["r = /[(/]\\(/g", "x = 4 / 2 / (1)", "y"]],
    ["i++\nj--\n++k", ["i++", "j--", "++k"]],
    ["a\r\nb\rc", ["a", "b", "c"]],
    ["", []],
  ])("%j are %j", (source, expected) => {
    expect(texts(source)).toEqual(expected);
  });

  it("have the lines at which they begin", () => {
    expect(splitStatements("\n// c\na(\n1)\n\n  b", "a.js")).toEqual([
      { text: "a(\n1)", line: 3 },
      { text: "b", line: 6 },
    ]);
  });

  it.each<[string, number]>([
    ["a(\n[1\n", 2],
    ['a\n"b', 2],
    ["`a\n\n", 1],
    ["\n/* a", 2],
  ])("%j are refused, with the line of what is open", (source, line) => {
    expect(() => splitStatements(source, "a.js")).toThrow(
      expect.objectContaining({ code: "console-text-unfinished", params: { what: "a.js", line } }),
    );
  });

  it("survive anything, and lose no code", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."a1(){}[]\"'`/*\\\n =;.+,"), maxLength: 80 }),
        (source) => {
          try {
            const kept = texts(source).join("").replace(/\s/g, "");
            const code = source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "").replace(/\s/g, "");
            if (!/[/"'`]/.test(source)) expect(kept).toBe(code);
          } catch (error) {
            expect(error).toMatchObject({ code: "console-text-unfinished" });
          }
        },
      ),
    );
  });

  it("take time in proportion to the length of a script", () => {
    const source = '/* "'.repeat(50_000);
    expect(() => splitStatements(source, "a.js")).toThrow();
    expect(texts("f('x', [1]);\n".repeat(20_000))).toHaveLength(20_000);
  });
});
