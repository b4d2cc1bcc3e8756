import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { madeSdkBoot, phyInit } from "../../../../test/support/made-firmware.js";
import { createDesk } from "../cli.fixture.js";
import { user1Of } from "./espruino.fixture.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A package whose firmware starts on a virtual board, unless it is told not to. */
function packageOf(version: string, runs = true): string {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-check-"));
  folders.push(folder);
  const write = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  write("boot_v1.6.bin", madeSdkBoot("1.6", runs ? { runs } : {}));
  write("espruino_esp8266_user1.bin", user1Of("ESP8266_4MB", version));
  write("esp_init_data_default.bin", phyInit());
  write("blank.bin", new Uint8Array(0x1000).fill(0xff));
  return folder;
}

describe("flash with --check", () => {
  it("asks the firmware, and says what it says as the plan does", async () => {
    const desk = createDesk({ pace: "line" });
    const run = await desk.run("flash", packageOf("2v09"), "--check");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout.replace(/\s+/g, " ")).toContain(
      "note: The firmware says the same as the plan: version 2v09, build ESP8266_4MB, flash map 4MB:1024/1024",
    );
    const again = await desk.run("flash", packageOf("2v09"), "--check", "--json");
    const check = again.events().find(({ type }) => type === "firmware-check");
    expect(check).toMatchObject({ outcome: "confirmed", report: { version: "2v09", flashKB: 4096 } });
  });

  it("asks also where the start was not watched", async () => {
    const desk = createDesk({ pace: "line" });
    const run = await desk.run("flash", packageOf("1v95"), "--check", "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("version 1v95");
  });

  it("fails where no console answers, and says that what was written stands", async () => {
    const desk = createDesk({ pace: "line" });
    const run = await desk.run("flash", packageOf("2v09", false), "--check", "--no-watch");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: console-no-answer"]);
    expect(run.stdout.split("\n").at(-2)).toMatch(/^note: .*verified/);
  });

  it("asks nothing of what is not Espruino, and says so", async () => {
    const desk = createDesk({ pace: "line" });
    const folder = packageOf("2v09");
    const run = await desk.run("flash", "0x3fe000", join(folder, "blank.bin"), "--check", "--no-watch");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("warning: `--check` asks Espruino");
  });

  it("refuses to ask what does not start", async () => {
    const desk = createDesk();
    const folder = packageOf("2v09");
    const run = await desk.run("flash", folder, "--check", "--after", "no-reset");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([2, " code: usage"]);
    expect(desk.opened).toEqual([]);
  });
});
