import type { ListedPort } from "@flashwright/node-transport";
import { describe, expect, it } from "vitest";
import { answers, createDesk, usbPort } from "../cli.fixture.js";

const second: ListedPort = { path: "/dev/ttyUSB1", vendorId: "1a86", productId: "7523", bridge: "CH340" };
const onboard: ListedPort = { path: "/dev/ttyS0" };
const listing = (...ports: ListedPort[]) => ({ listPorts: async () => ports });

describe("the port", () => {
  it("is the only one behind USB", async () => {
    const desk = createDesk();
    await desk.runIn(listing(onboard, usbPort), "info");
    expect(desk.opened).toEqual(["/dev/ttyUSB0"]);
  });

  it("is the one that is named, without a look at the others", async () => {
    const desk = createDesk();
    const listPorts = async () => Promise.reject(new Error("nobody asked"));
    await desk.runIn({ listPorts }, "info", "--port", "/dev/ttyACM3");
    await desk.runIn({ listPorts, env: { FLASHWRIGHT_PORT: "/dev/ttyACM4" } }, "info");
    await desk.runIn({ listPorts, env: { FLASHWRIGHT_PORT: "/dev/ttyACM4" } }, "info", "-p", "/dev/ttyACM5");
    expect(desk.opened).toEqual(["/dev/ttyACM3", "/dev/ttyACM4", "/dev/ttyACM5"]);
  });

  it("is asked for at a terminal where there are several", async () => {
    const desk = createDesk();
    const prompts = answers({ choose: "/dev/ttyUSB1" });
    await desk.runIn({ ...listing(usbPort, second), prompts }, "info");
    expect(prompts.asked).toEqual([
      "Which port?",
      [
        { value: "/dev/ttyUSB0", label: "/dev/ttyUSB0  CP2102" },
        { value: "/dev/ttyUSB1", label: "/dev/ttyUSB1  CH340" },
      ],
    ]);
    expect(desk.opened).toEqual(["/dev/ttyUSB1"]);
  });

  it("is listed in an error where nobody can be asked", async () => {
    const desk = createDesk();
    const run = await desk.runIn(listing(usbPort, second), "info");
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(
      [
        "error: There are several ports: /dev/ttyUSB0 (CP2102) and /dev/ttyUSB1 (CH340).",
        " hint: Name one with `--port`.",
        " code: several-ports",
        "",
      ].join("\n"),
    );
    expect(desk.opened).toEqual([]);
  });

  it("is missing where nothing is plugged in", async () => {
    const run = await createDesk().runIn(listing(onboard), "info");
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([
      1,
      "error: No USB serial port was found on this computer.",
    ]);
  });
});

describe("the list of ports", () => {
  it("names bridge and identifiers", async () => {
    const run = await createDesk().runIn(listing(usbPort, second, onboard), "ports");
    expect([run.code, run.stdout]).toEqual([
      0,
      [
        "/dev/ttyUSB0  CP2102   10c4:ea60  serial 0001",
        "/dev/ttyUSB1  CH340    1a86:7523",
        "/dev/ttyS0    not USB",
        "",
      ].join("\n"),
    ]);
  });

  it("says who has a port open", async () => {
    const portUsers = async () => new Map([["/dev/ttyUSB1", [{ pid: 7, command: "minicom" }]]]);
    const run = await createDesk().runIn({ ...listing(usbPort, second), portUsers }, "ports");
    expect(run.stdout.split("\n")[1]).toBe("/dev/ttyUSB1  CH340   1a86:7523  in use by minicom (process 7)");
  });

  it("is followed with --watch until Ctrl-C, which is its orderly end", async () => {
    const looks = [[usbPort], [usbPort, second], [second]];
    const listPorts = async () => looks.shift() ?? [second];
    const people = await createDesk().runIn({ listPorts, interruptAt: "- /dev/ttyUSB0" }, "ports", "--watch");
    expect([people.code, people.stdout.split("\n")]).toEqual([
      0,
      [
        "/dev/ttyUSB0  CP2102  10c4:ea60  serial 0001",
        "+ /dev/ttyUSB1  CH340  1a86:7523",
        "- /dev/ttyUSB0  CP2102  10c4:ea60  serial 0001",
        "",
      ],
    ]);
    looks.push([], [usbPort]);
    const json = await createDesk().runIn(
      { listPorts, interruptAt: '"added"' },
      "ports",
      "--watch",
      "--json",
    );
    expect(json.events()).toEqual([
      { type: "ports", ports: [] },
      { type: "port", change: "added", port: usbPort },
      { type: "completed", result: { code: "ports-watched", params: {} } },
    ]);
  });

  it("lets no control character of a USB string through", async () => {
    const evil: ListedPort = {
      path: "/dev/ttyUSB0",
      vendorId: "dead",
      productId: "beef",
      product: "\x1b[2Jx\r\ny",
      serialNumber: "\x9b1m\x07",
    };
    const run = await createDesk().runIn(listing(evil), "ports");
    expect(run.stdout).toBe("/dev/ttyUSB0  xy  dead:beef  serial 1m\n");
    const json = await createDesk().runIn(listing(evil), "ports", "--json");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
    expect(json.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(json.events()[0]).toEqual({ type: "ports", ports: [evil] });
  });

  it("says that there is none", async () => {
    const run = await createDesk().runIn(listing(), "ports", "--json");
    expect(run.events()).toEqual([
      { type: "ports", ports: [] },
      { type: "completed", result: { code: "ports-listed", params: { count: 0 } } },
    ]);
    expect(run.stderr).toBe("No serial ports.\n");
  });
});
