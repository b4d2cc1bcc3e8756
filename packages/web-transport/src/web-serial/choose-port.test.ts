import { describe, expect, it } from "vitest";
import { grantedPorts, knownBridges, requestPort } from "./choose-port.js";
import { FakeSerial, fakePort } from "./fake-serial.js";

const ch340 = () => fakePort(0x1a86, 0x7523);

describe("asking for a port", () => {
  it("offers the vendors of known bridges, or all ports", async () => {
    const serial = new FakeSerial();
    serial.choice = ch340();
    await requestPort(serial);
    await requestPort(serial, { all: true });
    expect(serial.asked).toEqual([knownBridges, undefined]);
    expect(knownBridges).toEqual([
      { usbVendorId: 0x0403 },
      { usbVendorId: 0x067b },
      { usbVendorId: 0x10c4 },
      { usbVendorId: 0x1a86 },
    ]);
  });

  it("gives the port with the name that it has among those granted before", async () => {
    const serial = new FakeSerial(ch340());
    const choice = ch340();
    serial.choice = choice;
    const { port, label } = await requestPort(serial);
    expect([port === choice, label]).toEqual([true, "CH340 (1a86:7523) #2"]);
  });

  it.each([
    ["NotFoundError", "port-not-chosen"],
    ["SecurityError", "port-blocked"],
    ["TypeError", "port-failed"],
  ])("that ends with %s is %s", async (name, code) => {
    const serial = new FakeSerial();
    serial.choice = new DOMException("Failed to execute 'requestPort' on 'Serial': So it is.", name);
    await expect(requestPort(serial)).rejects.toMatchObject({ code, cause: { message: "So it is." } });
  });

  it("is refused in a worker, which cannot ask", async () => {
    const worker = new FakeSerial();
    Object.assign(worker, { requestPort: undefined });
    await expect(requestPort(worker)).rejects.toMatchObject({
      code: "port-blocked",
      message: "The browser does not let this page use serial ports: Only a page can ask.",
    });
  });
});

describe("the ports that were granted", () => {
  it("are those that are plugged in", async () => {
    const serial = new FakeSerial(fakePort(1, 2, false), fakePort(1, 3, true), fakePort(1, 4));
    const ports = await grantedPorts(serial);
    expect(ports.map(({ productId }) => productId)).toEqual(["0003", "0004"]);
  });

  it("may be forbidden", async () => {
    const serial = new FakeSerial();
    serial.getPorts = () => Promise.reject(new DOMException("Access is disallowed.", "SecurityError"));
    await expect(grantedPorts(serial)).rejects.toMatchObject({ code: "port-blocked" });
  });
});
