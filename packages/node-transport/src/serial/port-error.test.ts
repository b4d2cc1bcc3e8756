import { FlasherError } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { type PortOperation, portError, portErrorCode } from "./port-error.js";

const context = (operation: PortOperation) => ({
  operation,
  label: "/dev/ttyUSB0",
  baudRate: 460800,
  group: "uucp",
});

describe("serialport's texts", () => {
  it.each<[PortOperation, string, string]>([
    // Linux and macOS
    ["open", "Error: No such file or directory, cannot open /dev/ttyUSB0", "port-not-found"],
    ["open", "Error: No such device or address, cannot open /dev/ttyUSB0", "port-not-found"],
    ["open", "Error: Permission denied, cannot open /dev/ttyUSB0", "port-denied"],
    ["open", "Error: Operation not permitted, cannot open /dev/ttyUSB0", "port-denied"],
    ["open", "Error Resource temporarily unavailable Cannot lock port", "port-busy"],
    ["open", "Error: Device or resource busy, cannot open /dev/ttyUSB0", "port-busy"],
    ["open", "Error: Resource busy, cannot open /dev/cu.usbserial-110", "port-busy"],
    ["open", "Error: Input/output error, cannot open /dev/ttyS3", "port-failed"],
    ["open", "Error: Inappropriate ioctl for device setting custom baud rate of 115200", "address-invalid"],
    ["open", "Error: Is a directory, cannot open /tmp", "address-invalid"],
    ["open", "Error: Invalid argument || while setting custom baud rate of 9000000", "port-baud-refused"],
    ["baud", "Error: Invalid argument || while setting custom baud rate of 9000000", "port-baud-refused"],
    ["baud", "Error: Input/output error setting custom baud rate of -1", "port-lost"],
    ["baud", "Error baud rate of -1 is not supported on your platform", "port-baud-refused"],
    ["use", "Error: Inappropriate ioctl for device, cannot set", "port-lines-missing"],
    ["use", "Error: Input/output error, cannot set", "port-lost"],
    ["use", "EIO: i/o error, write", "port-lost"],
    ["use", "ENXIO: no such device or address, read", "port-lost"],
    ["use", "bad file descriptor", "port-lost"],
    ["use", "Port is not open", "port-lost"],
    ["use", "Device not configured", "port-lost"],
    // Windows
    ["open", "Opening COM3: File not found", "port-not-found"],
    ["open", "Opening COM3: Access denied", "port-busy"],
    ["open", "Opening COM3: Unknown error code 31", "port-failed"],
    ["open", "Opening COM3: Unknown error code 433", "port-not-found"],
    ["baud", "Setting baud rate: The parameter is incorrect", "port-baud-refused"],
    ["use", "Writing to COM port (GetOverlappedResult): Operation aborted", "port-lost"],
    ["use", "Writing to COM port (GetOverlappedResult): Unknown error code 22", "port-lost"],
    ["use", "Reading from COM port (ReadIOCompletion): Access denied", "port-lost"],
    // Nobody's
    ["use", "the moon is full", "port-failed"],
  ])("during %s: %s is %s", (operation, text, code) => {
    expect(portErrorCode(text, operation)).toBe(code);
  });
});

describe("the error that is made of them", () => {
  it("names the group that may open the port", () => {
    const error = portError(new Error("Error: Permission denied, cannot open /dev/ttyUSB0"), context("open"));
    expect(error.toJSON()).toEqual({
      format: "flashwright/error",
      version: 1,
      code: "port-denied",
      params: { label: "/dev/ttyUSB0", group: "uucp" },
      message: "This user may not open /dev/ttyUSB0.",
      hint: "On Linux run `sudo usermod -aG uucp $USER`, log out and in again.",
      detail: "Error: Permission denied, cannot open /dev/ttyUSB0",
    });
  });

  it("names the rate that was refused", () => {
    const error = portError(new Error("|| while setting custom baud rate of 460800"), context("baud"));
    expect(error.message).toBe("/dev/ttyUSB0 refuses 460800 baud.");
  });

  it("repeats a text that it does not know, without serialport's own Error in front", () => {
    expect(portError(new Error("Error: the moon is full"), context("use")).message).toBe(
      "/dev/ttyUSB0 failed: the moon is full",
    );
    expect(portError("a bare string", context("use")).message).toBe("/dev/ttyUSB0 failed: a bare string");
  });

  it("is left as it is when it has a code already", () => {
    const error = new FlasherError("port-closed", { label: "x" });
    expect(portError(error, context("use"))).toBe(error);
  });
});
