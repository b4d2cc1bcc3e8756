import { describe, expect, it } from "vitest";
import { compareEspruinoVersions, parseEspruinoVersion } from "./espruino-version.js";
import {
  compareVersionNumbers,
  inVersionRange,
  parseDottedVersion,
  parseEspruinoNumbers,
} from "./versions.js";

describe("Espruino's versions", () => {
  it("rise from 1v95 over 2v09 and what was committed after it to 2v10", () => {
    const rising = ["1v81", "1v95", "1v99", "2v00", "2v09", "2v09.2", "2v09.12", "2v10", "2v29", "2v100"];
    const shuffled = ["2v09.12", "2v29", "1v99", "2v10", "2v100", "1v81", "2v00", "2v09", "1v95", "2v09.2"];
    expect([...shuffled].sort((a, b) => compareEspruinoVersions(a, b)!)).toEqual(rising);
    expect(compareEspruinoVersions("2v09", "2v09.0")).toBe(0);
  });

  it("are read in whole or not at all", () => {
    expect(parseEspruinoVersion(" 2v09.12 ")).toEqual({ major: 2, minor: 9, commits: 12 });
    for (const text of ["", "2v", "2v9", "v2.09", "2.09", "2v09.", "2v09-beta", "x2v09", "2v09.12.1"])
      expect(parseEspruinoVersion(text)).toBeUndefined();
    expect(compareEspruinoVersions("2v09", "newest")).toBeUndefined();
  });
});

describe("dotted versions", () => {
  it("are compared number by number, not as text", () => {
    expect(compareVersionNumbers(parseDottedVersion("1.13")!, parseDottedVersion("1.9.4")!)).toBeGreaterThan(
      0,
    );
    expect(compareVersionNumbers(parseDottedVersion("v3")!, parseDottedVersion("3.0.0.0")!)).toBe(0);
    expect(parseDottedVersion("1.7.6.0-dev")).toEqual([1, 7, 6, 0]);
  });

  it("are none where no number comes first", () => {
    for (const text of ["", "dev", "v", ".1", "1..2", "1.2.3.4.5.6.7"])
      expect(parseDottedVersion(text)).toBeUndefined();
  });
});

describe("a range of versions", () => {
  const is = (version: string | undefined, since?: string, before?: string) =>
    inVersionRange(
      version === undefined ? undefined : parseEspruinoNumbers(version),
      { since, before },
      parseEspruinoNumbers,
    );

  it("holds its first version and not its last", () => {
    expect(["1v91", "1v92", "1v94", "1v94.7", "1v95"].map((version) => is(version, "1v92", "1v95"))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it("holds an unknown version where it is open at its end", () => {
    expect([is(undefined, "1v92"), is(undefined, undefined, "1v92"), is(undefined)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
