import { describe, expect, it } from "vitest";
import { offerOf } from "./follow-agent.js";

describe("a port of the agent", () => {
  it("has the adapter's name before the system's, and says who it is to whoever connects", () => {
    const port = {
      id: "usb-1",
      kind: "usb",
      path: "/dev/ttyUSB0",
      vendorId: "10c4",
      productId: "ea60",
      product: "CP2102 USB to UART Bridge Controller",
      bridge: "CP2102",
      inUse: true,
    } as const;
    expect(offerOf(port)).toMatchObject({
      id: "usb-1",
      label: "/dev/ttyUSB0",
      title: "CP2102 USB to UART Bridge Controller · /dev/ttyUSB0",
      adapter: { vendorId: "10c4", productId: "ea60" },
      isTaken: true,
    });
  });

  it("has the system's name alone where there is no other", () => {
    const port = { id: "esp-12f", kind: "virtual", path: "virtual:esp-12f", inUse: false } as const;
    expect(offerOf(port)).toEqual({
      id: "esp-12f",
      label: "virtual:esp-12f",
      title: "virtual:esp-12f",
      adapter: undefined,
      isTaken: false,
    });
  });
});
