import { describe, expect, it, vi } from "vitest";
import { BoardEngine } from "./board-engine.js";
import type { Told } from "./engine.js";

const quick = (holds: "nothing" | "espruino") => ({ kind: "virtual", holds, pace: "unlimited" }) as const;
const wish = { eraseAll: false, header: {}, force: false } as const;

/** An engine, and the kinds of what it told. */
function engineWithLog() {
  const told: Told[] = [];
  return { engine: new BoardEngine((one) => told.push(one)), told };
}

// Boards take their time to start, each of them its own.
describe.concurrent("the engine with a virtual board", () => {
  it("examines it: who is there, what is on it, what the doctor says", async () => {
    const { engine, told } = engineWithLog();
    await engine.setRate(115_200);
    const board = await engine.connect(quick("espruino"));
    expect(board.facts).toContainEqual({ term: "Loader", value: "stub, 115200 baud", isCode: true });
    expect(board).toMatchObject({
      source: "board",
      title: "ESP8266EX · 4 MB",
      flashSize: 0x40_0000,
      layoutTitle: "Espruino 2v09, build ESP8266_BOARD under map 512KB (256+256)",
      canRead: true,
    });
    expect(board.facts).toContainEqual({ term: "Firmware", value: "Espruino 2v09, build ESP8266_BOARD" });
    expect(board.findings.map(({ code, fix }) => [code, fix])).toContainEqual([
      "finding-map-smaller-warns",
      "plan",
    ]);
    expect(told.map(({ event }) => event.type)).toEqual(
      expect.arrayContaining(["connecting", "connected", "looking", "boot"]),
    );
    await engine.disconnect();
  });

  it("goes from a blank chip to one that boots, and finds its work done the second time", async () => {
    const { engine } = engineWithLog();
    const blank = await engine.connect(quick("nothing"));
    expect(blank.findings.map(({ code }) => code)).toContain("finding-flash-blank");
    expect((await engine.openSample()).title).toBe("Espruino 1v95, build ESP8266_4MB");
    const plan = await engine.plan(wish);
    expect(plan).toMatchObject({ kind: "firmware", lost: [], backupBytes: 0, isDone: false });
    expect(plan.rows.map(({ fate, name }) => [fate, name])).toContainEqual([
      "written",
      "espruino_esp8266_user1.bin",
    ]);
    const done = await engine.run("nothing-lost");
    expect(done.verdict?.kind).toBe("boots");
    expect(done.slot).toEqual({ ok: true, text: "The boot log shows user1, which was written." });
    const again = await engine.plan(wish);
    expect(again.isDone).toBe(true);
    await engine.dropPlan();
    const board = await engine.examine();
    expect(board.layoutTitle).toBe("Espruino 1v95, build ESP8266_4MB under map 4MB-c1 (1024+1024)");
    await engine.disconnect();
  });

  it("plans a finding's fix, and draws the chip before and after it", async () => {
    const { engine } = engineWithLog();
    await engine.connect(quick("espruino"));
    const plan = await engine.planRepair(["finding-map-smaller-warns"]);
    expect(plan.title).toBe("Repair Espruino 2v09, build ESP8266_BOARD");
    expect(plan.header.find(({ field }) => field === "size")?.value).toBe("4MB");
    const style = { compact: true, stacked: true, titled: false, theme: "light" } as const;
    const drawings = await engine.draw({ show: "both", ...style });
    expect(drawings.map(({ titles }) => titles)).toEqual([
      ["Espruino 2v09, build ESP8266_BOARD under map 512KB (256+256)"],
      ["Espruino 2v09, build ESP8266_BOARD under map 4MB (512+512)"],
    ]);
    await engine.run("nothing-lost");
    await engine.disconnect();
  });

  it("saves the chip, erases a region with its backup, and brings all of it back", async () => {
    const { engine } = engineWithLog();
    await engine.connect(quick("espruino"));
    const whole = await engine.backUp();
    expect(whole.name).toMatch(/^flashwright-[0-9a-f]{12}-\d{8}-\d{6}\.zip$/);
    const plan = await engine.planErase(["phy-init"]);
    expect(plan).toMatchObject({
      kind: "erase",
      title: "Erase",
      warnings: ["Without what “Radio defaults” holds the board does not start."],
    });
    const erased = plan.rows.find(({ fate, name }) => fate === "erased" && name === "Radio defaults");
    expect(erased?.reason).not.toMatch(/to put the board right/);
    expect((await engine.backUpForPlan()).isEmpty).toBe(false);
    const erasing = await engine.run("backed-up");
    expect(erasing.result).toMatch(/^4 KB \(4096 bytes\) erased and verified blank in \d+\.\d s\.$/);
    const file = { path: whole.name, file: whole.file };
    const contents = await engine.openBackup(file);
    expect([contents.isOfOtherChip, contents.parts.map(({ id }) => id)]).toEqual([
      false,
      expect.arrayContaining(["phy-init", "user1"]),
    ]);
    const other = await engine.planRestore(file, { regions: ["user1"], force: false });
    expect(other.isDone).toBe(true);
    const restore = await engine.planRestore(file, { force: false });
    expect(restore.writes).toEqual([{ offset: 0x7c000, size: 0x1000 }]);
    await engine.run("yes");
    await engine.connect(quick("nothing"));
    await engine.planRestore(file, { force: false });
    const style = { compact: false, stacked: false, titled: false, theme: "light" } as const;
    const [after] = await engine.draw({ show: "planned", ...style });
    expect([
      after!.titles,
      [...after!.svg.matchAll(/class="name">([^<]*)</g)].map(([, name]) => name),
    ]).toEqual([["What is written"], ["0x00000000-boot.bin", "0x0007b000-rf-cal.bin"]]);
    await engine.disconnect();
  }, 60_000);

  it("draws behind a plan to erase what it leaves alone as it was seen", async () => {
    const { engine } = engineWithLog();
    await engine.connect(quick("nothing"));
    await engine.openSample();
    await engine.plan(wish);
    await engine.run("nothing-lost");
    await engine.examine();
    await engine.planErase(["phy-init"]);
    const style = { compact: false, stacked: false, titled: false, theme: "light" } as const;
    for (const show of ["now", "planned"] as const) {
      const [drawing] = await engine.draw({ show, ...style });
      expect([show, drawing!.svg.includes("498 KB used"), drawing!.svg.includes("claimed twice")]).toEqual([
        show,
        true,
        false,
      ]);
    }
    await engine.disconnect();
  }, 60_000);

  it("says what happened where it cannot be done, and can be used again", async () => {
    const { engine } = engineWithLog();
    await engine.connect(quick("nothing"));
    const noBackup = { path: "holiday.zip", file: new Blob(["PK no backup"]) };
    await expect(engine.planRestore(noBackup, { force: false })).rejects.toMatchObject({
      code: "backup-zip",
      isCancelled: false,
    });
    await expect(
      engine.openFirmware([{ path: "notes.txt", file: new Blob(["hello"]) }], ""),
    ).rejects.toMatchObject({ code: "package-not-recognised" });
    expect((await engine.read({ offset: 0, size: 4 })).length).toBe(4);
    await engine.disconnect();
  });

  it("stops when it is told to, and says that nothing was changed", async () => {
    const { engine } = engineWithLog();
    const connecting = engine.connect({ kind: "virtual", holds: "nothing", pace: "line" });
    const ended = expect(connecting).rejects.toMatchObject({ code: "stopped", isCancelled: true });
    await engine.cancel();
    await ended;
  });
});

