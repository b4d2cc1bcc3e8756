/** The console under a person's hands: a real terminal of 80 columns, a pseudo terminal as the board's port. @module */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { espruinoChip, madeSdkBoot, madeUserImage } from "../support/made-firmware.js";
import { describeWith } from "../support/requirements.js";
import { mustRun } from "../support/run.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));

/** How long a screen may take to show what is expected, and how often it is looked at; milliseconds of the real clock. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 100;

function flash(): Uint8Array {
  return espruinoChip({
    build: "ESP8266_4MB",
    version: "2v09",
    user1: madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 509_332 }),
    boot: madeSdkBoot("1.6", { sizeFreq: 0x6f, runs: true }),
    sizeFreq: 0x6f,
    chipSize: 0x400000,
    ran: true,
  });
}

describeWith(["tmux", "pty", "python3"], "the console on a terminal of 80 columns", () => {
  let folder: string;
  let board: ReturnType<typeof spawn>;
  const tmux = (...args: string[]) => mustRun("tmux", ["-S", join(folder, "tmux"), ...args]);
  const screen = async () => (await tmux("capture-pane", "-p", "-t", "c")).trimEnd();

  async function until(text: string | RegExp): Promise<string> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const shown = await screen();
      if (typeof text === "string" ? shown.includes(text) : text.test(shown)) return shown;
      if (Date.now() > end) throw new Error(`no ${text} on the screen:\n${shown}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  const startBoard = async () => {
    const args = [program, "virtual", "--pty", join(folder, "port"), "--flash", join(folder, "flash.bin")];
    board = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise<void>((resolve, reject) => {
      board.stdout?.once("data", () => resolve());
      board.once("exit", (code) => reject(new Error(`the board ended with ${code}`)));
    });
  };
  const stopBoard = async () => {
    board.removeAllListeners("exit");
    const ended = new Promise((resolve) => board.once("exit", resolve));
    board.kill("SIGTERM");
    await ended;
  };

  beforeAll(async () => {
    // A short path of always the same length: it decides where lines are broken.
    folder = mkdtempSync("/tmp/fw-");
    writeFileSync(join(folder, "flash.bin"), flash());
    await startBoard();
    await tmux("-f", "/dev/null", "new-session", "-d", "-s", "c", "-x", "80", "-y", "24", "env PS1='$ ' sh");
  });
  afterAll(async () => {
    await tmux("kill-server").catch(() => {});
    board.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows what is typed, edits it, comes back with its port, and ends with its key", async () => {
    const port = join(folder, "port");
    const type = (...keys: string[]) => tmux("send-keys", "-t", "c", ...keys);
    await type(`clear; '${process.execPath}' '${program}' console -p ${port}`, "Enter");
    await until("goes to the board.");
    await type("Enter");
    await until(/=undefined\n>$/);
    await type("process.env.BOARDX", "BSpace", "Enter");
    await until(/"ESP8266_4MB"\n>$/);
    await type("half a li");
    await until(/half a li$/);
    await type("C-c");
    await until(/\n>$/);
    await type("-l", 'print("\\x1b[2J\\x07\\x1b]0;title\\x07", "x".x)');
    await type("Enter");
    await until(/undefined\n>$/);
    await stopBoard();
    await until("for it to come back");
    await startBoard();
    await until("is back.");
    await type("Enter");
    const shown = await until(/is back\.\n\n=undefined\n>$/);
    expect(shown.replaceAll(port, "PORT")).toMatchInlineSnapshot(`
      "-- PORT at 115200. Ctrl-] ends; Ctrl-C goes to the board.

      =undefined
      >process.env.BOARD
      ="ESP8266_4MB"
      >print("\\x1b[2J\\x07\\x1b]0;title\\x07", "x".x)
      ^G undefined
      =undefined
      >
      -- PORT is gone; waiting up to 300 s for it to come back. Plug
         the board in again.
      -- PORT is back.

      =undefined
      >"
    `);
    await type("C-]");
    await until(/The console is closed\.\n\$$/);
  }, 120_000);
});
