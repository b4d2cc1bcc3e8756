import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bootImage } from "../../../../test/support/content.js";
import { createDesk } from "../cli.fixture.js";

const root = mkdtempSync(join(tmpdir(), "flashwright-config-command-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder: string;
let below: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, "project-"));
  below = join(folder, "src");
  mkdirSync(below);
});

/** A project with these settings; the program is started in a folder of it. */
function project(settings: unknown): { currentFolder: string } {
  writeFileSync(join(folder, "flashwright.config.json"), JSON.stringify(settings, null, 1));
  return { currentFolder: below };
}

describe("flashwright config", () => {
  it("shows what is in force, where it comes from, and what is overruled", async () => {
    const world = {
      ...project({ port: "/dev/ttyUSB7", baud: 57600 }),
      env: { FLASHWRIGHT_BAUD: "9600", ESPBAUD: "1" },
    };
    const run = await createDesk().runIn(world, "config");
    expect(run.stdout.split("\n")).toEqual([
      `Settings of ${join(folder, "flashwright.config.json")} and the environment:`,
      "  port             /dev/ttyUSB7                   flashwright.config.json, line 2",
      "  baud             9600                           FLASHWRIGHT_BAUD",
      "                   57600                          flashwright.config.json, line 3, overruled",
      "                   1                              ESPBAUD, overruled",
      "  reset            what fits the adapter          default",
      "  package          none                           default",
      "  chipSize         what the chip's id tells       default",
      "  before           default-reset                  default",
      "  after            the best that the port can do  default",
      "  connectAttempts  7                              default",
      "",
    ]);
  });

  it("says with --json what a program needs to know", async () => {
    const world = { ...project({ chipSize: "4MB" }), env: { ESPTOOL_AFTER: "hard_reset" } };
    const { events } = await createDesk().runIn(world, "config", "--json");
    const [event, end] = events();
    const file = join(folder, "flashwright.config.json");
    expect(event).toMatchObject({ type: "config", folder: below, file });
    expect(
      (event.settings as { source: { kind: string } }[]).filter(({ source }) => source.kind !== "default"),
    ).toEqual([
      {
        name: "chipSize",
        value: 0x400000,
        source: { kind: "file", name: file, line: 2 },
        byDefault: "what the chip's id tells",
        overruled: [],
      },
      {
        name: "after",
        value: "hard-reset",
        source: { kind: "environment", name: "ESPTOOL_AFTER" },
        byDefault: "the best that the port can do",
        overruled: [],
      },
    ]);
    expect(end).toEqual({ type: "completed", result: { code: "config-shown", params: {} } });
  });

  it("says that there is no file", async () => {
    const run = await createDesk().runIn({ currentFolder: below }, "config");
    expect(run.stdout.split("\n")[0]).toBe(`No flashwright.config.json in ${below} or above.`);
  });

  it("names the variable whose value is none", async () => {
    const run = await createDesk().runIn({ env: { ESPTOOL_AFTER: "watchdog_reset" } }, "config");
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([
      2,
      "error: ESPTOOL_AFTER: after is watchdog_reset, which is not hard-reset, soft-reset or no-reset.",
    ]);
  });
});

describe("the port", () => {
  const portOf = async (world: object, ...argv: string[]): Promise<string | undefined> => {
    const desk = createDesk();
    // None to choose from: whoever asks which port is meant gets no answer.
    const listPorts = async () => [];
    const { code } = await desk.runIn({ listPorts, ...world }, "info", ...argv);
    return code === 0 ? desk.opened[0] : undefined;
  };
  const own = { FLASHWRIGHT_PORT: "/dev/own" };
  const esptool = { ESPTOOL_PORT: "/dev/esptool" };
  const idf = { ESPPORT: "/dev/idf" };

  it("is the one of the command line, before every setting", async () => {
    expect(await portOf({ ...project({ port: "/dev/file" }), env: own }, "--port", "/dev/typed")).toBe(
      "/dev/typed",
    );
  });

  it("is then that of FLASHWRIGHT_PORT, of the file, of ESPTOOL_PORT, of ESPPORT", async () => {
    const inFile = project({ port: "/dev/file" });
    expect(await portOf({ ...inFile, env: { ...own, ...esptool } })).toBe("/dev/own");
    expect(await portOf({ ...inFile, env: { ...esptool, ...idf } })).toBe("/dev/file");
    const noFile = { FLASHWRIGHT_CONFIG: "" };
    expect(await portOf({ ...inFile, env: { ...noFile, ...esptool, ...idf } })).toBe("/dev/esptool");
    expect(await portOf({ ...inFile, env: { ...noFile, ...idf } })).toBe("/dev/idf");
  });

  it("is not that of a variable that is empty", async () => {
    expect(await portOf({ env: { FLASHWRIGHT_PORT: "", ESPPORT: "/dev/idf" } })).toBe("/dev/idf");
  });

  it("is that of the file that FLASHWRIGHT_CONFIG names", async () => {
    project({ port: "/dev/file" });
    const env = { FLASHWRIGHT_CONFIG: join(folder, "flashwright.config.json") };
    expect(await portOf({ env })).toBe("/dev/file");
  });
});

describe("other settings", () => {
  it("work as the option does", async () => {
    const desk = createDesk();
    const run = await desk.runIn(
      project({ baud: 230400, connectAttempts: 1, after: "no-reset" }),
      "info",
      "--json",
    );
    expect(run.events()[0]).toMatchObject({ type: "connecting", baudRate: 230400 });
    expect(desk.board.state.mode).toBe("stub");
  });

  it("count for nothing where the option was typed, not even when they are wrong", async () => {
    const run = await createDesk().runIn({ env: { FLASHWRIGHT_BAUD: "quick" } }, "info", "--baud", "115200");
    expect(run.code).toBe(0);
  });

  it("name the package that flash and plan take, from the file's folder on", async () => {
    writeFileSync(join(folder, "firmware.bin"), bootImage());
    const desk = createDesk();
    const run = await desk.runIn(project({ package: "firmware.bin" }), "flash", "--dry-run", "--json");
    expect(run.events().find(({ type }) => type === "package")).toMatchObject({
      parts: [{ name: "firmware.bin" }],
    });
    const typed = await desk.runIn(project({ package: "missing.bin" }), "plan", join(folder, "firmware.bin"));
    expect(typed.code).toBe(0);
  });

  it("do not stop a command that needs none of them", async () => {
    writeFileSync(join(folder, "flashwright.config.json"), '{"port":');
    expect((await createDesk().runIn({ currentFolder: folder }, "ports")).code).toBe(0);
    const info = await createDesk().runIn({ currentFolder: folder }, "info");
    expect([info.code, info.stderr.split("\n")[0]]).toEqual([
      2,
      `error: ${join(folder, "flashwright.config.json")} is no JSON, line 1, column 9: unexpected end of input.`,
    ]);
  });
});
