import { describe, expect, it } from "vitest";
import { formatStatement } from "../messages/catalogue.js";
import { explainMap, flashMap, mapCodeOf, mapCodes } from "./flash-map.js";

describe("flash maps", () => {
  it("have the codes of the high nibble, from 0 to 9", () => {
    expect(mapCodes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(flashMap(6)?.name).toBe("4MB-c1");
    expect(mapCodeOf(flashMap(6)!)).toBe(6);
    expect([-1, 10, 0x60, 1.5, Number.NaN].map(flashMap)).toEqual(Array(5).fill(undefined));
  });

  it("are explained in bytes, with their other names", () => {
    expect(formatStatement(explainMap(6))).toBe(
      "4MB-c1 is a flash of 4 MB (4194304 bytes) with two slots for updates, 1024+1024 KB, the second at 0x00101000. Older tools call it 32m-c1, Espressif's window tool 32Mbit-C1; both count bits. Its code in the header is 6.",
    );
    expect(mapCodes.map((code) => explainMap(code).code)).toEqual([
      "map-meaning",
      "map-meaning-one-slot",
      "map-meaning",
      "map-meaning",
      "map-meaning",
      "map-meaning",
      "map-meaning",
      "map-meaning-discouraged",
      "map-meaning-new-boot",
      "map-meaning-new-boot",
    ]);
    expect(() => explainMap(10)).toThrow(RangeError);
  });
});
