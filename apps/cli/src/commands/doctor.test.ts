import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { packageFolder, releaseFolder, SECRET, usedChip } from "./espruino.fixture.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
/** The 4 MB build of 1v95 under map 4, after `wifi.save()`: the thread that this program was made for. */
const destroyed = usedChip("ESP8266_4MB", "1v95", 0x4f);
const endangered = usedChip("ESP8266_4MB", "1v95", 0x4f, { hasWifi: false });
const healthy = usedChip("ESP8266_4MB", "2v09", 0x6f);

interface DiagnosisEvent {
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
  readonly command?: readonly string[];
  readonly depth: string;
}
const diagnosisOf = (run: { events(): Record<string, unknown>[] }) =>
  run.events().find(({ type }) => type === "diagnosis") as unknown as DiagnosisEvent;

describe("doctor, at a board", () => {
  it("finds settings in the program, and ends in the one command that puts it right", async () => {
    const desk = createDesk({ flash: destroyed });
    const run = await desk.run("doctor", "--no-watch", "--port", "/dev/ttyUSB0");
    const lines = run.stdout.split("\n");
    expect(lines).toContain("FATAL    Settings were saved into the program");
    expect(lines.slice(-4)).toEqual([
      "You need espruino_1v95_esp8266_4mb.tgz for it, which is at http://www.espruino.com/binaries/",
      "To put it right, run:",
      "  flashwright recover espruino_1v95_esp8266_4mb.tgz --port /dev/ttyUSB0",
      "",
    ]);
    expect([run.code, run.stderr]).toEqual([1, ""]);
    expect(run.stdout).not.toContain(SECRET);
  });

  it("looks at everything by itself where a quick look finds something", async () => {
    const run = await createDesk({ flash: destroyed }).run("doctor", "--no-watch", "--json");
    expect(run.events().filter(({ type }) => type === "surveying")).toEqual([
      { type: "surveying", depth: "quick" },
      { type: "surveying", depth: "deep" },
    ]);
    expect(diagnosisOf(run)).toMatchObject({
      depth: "deep",
      findings: [{ code: "finding-settings-in-code", severity: "fatal" }, { severity: "note" }],
    });
    expect(run.events().at(-1)).toEqual({
      type: "completed",
      result: { code: "doctor-found", params: { count: 1 } },
    });
    expect(run.stdout + run.stderr).not.toContain(SECRET);
  });

  it("needs no package where only the header is wrong", async () => {
    const run = await createDesk({ flash: endangered }).run("doctor", "--no-watch", "--json");
    expect(diagnosisOf(run).findings[0]).toMatchObject({ severity: "danger" });
    expect(diagnosisOf(run).command).toEqual(["recover"]);
    expect(run.code).toBe(1);
  });

  it("says that a healthy board looks so, after a quick look, and changes nothing", async () => {
    const desk = createDesk({ flash: healthy });
    const run = await desk.run("doctor", "--no-watch");
    expect(run.stdout).toContain("\nLooks healthy: nothing wrong was found (every byte: --deep).\n");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(Buffer.compare(desk.board.flash, healthy)).toBe(0);
    const deep = await desk.run("doctor", "--no-watch", "--deep");
    expect(deep.stdout).toContain(
      "\nHealthy: nothing wrong was found, and every byte of the program was checked.\n",
    );
    expect(desk.board.statistics).toMatchObject({ sectorErases: 0, blockErases: 0, programs: 0 });
  });

  it("says what a blank chip needs", async () => {
    const run = await createDesk().run("doctor", "--no-watch", "--json");
    expect(diagnosisOf(run).command).toEqual(["flash", "<package>"]);
    expect(run.code).toBe(1);
  });

  it("watches the board start, and looks again where it does not", async () => {
    const flash = healthy.slice();
    flash[0x20] ^= 1;
    const run = await createDesk({ flash }).run("doctor", "--json");
    const types = run.events().map(({ type }) => type);
    expect(types).toContain("boot");
    expect(run.events().find(({ type }) => type === "verdict")).toMatchObject({ verdict: "does-not-boot" });
    expect(diagnosisOf(run)).toMatchObject({ depth: "deep" });
    expect(run.code).toBe(1);
  });

  it("says so where the port cannot start the board", async () => {
    const desk = createDesk({ flash: healthy, wiring: "none" });
    desk.board.hold("flash");
    desk.board.powerCycle();
    desk.board.release("flash");
    const run = await desk.run("doctor", "--before", "no-reset");
    expect(run.stdout).toContain(
      "note: This port cannot reset the board, so that its start was not watched.\n",
    );
    expect(run.code).toBe(0);
  });

  it("compares with a package, and names it in the command", async () => {
    const folder = packageFolder("ESP8266_4MB", "1v95");
    const run = await createDesk({ flash: destroyed }).run(
      "doctor",
      "--no-watch",
      "--package",
      folder,
      "--json",
    );
    expect(diagnosisOf(run).command).toEqual(["recover", folder]);
  });

  it("sees in a quick look that the file of the same release is not what is there", async () => {
    const flash = healthy.slice();
    flash[0x3_0100] ^= 1;
    const folder = packageFolder("ESP8266_4MB", "2v09");
    const alone = await createDesk({ flash }).run("doctor", "--no-watch", "--json");
    expect([alone.code, diagnosisOf(alone).depth]).toEqual([0, "quick"]);
    const compared = await createDesk({ flash }).run("doctor", "--no-watch", "--json", "--package", folder);
    expect([compared.code, diagnosisOf(compared).depth]).toEqual([1, "deep"]);
    expect(diagnosisOf(compared).findings[0]).toMatchObject({ code: "finding-image-damaged" });
  });

  it("compares with that build of a package which is for the chip", async () => {
    const folder = releaseFolder(["ESP8266_BOARD", "ESP8266_4MB"], "2v09");
    const flash = healthy.slice();
    flash[0x3_0100] ^= 1;
    const run = await createDesk({ flash }).run("doctor", "--no-watch", "--json", "--package", folder);
    expect(diagnosisOf(run).findings.map(({ code }) => code)).toContain("finding-image-damaged");
  });

  it("refuses what is no package before it connects", async () => {
    const desk = createDesk();
    const run = await desk.run("doctor", "--package", files.write("holiday.bin", sampleBytes(100)));
    expect([run.code, desk.opened]).toEqual([1, []]);
  });

  it("takes --dry-run, and says that it makes no difference", async () => {
    const run = await createDesk({ flash: healthy }).run("doctor", "--no-watch", "--dry-run");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("`doctor` writes nothing, with --dry-run and without it.");
  });
});

