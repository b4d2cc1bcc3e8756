import { FlasherError } from "@flashwright/core";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { errorLines } from "./error-lines.js";

const plain = pc.createColors(false);

describe("an error in lines", () => {
  it("has message, hint, the system's own words and the code", () => {
    const error = new FlasherError(
      "port-busy",
      { label: "/dev/ttyUSB0" },
      { cause: new Error("EBUSY, open") },
    );
    expect(errorLines(error.toJSON(), Number.POSITIVE_INFINITY, plain)).toEqual([
      "error: /dev/ttyUSB0 is in use by another program.",
      " hint: Close the serial monitor, IDE or browser tab that holds the port and try again.",
      " from: EBUSY, open",
      " code: port-busy",
    ]);
  });

  it("does not repeat words that the message has", () => {
    const error = new FlasherError(
      "port-failed",
      { label: "COM3", detail: "EIO" },
      { cause: new Error("EIO") },
    );
    expect(errorLines(error.toJSON(), 80, plain)).toEqual([
      "error: COM3 failed: EIO",
      " hint: Unplug the board, plug it in again and repeat the command.",
      " code: port-failed",
    ]);
  });

  it("is broken at the width, under the words and not under the label", () => {
    const error = new FlasherError("port-not-found", { label: "/dev/ttyUSB9" });
    expect(errorLines(error.toJSON(), 40, plain)).toEqual([
      "error: There is no port /dev/ttyUSB9.",
      " hint: Plug the board in with a data",
      "       cable and list the ports to see",
      "       its name.",
      " code: port-not-found",
    ]);
  });

  it("lets no command to the terminal through", () => {
    const error = new FlasherError("file-missing", { name: "a\x1b[2J\x1b]0;x\x07b\r\nerror: c\u202e" });
    expect(errorLines(error.toJSON(), 80, plain)[0]).toBe("error: There is no file aberror: c.");
  });
});