describe("the engine without a board", () => {
  it("examines a dump and reads its bytes", async () => {
    const { engine } = engineWithLog();
    const dump = new Uint8Array(0x8_0000).fill(0xff);
    const board = await engine.examineDump({ path: "dump.bin", file: new Blob([dump]) });
    expect([board.source, board.title, board.label]).toEqual(["dump", "Dump · 512 KB", "dump.bin"]);
    expect(await engine.read({ offset: 0x1000, size: 2 })).toEqual(Uint8Array.of(0xff, 0xff));
  });

  it("reads a pasted boot log", async () => {
    const { engine } = engineWithLog();
    const report = await engine.examineText("ets Jan  8 2013,rst cause:2, boot mode:(3,6)\n\nets_main.c \n");
    expect(report.findings.map(({ code }) => code)).toContain("finding-boot-finds-no-image");
    expect(report.findings[0]?.hint).toBe("Choose a firmware for the board, and flash it.");
  });

  it("calls nothing healthy where it has recognised nothing", async () => {
    const { engine } = engineWithLog();
    const report = await engine.examineText("rl\ufffd\ufffdl hello");
    expect([report.findings.map(({ code }) => code), report.healthy]).toEqual([
      ["finding-text-empty"],
      undefined,
    ]);
  });

  it("opens a command line together with the files that it names", async () => {
    const { engine } = engineWithLog();
    const { sampleFiles } = await import("./sample.js");
    const files = sampleFiles().map(({ path, bytes }) => ({
      path,
      file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    }));
    const command =
      "esptool.py write_flash -fs 4MB-c1 0x0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin 0x3FC000 esp_init_data_default.bin";
    const report = await engine.openFirmware(files, command);
    expect(report.parts.map(({ place, name }) => [place, name])).toEqual([
      ["0x00000000", "boot_v1.6.bin"],
      ["0x00001000", "espruino_esp8266_user1.bin"],
      ["0x003fc000", "esp_init_data_default.bin"],
    ]);
  });

  it("opens the port anew for a console, which answers again", async () => {
    const { engine, told } = engineWithLog();
    await engine.connect(quick("espruino"));
    const wish = { baudRate: 115_200, followsStarts: false, view: { timestamps: false, hex: false } };
    expect(await engine.openConsole(wish)).toEqual({ kind: "espruino", canReset: true });
    expect(await engine.reopenPort()).toBe(true);
    await engine.openConsole(wish);
    await engine.typeAtConsole("answer = 42\r");
    const text = () => told.map(({ event }) => (event.type === "console" ? event.text : "")).join("");
    await vi.waitFor(() => expect(text()).toContain("=42"));
    await engine.resetBoard(false);
    await vi.waitFor(() => expect(text()).toContain("G.Williams"));
    await engine.closeConsole();
    await engine.disconnect();
  });
});
