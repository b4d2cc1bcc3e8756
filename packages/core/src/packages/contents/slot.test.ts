import { describe, expect, it } from "vitest";
import { madeAtImage, madeUserImage } from "../../../../../test/support/made-firmware.js";
import { classify } from "./classify.js";
import { slotByHeader, slotOf } from "./slot.js";

const espruino = (version: string, slot: 0 | 1, name = "image.bin") =>
  classify({ path: name, bytes: madeUserImage({ build: "ESP8266_BOARD", version, size: 80_004, slot }) });
const at = (slot: 1 | 2, name: string) =>
  classify({ path: name, bytes: madeAtImage({ slot, size: 80_004 }) });

describe("the number of a slot in an update image", () => {
  it("counts from 0 in Espruino since 1v88, where 1 says nothing before", () => {
    expect(["1v88", "2v29"].map((version) => slotByHeader(espruino(version, 1)))).toEqual(["user2", "user2"]);
    expect(slotByHeader(espruino("1v87", 1))).toBeUndefined();
    expect(["1v87", "2v29"].map((version) => slotByHeader(espruino(version, 0)))).toEqual(["user1", "user1"]);
  });

  it("counts from 1 in AT, whatever the file is called", () => {
    expect([slotOf(at(1, "user2.bin")), slotOf(at(2, "user1.bin"))]).toEqual(["user1", "user2"]);
  });

  it("leaves the answer to the name where it says nothing", () => {
    expect(slotOf(espruino("1v87", 1, "espruino_esp8266_user2.bin"))).toBe("user2");
    expect(slotOf(espruino("1v87", 1, "image.bin"))).toBe("user1");
  });
});
