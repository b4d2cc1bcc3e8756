import { describe, expect, it } from "vitest";
import { adapterOf, describePort, describePorts } from "./describe-ports.js";
import { fakePort } from "./fake-serial.js";

describe("a port of the browser", () => {
  it("is named by its bridge and its identifiers", () => {
    const port = fakePort(0x10c4, 0xea60);
    expect(describePort(port)).toEqual({
      port,
      label: "CP2102 (10c4:ea60)",
      vendorId: "10c4",
      productId: "ea60",
      bridge: "CP2102",
    });
  });

  it("is named by its identifiers where the bridge is not known, and plainly without any", () => {
    const port = fakePort(0x1, 0xab);
    expect(describePort(port)).toEqual({
      port,
      label: "USB 0001:00ab",
      vendorId: "0001",
      productId: "00ab",
    });
    const plain = fakePort();
    expect(describePort(plain)).toEqual({ port: plain, label: "serial port" });
  });

  it("is counted where another one is alike", () => {
    const ports = [fakePort(0x1a86, 0x7523), fakePort(), fakePort(0x1a86, 0x7523), fakePort(0x1a86, 0x7523)];
    expect(describePorts(ports).map(({ label }) => label)).toEqual([
      "CH340 (1a86:7523)",
      "serial port",
      "CH340 (1a86:7523) #2",
      "CH340 (1a86:7523) #3",
    ]);
  });
});

describe("the adapter behind it", () => {
  const ids = { vendorId: "1a86", productId: "7523" };

  it.each([
    ["Windows", "win32"],
    ["Win32", "win32"],
    ["macOS", "darwin"],
    ["MacIntel", "darwin"],
    ["Linux", "linux"],
    ["Linux x86_64", "linux"],
  ])("is on a system that calls itself %s", (name, platform) => {
    expect(adapterOf(ids, name)).toEqual({ ...ids, platform });
  });

  it("has no platform where the system is another one, and is nothing without identifiers", () => {
    expect(adapterOf(ids, "Chrome OS")).toEqual(ids);
    expect(adapterOf({}, "Windows")).toBeUndefined();
  });
});
