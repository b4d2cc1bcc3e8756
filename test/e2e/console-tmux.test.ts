/** The console under a person's hands: a real terminal of 80 columns, a pseudo terminal as the board's port. @module */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bootImage } from "@flashwright/core/demo";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleElf } from "../../apps/cli/src/commands/elf.fixture.js";
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

/** What Arduino's core prints of a crash. */
const CRASH = [
  "setup done",
  "",
  "--------------- CUT HERE FOR EXCEPTION DECODER ---------------",
  "",
  "Exception (28):",
  "epc1=0x40201d3e epc2=0x00000000 epc3=0x00000000 excvaddr=0x00000000 depc=0x00000000",
  "",
  ">>>stack>>>",
  "",
  "ctx: cont",
  "sp: 3ffffdc0 end: 3fffffc0 offset: 0190",
  "3fffff50:  00000000 3ffe8594 40201d3e 40100a5c  ",
  "3fffff60:  feefeffe feefeffe 3ffe85d8 40202a10  ",
  "<<<stack<<<",
  "",
].join("\r\n");
const SYMBOLS = [
  ["loop", 0x40201d00, 0x80],
  ["loop_wrapper", 0x40202a00, 0x40],
] as const;

/** A title, another screen, a question, moves, a C1 byte, a change of direction, a bell, and then an honest line. */
const HOSTILE =
  "start\r\n\x1b]0;owned\x07\x1b[?1049h\x1b[6n\x1b[2J\x1b[1;1H\x9b2J\x1bP+q\x1b\\\x1b[99Aup\r\n" +
  "\xc2\x9b31m\xe2\x80\xaeleft\x07\x0e\r\n\x1b]8;;http://x\r\nthe end\r\n";