describe("doctor, without a board", () => {
  const desk = createDesk();

  it("reads a dump", async () => {
    const run = await desk.run("doctor", "--file", files.write("dump.bin", destroyed), "--json");
    expect(diagnosisOf(run)).toMatchObject({ depth: "deep", findings: [{ severity: "fatal" }, {}] });
    expect(diagnosisOf(run).command).toEqual(["recover", "espruino_1v95_esp8266_4mb.tgz"]);
    expect([run.code, desk.opened]).toEqual([1, []]);
  });

  it("reads what somebody pasted, also from standard input", async () => {
    const log = new TextEncoder().encode(
      "ets Jan  8 2013,rst cause:2, boot mode:(3,6)\r\nload 0x40100000, len 2408, room 16\r\n" +
        "Fatal exception (3): epc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, excvaddr=0x401000df, depc=0x00000000\r\n",
    );
    const fromFile = await desk.run("doctor", "--text", files.write("log.txt", log), "--json");
    const fromStdin = await desk.runIn({ readStdin: async () => log }, "doctor", "--text", "-", "--json");
    expect(diagnosisOf(fromFile)).toMatchObject({ depth: "text" });
    expect(diagnosisOf(fromFile).findings.length).toBeGreaterThan(0);
    expect(diagnosisOf(fromStdin)).toEqual(diagnosisOf(fromFile));
    expect([fromFile.code, desk.opened]).toEqual([1, []]);
  });

  it.each<[string, string[], number, string]>([
    ["a dump and a text", ["--file", "x", "--text", "y"], 2, "usage"],
    ["a port beside a dump", ["--file", "x", "--port", "y"], 2, "usage"],
    ["a closer look at a text", ["--text", "x", "--deep"], 2, "usage"],
    ["a file that is not there", ["--file", files.path("no.bin")], 1, "file-missing"],
  ])("refuses %s", async (_, args, code, error) => {
    const run = await desk.run("doctor", "--json", ...args);
    expect([run.code, run.events().at(-1)]).toEqual([
      code,
      { type: "failed", error: expect.objectContaining({ code: error }) },
    ]);
  });
});
