import { describe, expect, it } from "vitest";
import { bridgeName, bridgeVendorIds } from "./usb-bridges.js";

describe("bridge names", () => {
  it("knows the usual bridges in either case and says nothing of others", () => {
    expect(bridgeName("10C4", "EA60")).toBe("CP2102");
    expect(bridgeName("1a86", "55d4")).toBe("CH9102");
    expect(bridgeName("ffff", "0001")).toBeUndefined();
    expect(bridgeName(undefined, "ea60")).toBeUndefined();
  });

  it("come from four vendors", () => {
    expect(bridgeVendorIds).toEqual(["0403", "067b", "10c4", "1a86"]);
  });
});
