import { describe, expect, it } from "vitest";
import type { FirmwareId } from "../maps/firmware-id.js";
import { layoutFor } from "../maps/layout-for.js";
import { Inheritance } from "./carried.js";

const SECTOR = 0x1000;
const board = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });
const fourMB = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });
const arduino = (version: string): FirmwareId => ({ family: "arduino", build: "4m1m", version });

/** From one firmware and map to another. */
function between(present: readonly [FirmwareId, number], future: readonly [FirmwareId, number]) {
  const [from, to] = [present, future].map(([firmware, map]) => layoutFor(firmware, map)!);
  const inheritance = new Inheritance(from, to);
  const named = (layout: typeof from, id: string, offset?: number) =>
    layout!.regions.find((region) => region.id === id && region.offset === (offset ?? region.offset))!;
  return {
    usefulness: (id: string, sector: number, offset?: number) =>
      inheritance.usefulnessOf(named(from, id, offset), { offset: sector, size: SECTOR }),
    inherits: (id: string) => inheritance.isInherited(named(to, id)),
  };
}

describe("free flash", () => {
  it("is found again under a slot for updates, which nobody fills unasked, and not under calibration", () => {
    const { usefulness } = between([board("1v95"), 4], [fourMB("2v09"), 6]);
    expect(usefulness("free", 0x150000, 0x100000)).toBe("readable");
    expect(usefulness("free", 0x3fb000, 0x100000)).toBe("place-changed");
    expect(usefulness("free", 0x80000, 0x80000)).toBe("place-changed");
  });
});

describe("what a person stored", () => {
  it("may be readable for a firmware whose version is not known", () => {
    const { usefulness } = between([board("2v09"), 4], [board(), 4]);
    expect(usefulness("storage", 0x77000)).toBe("perhaps");
  });

  it("is readable in part where an image that was saved is bound to its version", () => {
    expect(between([board("2v09"), 4], [board("2v29"), 4]).usefulness("storage", 0x77000)).toBe(
      "readable-in-part",
    );
    expect(between([board("2v09"), 4], [board("2v09"), 4]).usefulness("storage", 0x77000)).toBe("readable");
  });

  it("is of no use to another family, but for the bytes of programs", () => {
    const { usefulness } = between([board("1v95"), 4], [{ family: "at", version: "1.7.6" }, 4]);
    expect(usefulness("wifi", 0x7b000)).toBe("other-firmware");
    expect(usefulness("free", 0x200000, 0x100000)).toBe("readable");
  });
});

describe("a region of the new firmware", () => {
  it("is not inherited where the old one was of another size", () => {
    const older = between([arduino("3.0.2"), 4], [arduino("2.5.0"), 4]);
    const newer = between([arduino("2.5.0"), 4], [arduino("3.0.2"), 4]);
    // Since 2.6 it is a sector shorter; a file system of another size is not found either way.
    expect([older.inherits("file-system"), newer.inherits("file-system")]).toEqual([false, false]);
  });

  it("is inherited where its format is the same, although it comes back by itself", () => {
    expect(between([board("2v09"), 4], [board("2v29"), 4]).inherits("rf-cal")).toBe(true);
    expect(between([board("1v87"), 0], [board("1v88"), 0]).inherits("system-params")).toBe(false);
    expect(between([fourMB("1v97"), 6], [fourMB("1v98"), 6]).inherits("rf-cal")).toBe(false);
  });

  it("is not inherited from another family", () => {
    expect(
      between([{ family: "at", version: "1.6.2" }, 4], [board("2v09"), 4]).inherits("system-params"),
    ).toBe(false);
  });
});
