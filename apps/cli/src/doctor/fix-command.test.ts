import type { Finding, Fix } from "@flashwright/core/diagnose";
import { describe, expect, it } from "vitest";
import { fixCommand, missingPackage, offeredCommand, shellCommand } from "./fix-command.js";

const finding = (severity: Finding["severity"], ...fixes: Fix[]): Finding => ({
  code: "finding-flash-blank",
  severity,
  params: {},
  evidence: [],
  depth: "deep",
  fixes,
});
const diagnosis = (...findings: Finding[]) => ({ depth: "deep", findings, reassurances: [] }) as const;
const none = { firmware: undefined, packagePath: undefined, connection: [] };
const espruino = { family: "espruino", build: "ESP8266_BOARD", version: "2v09" } as const;

describe("the command that puts right what was found", () => {
  it.each<[string, Finding[], string[] | undefined]>([
    ["nothing", [], undefined],
    ["what only a hand can do", [finding("fatal")], undefined],
    ["notes alone", [finding("note", { kind: "header", size: "4MB" })], undefined],
    ["a header", [finding("danger", { kind: "header", size: "4MB-c1" })], ["recover"]],
    ["a program", [finding("fatal", { kind: "rewrite", slots: ["user1"] })], ["recover", "<package>"]],
    ["an empty chip", [finding("fatal", { kind: "install" })], ["flash", "<package>"]],
    [
      "several things at once",
      [finding("fatal", { kind: "rewrite", slots: ["user1"] }), finding("warning", { kind: "phy-init" })],
      ["recover", "<package>"],
    ],
  ])("for %s", (_, findings, command) => {
    expect(fixCommand(diagnosis(...findings), none)).toEqual(command);
  });

  it("names the archive of the firmware that is there, or the package at hand, and the connection", () => {
    const found = diagnosis(finding("fatal", { kind: "rewrite", slots: ["user1"] }));
    expect(fixCommand(found, { ...none, firmware: espruino })).toEqual([
      "recover",
      "espruino_2v09_esp8266.tgz",
    ]);
    const given = { firmware: espruino, packagePath: "my.tgz", connection: ["--port", "COM3"] };
    expect(fixCommand(found, given)).toEqual(["recover", "my.tgz", "--port", "COM3"]);
  });

  it("names the build that suits the chip where another one is to be installed", () => {
    const found = diagnosis(finding("fatal", { kind: "install", build: "ESP8266_4MB" }));
    expect(fixCommand(found, { ...none, firmware: espruino })).toEqual([
      "flash",
      "espruino_2v09_esp8266_4mb.tgz",
    ]);
  });

  it("says which package somebody has to get first, and where", () => {
    const from = "http://www.espruino.com/binaries/";
    const name = "espruino_2v09_esp8266.tgz";
    expect(missingPackage(["recover", name], none)).toEqual({ name, from });
    expect(missingPackage(["flash", "<package>", "--port", "COM3"], none)).toEqual({});
    expect(missingPackage(["recover", name], { packagePath: name })).toBeUndefined();
    expect(missingPackage(["recover", "--port", "COM3"], none)).toBeUndefined();
    expect(missingPackage(undefined, none)).toBeUndefined();
  });

  it("can be pasted into a shell", () => {
    expect(shellCommand(["recover", "<package>", "--port", "/dev/ttyUSB0"])).toBe(
      "flashwright recover <package> --port /dev/ttyUSB0",
    );
    expect(shellCommand(["flash", "my file.bin", "it's; rm -rf /"])).toBe(
      "flashwright flash 'my file.bin' 'it'\\''s; rm -rf /'",
    );
  });
});

describe("the command that is offered where nothing has to be done", () => {
  const note = (code: Finding["code"]) => ({ ...finding("note", { kind: "header", size: "4MB" }), code });

  it("changes the header of which the board warns, and names the connection", () => {
    const found = diagnosis(note("finding-map-smaller-warns"));
    expect(offeredCommand(found, ["--port", "COM3"])).toEqual([
      "recover",
      "--flash-size",
      "4MB",
      "--port",
      "COM3",
    ]);
  });

  it("is not there for other notes, nor beside something worse", () => {
    expect(offeredCommand(diagnosis(note("finding-map-smaller")), [])).toBeUndefined();
    const worse = diagnosis(finding("warning"), note("finding-map-smaller-warns"));
    expect(offeredCommand(worse, [])).toBeUndefined();
  });
});
