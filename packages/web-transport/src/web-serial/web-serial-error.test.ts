import { FlasherError } from "@flashwright/core";
import { expect, it } from "vitest";
import { webSerialError } from "./web-serial-error.js";

const thrown = (name: string) =>
  new DOMException("Failed to execute 'open' on 'SerialPort': Failed to open serial port.", name);

it.each([
  [
    "open",
    "InvalidStateError",
    "port-busy",
    "Close the serial monitor, IDE or browser tab that holds the port and try again.",
  ],
  [
    "open",
    "NetworkError",
    "port-not-opened",
    "Close the serial monitor, IDE or tab that holds the port; on Linux also join the group `dialout`.",
  ],
  [
    "open",
    "SecurityError",
    "port-blocked",
    "Open the page by itself over HTTPS or on localhost, and choose the port with a click.",
  ],
  ["open", "TypeError", "port-failed", "Unplug the board, plug it in again and repeat the command."],
  [
    "choose",
    "NotFoundError",
    "port-not-chosen",
    "Choose the board in the browser's list; if it is not there, plug it in with a data cable or list all ports.",
  ],
  [
    "use",
    "NetworkError",
    "port-lost",
    "Check the cable and the plug, connect the board again and repeat the command.",
  ],
] as const)(
  "%s that fails with %s is %s, with something to do and the browser's own words",
  (operation, name, code, hint) => {
    const error = webSerialError(thrown(name), operation, "CP2102");
    expect([error.code, error.hint, error.toJSON().detail]).toEqual([
      code,
      hint,
      "Failed to open serial port.",
    ]);
  },
);

it("an error with a code stays what it is", () => {
  const error = new FlasherError("port-closed", { label: "x" });
  expect(webSerialError(error, "use", "x")).toBe(error);
});