/** Flash with a program that prints a text at 115200. */
function saying(text: string): Uint8Array {
  const program = new Uint8Array(16 + text.length);
  program.set(Buffer.from(`VCHIPSAY........${text}`, "latin1"));
  const view = new DataView(program.buffer);
  view.setUint32(8, 115_200, true);
  view.setUint32(12, text.length, true);
  const address = 0x40100000;
  const chip = new Uint8Array(0x400000).fill(0xff);
  chip.set(bootImage({ mode: 2, sizeFreq: 0x40, entry: address }, [{ address, bytes: program }]));
  return chip;
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

  /** @returns the address at which the board listens */
  const serve = async (content: string, ...how: string[]) => {
    const args = [program, "virtual", ...how, "--json", "--flash", join(folder, content)];
    board = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    return new Promise<string>((resolve, reject) => {
      let said = "";
      board.stdout?.on("data", (chunk) => {
        said += chunk;
        const address = /"type":"listening","address":"([^"]+)"/.exec(said)?.[1];
        if (address !== undefined) resolve(address);
      });
      board.once("exit", (code) => reject(new Error(`the board ended with ${code}`)));
    });
  };
  const startBoard = () => serve("flash.bin", "--pty", join(folder, "port"));
  /** A board whose port has DTR and RTS. */
  const startResettable = (content: string) => serve(content, "--rfc2217", "0", "--pace", "line");
  const type = (...keys: string[]) => tmux("send-keys", "-t", "c", ...keys);
  const startConsole = (port: string, ...options: string[]) =>
    type(`clear; '${process.execPath}' '${program}' console -p ${port} ${options.join(" ")}`, "Enter");
  const endConsole = async () => {
    await type("C-]");
    await until(/The console is closed\.\n\$$/);
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
    writeFileSync(join(folder, "crash.bin"), saying(CRASH));
    writeFileSync(join(folder, "hostile.bin"), saying(HOSTILE));
    writeFileSync(join(folder, "firmware.elf"), sampleElf(SYMBOLS));
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
    await startConsole(port);
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
    await endConsole();
  }, 120_000);

  it("counts the boot ROM's text on one line, and shows it with --boot-log", async () => {
    await stopBoard();
    const port = await startResettable("flash.bin");
    await startConsole(port, "--reset");
    await until(/\n>$/);
    await type("ESP8266.reboot()", "Enter");
    const shown = await until(/reboot\(\)\n=undefined\n-- Boot text[\s\S]*\n>$/);
    const restart = shown.slice(shown.lastIndexOf(">ESP"), shown.lastIndexOf("|   __|_"));
    expect(restart.replace(/\d+ bytes/, "N bytes")).toMatchInlineSnapshot(`
      ">ESP8266.reboot()
      =undefined
      -- Boot text at 74880 baud: N bytes. \`--boot-log\` shows it.

       _____                 _
      |   __|___ ___ ___ _ _|_|___ ___
      "
    `);
    await endConsole();
    await tmux("clear-history", "-t", "c");
    await startConsole(port, "--boot-log");
    await until(/Flash map[\s\S]*\n>$/);
    const all = (await tmux("capture-pane", "-p", "-S", "-60", "-t", "c")).replaceAll(port, "PORT");
    expect(all.slice(all.indexOf("-- PORT"), all.indexOf("|   __"))).toMatchInlineSnapshot(`
      "-- PORT at 115200. Ctrl-] ends; Ctrl-C goes to the board.

       ets Jan  8 2013,rst cause:2, boot mode:(3,6)
      -- The chip restarts: external reset, boot mode 3.

      load 0x40100000, len 2408, room 16
      tail 8
      chksum 0x73
      load 0x3ffe8000, len 776, room 0
      tail 8
      chksum 0x32
      load 0x3ffe8310, len 632, room 0
      tail 8
      chksum 0xc4
      csum 0xc4

      2nd boot version : 1.6
        SPI Speed      : 80MHz
        SPI Mode       : QIO
        SPI Flash Size & Map: 32Mbit(1024KB+1024KB)
      jump to run user1 @ 1000

      -- From here on at 115200.

       _____                 _
      "
    `);
    await endConsole();
  }, 120_000);

  it("names the places of a crash and of its stack", async () => {
    await stopBoard();
    const port = await startResettable("crash.bin");
    await startConsole(port, "--reset", "--elf", join(folder, "firmware.elf"), "--timestamps");
    const shown = await until(/loop_wrapper/);
    expect(
      shown
        .replaceAll(port, "PORT")
        .replaceAll(/\[[\d:.]{12}\]/g, "[HH:MM:SS.mmm]")
        .replace(/\d+ bytes/, "N bytes"),
    ).toMatchInlineSnapshot(`
      "-- PORT at 115200. Ctrl-] ends; Ctrl-C goes to the board.
      -- Boot text at 74880 baud: N bytes. \`--boot-log\` shows it.
      [HH:MM:SS.mmm] setup done
      [HH:MM:SS.mmm]
      [HH:MM:SS.mmm] --------------- CUT HERE FOR EXCEPTION DECODER ---------------
      [HH:MM:SS.mmm]
      [HH:MM:SS.mmm] Exception (28):
      [HH:MM:SS.mmm] epc1=0x40201d3e epc2=0x00000000 epc3=0x00000000 excvaddr=0x000000
      00 depc=0x00000000
      -- Exception 28, LoadProhibited: read through a bad pointer.
      --   epc1     0x40201d3e  loop+0x3e
      --   excvaddr 0x00000000
      [HH:MM:SS.mmm]
      [HH:MM:SS.mmm] >>>stack>>>
      [HH:MM:SS.mmm]
      [HH:MM:SS.mmm] ctx: cont
      [HH:MM:SS.mmm] sp: 3ffffdc0 end: 3fffffc0 offset: 0190
      [HH:MM:SS.mmm] 3fffff50:  00000000 3ffe8594 40201d3e 40100a5c
      [HH:MM:SS.mmm] 3fffff60:  feefeffe feefeffe 3ffe85d8 40202a10
      [HH:MM:SS.mmm] <<<stack<<<
      -- Places on the stack, latest call first; some may be of calls that are over:
      --   0x40201d3e  loop+0x3e
      --   0x40202a10  loop_wrapper+0x10"
    `);
    await endConsole();
  }, 120_000);

  it("shows of what would steer the terminal only that it was there", async () => {
    await stopBoard();
    const port = await startResettable("hostile.bin");
    await startConsole(port, "--reset");
    const shown = await until(/the end/);
    expect(shown.replaceAll(port, "PORT").replace(/\d+ bytes/, "N bytes")).toMatchInlineSnapshot(`
      "-- PORT at 115200. Ctrl-] ends; Ctrl-C goes to the board.
      -- Boot text at 74880 baud: N bytes. \`--boot-log\` shows it.
      start
      �2Jup
      \\u{9b}31m\\u{202e}left^G^N
      ^[]8;;http://x
      the end"
    `);
    expect((await tmux("display-message", "-p", "-t", "c", "#{pane_title}")).trim()).not.toBe("owned");
    expect((await tmux("display-message", "-p", "-t", "c", "#{alternate_on}")).trim()).toBe("0");
    await endConsole();
  }, 120_000);
});
