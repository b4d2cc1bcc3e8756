import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonErrorOffset } from "./json-error.js";

it("finds no error in anything that is JSON", () => {
  const spaced = fc.tuple(fc.jsonValue(), fc.constantFrom(undefined, 2, "\t"));
  fc.assert(
    fc.property(spaced, ([value, space]) => {
      const text = JSON.stringify(value, undefined, space);
      expect(jsonErrorOffset(text)).toBe(text.length);
    }),
    { numRuns: 300 },
  );
});

it("finds one in everything that is not, at or before the character that was put in", () => {
  const damaged = fc.tuple(
    fc.jsonValue(),
    fc.nat(1000),
    fc.constantFrom("#", "}", "]", ",", ":", "x", "\n", '"'),
  );
  fc.assert(
    fc.property(damaged, ([value, at, extra]) => {
      const sound = JSON.stringify(value);
      const position = at % (sound.length + 1);
      const text = sound.slice(0, position) + extra + sound.slice(position);
      fc.pre(!isJson(text));
      const offset = jsonErrorOffset(text);
      // A quote turns what follows into a text that never ends; a word is wrong from its start.
      expect(offset).toBeLessThan(text.length + (extra === '"' ? 1 : 0));
      expect(isJson(text.slice(0, offset).trim()) || isBeginning(text.slice(0, offset))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it("says that a text ended too early by its length", () => {
  for (const text of ["", "{", '{"a"', '{"a":', "[1", "[1,", '[{"a": ['])
    expect(jsonErrorOffset(text)).toBe(text.length);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether JSON may begin so: the scanner itself finds nothing wrong up to the end. */
function isBeginning(text: string): boolean {
  return jsonErrorOffset(text) === text.length;
}
