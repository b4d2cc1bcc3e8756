import { describe, expect, it } from "vitest";
import { parseAddress } from "./address.js";

const messageOf = (address: string, platform = "linux") => {
  try {
    return parseAddress(address, platform);
  } catch (error) {
    return (error as Error).message;
  }
};

const agent = (host: string, id: string) => ({ kind: "agent", host, port: 4380, id });
const ONLY_HERE = "an agent is reached at 127.0.0.1, [::1] or localhost, and nowhere else.";

describe("port addresses", () => {
  it.each([
    ["/dev/ttyUSB0", "linux", { kind: "serial", path: "/dev/ttyUSB0" }],
    ["/dev/cu.usbserial-110", "darwin", { kind: "serial", path: "/dev/cu.usbserial-110" }],
    ["/tmp/my board", "linux", { kind: "serial", path: "/tmp/my board" }],
    ["COM3", "win32", { kind: "serial", path: "COM3" }],
    ["com12", "win32", { kind: "serial", path: "COM12" }],
    ["\\\\.\\COM12", "win32", { kind: "serial", path: "COM12" }],
    ["socket://esp-link.local:23", "linux", { kind: "socket", host: "esp-link.local", port: 23 }],
    ["SOCKET://10.0.0.7:3333/", "win32", { kind: "socket", host: "10.0.0.7", port: 3333 }],
    ["agent://127.0.0.1:4380/ttyUSB0", "linux", agent("127.0.0.1", "ttyUSB0")],
    ["agent://[::1]:4380/COM3", "win32", agent("::1", "COM3")],
    ["Agent://localhost:4380/cu.usbserial-110", "darwin", agent("localhost", "cu.usbserial-110")],
    ["rfc2217://[fe80::1]:2217", "linux", { kind: "rfc2217", host: "fe80::1", port: 2217 }],
  ])("%s on %s", (address, platform, expected) => {
    expect(parseAddress(address, platform)).toEqual(expected);
  });

  it.each([
    ["ttyUSB0", "linux", "a serial port is named by its full path, like /dev/ttyUSB0."],
    ["COM3", "linux", "a serial port is named by its full path, like /dev/ttyUSB0."],
    ["/", "linux", "a serial port is named by its full path, like /dev/ttyUSB0."],
    ["", "linux", "a serial port is named by its full path, like /dev/ttyUSB0."],
    ["COM0", "win32", "a serial port is named like COM3."],
    ["/dev/ttyUSB0", "win32", "a serial port is named like COM3."],
    ["http://host:80", "linux", "nothing is known of http://."],
    ["socket://host", "linux", "the port number is missing."],
    ["socket://host:0", "linux", "the port number is missing."],
    ["socket://:23", "linux", "it needs a host and a port number from 1 to 65535."],
    ["socket://host:70000", "linux", "it needs a host and a port number from 1 to 65535."],
    ["rfc2217://host:2217?timeout=3", "linux", '"?timeout=3" after the port means nothing here.'],
    ["rfc2217://host:2217/a", "linux", '"/a" after the port means nothing here.'],
    ["agent://127.0.0.1:4380", "linux", "a port of an agent is named like agent://127.0.0.1:8266/ttyUSB0."],
    [
      "agent://127.0.0.1:4380/a/b",
      "linux",
      "a port of an agent is named like agent://127.0.0.1:8266/ttyUSB0.",
    ],
    [
      "agent://127.0.0.1:4380/a?b",
      "linux",
      "a port of an agent is named like agent://127.0.0.1:8266/ttyUSB0.",
    ],
    ["agent://127.0.0.1/ttyUSB0", "linux", "the port number is missing."],
    ["agent://10.0.0.7:4380/ttyUSB0", "linux", ONLY_HERE],
    ["agent://127.0.0.1.evil.example:4380/ttyUSB0", "linux", ONLY_HERE],
    ["agent://localhost:4380@evil.example:80/ttyUSB0", "linux", ONLY_HERE],
    ["socket://me:secret@host:23", "linux", "it cannot hold a user name."],
  ])("%j on %s is refused: %s", (address, platform, detail) => {
    expect(messageOf(address, platform)).toBe(`${address} is not a port address: ${detail}`);
  });
});
