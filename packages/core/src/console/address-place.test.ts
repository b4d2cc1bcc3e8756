import { describe, expect, it } from "vitest";
import { layoutFor } from "../maps/layout-for.js";
import { formatStatement } from "../messages/catalogue.js";
import { addressPlace, type RunningProgram } from "./address-place.js";

const fourMB = { family: "espruino", build: "ESP8266_4MB", version: "1v95" } as const;
const words = (address: number, program?: RunningProgram) => formatStatement(addressPlace(address, program));

describe("the place of an address", () => {
  it.each([
    [0, "next to address 0: a value that was never set"],
    [0x0fff, "next to address 0: a value that was never set"],
    [0x3fff_fdc0, "data RAM"],
    [0x4000_050c, "the boot ROM's code"],
    [0x4010_00b8, "code RAM"],
    [0x6000_0300, "registers of the chip"],
    [0x1234_5678, "no memory of this chip"],
    [0x4027_b004, "flash at 0x0007b004"],
    [0x4030_0000, "no memory of this chip"],
  ])("%i is in words without a layout", (address, expected) => {
    expect(words(address)).toBe(expected);
  });

  it("is named by the region, of the megabyte from which the program runs", () => {
    const layout = layoutFor(fourMB, 6)!;
    expect(words(0x4027_b004, { layout })).toBe("flash at 0x0007b004, Firmware (user1)");
    expect(words(0x4020_2000, { layout, slotOffset: 0x10_1000 })).toBe(
      "flash at 0x00102000, Second firmware slot (user2)",
    );
  });

  it("tells of code over which the firmware saves something else", () => {
    const layout = layoutFor(fourMB, 4)!;
    expect(words(0x4027_b004, { layout })).toBe(
      "flash at 0x0007b004, Firmware (user1), where under this flash map also this is kept: Your Wi-Fi settings",
    );
  });
});
