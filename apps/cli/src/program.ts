/**
 * The command line as data for commander: commands, arguments, options. Every command's work is a file of its own, loaded
 * when it is called, so that `--help` loads no serial port.
 *
 * @module
 */
import { Option, Command as Program } from "commander";
import { choiceOf } from "./arguments/choices.js";
import { parseTcpPort } from "./arguments/numbers.js";
import { applySettings } from "./config/apply.js";
import type { Context } from "./context.js";
import { addAgent } from "./program/agent.js";
import { addBackup, addErase } from "./program/backup.js";
import { addConfig } from "./program/config.js";
import { addConsole } from "./program/console.js";
import { addDoctor } from "./program/doctor.js";
import { addImage } from "./program/image.js";
import { addMap } from "./program/map.js";
import {
  baudRate,
  type ResultTaker,
  resetText,
  withConnection,
  withHeader,
  withOutput,
} from "./program/options.js";
import { addWrite } from "./program/write.js";
import { WIRINGS } from "./virtual/wirings.js";

/** What the program says of itself. */
export interface ProgramTexts {
  readonly version: string;
  /** Characters in a line of help. */
  readonly width: number;
  writeOut(text: string): void;
  writeErr(text: string): void;
}

/** Builds the program. Nothing runs before `parseAsync`. */
export function buildProgram(context: Context, texts: ProgramTexts, take: ResultTaker): Program {
  const program = new Program("flashwright")
    .description("Flashes the ESP8266: identify, plan, write, verify, watch it boot.")
    .version(texts.version, "-V, --version", "show the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: termOf })
    .exitOverride()
    .configureOutput({
      writeOut: texts.writeOut,
      writeErr: texts.writeErr,
      outputError: () => {},
      getOutHelpWidth: () => texts.width,
      getErrHelpWidth: () => texts.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    // Without a command there is still a reader of JSON who waits for an answer.
    .addOption(new Option("--json").hideHelp())
    .addHelpText("after", EPILOGUE)
    .hook("preAction", (_, command) => applySettings(context.world, command));
  addPorts(program, context, take);
  addInfo(program, context, take);
  addDoctor(program, context, take);
  addMap(program, context, take);
  addWrite(program, context, take);
  addBackup(program, context, take);
  addErase(program, context, take);
  addRead(program, context, take);
  addVerify(program, context, take);
  addConsole(program, context, take);
  addImage(program, context, take);
  addAgent(program, context, take);
  addConfig(program, context, take);
  addVirtual(program, context, take);
  addDemo(program, context, take);
  addHardwareCheck(program, context, take);
  return program;
}

/** A command with its arguments; that all have options goes without saying. */
function termOf(command: Program): string {
  const names = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...names].join(" ");
}

const EPILOGUE = `
Addresses and lengths: hex (0x1000), decimal, or with a suffix (4k, 1M).
Ports: /dev/ttyUSB0, COM3, socket://host:port, rfc2217://host:port,
agent://127.0.0.1:port/id, or virtual:esp-12f, a virtual board. The command
config shows the settings of flashwright.config.json and of the environment.
esptool's names of commands and options are understood as well.
Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped with Ctrl-C.`;

function addPorts(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("ports")
    .description("list the serial ports")
    .option("-w, --watch", "go on and say what is plugged in and pulled out, until Ctrl-C");
  withOutput(command).action(async (options) => {
    take(await (await import("./commands/ports.js")).ports(context, options));
  });
}

function addInfo(program: Program, context: Context, take: ResultTaker): void {
  const command = program.command("info").description("say which chip and which flash are there");
  withConnection(command).action(async (options) => {
    take(await (await import("./commands/info.js")).info(context, options));
  });
}

function addRead(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("read")
    .description("read flash into a file")
    .argument("<address>", "where to start")
    .argument("<length>", "how many bytes, or ALL for the rest of the flash")
    .argument("<file>", "where to save them; a file that is there is replaced");
  withConnection(command).action(async (address, length, file, options) => {
    take(await (await import("./commands/read.js")).read(context, [address, length, file], options));
  });
}

function addVerify(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("verify")
    .description("compare flash with files")
    .argument("<address file...>", "what lies where: 0x0 boot.bin 0x1000 user1.bin");
  withConnection(withHeader(command)).action(async (pairs, options) => {
    take(await (await import("./commands/verify.js")).verify(context, pairs, options));
  });
}

function addVirtual(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("virtual")
    .description("offer a virtual board to other programs")
    .option("--board <name>", "kind of board", "esp-12f")
    .option(
      "--flash <file>",
      "where its flash is kept, saved after every change (default: forgotten at the end)",
    )
    .option("--pty <link>", "as a serial port of this computer, with a link to it")
    .option("--tcp <port>", "as raw bytes on a TCP port of this computer (0: a free one)", parseTcpPort)
    .option("--rfc2217 <port>", "the same with baud rate, DTR and RTS", parseTcpPort)
    .option(
      "--boot <from>",
      "flash, or download: the chip waits in its loader for every program that comes",
      choiceOf("--boot", ["flash", "download"]),
      "flash",
    )
    .option(
      "--pace <pace>",
      "line: as slow as a real board; unlimited",
      choiceOf("--pace", ["line", "unlimited"]),
      "unlimited",
    )
    .option(
      "--wiring <wiring>",
      `how DTR and RTS reach the chip: ${WIRINGS.slice(0, -1).join(", ")} or ${WIRINGS.at(-1)} (default: the board's own)`,
      choiceOf("--wiring", WIRINGS),
    );
  withOutput(command).action(async (options) => {
    take(await (await import("./commands/virtual.js")).virtual(context, options));
  });
}

function addDemo(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("demo")
    .description("two stories on virtual boards: a warning explained, a dead chip brought back")
    .option("--firmware <folder>", "a real Espruino for the first: a folder as its makers ship it")
    .option("--act <number>", "1 or 2 alone", choiceOf("--act", ["1", "2"]));
  withOutput(command).action(async (options) => {
    take(await (await import("./commands/demo.js")).demo(context, options));
  });
}

function addHardwareCheck(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("hardware-check")
    .description("try a real board's loader and report what it does")
    .option("-p, --port <port>", "port of the board (default: the only USB port)")
    .option(
      "-b, --baud <rate>",
      "working rate of the checks that try no rates, or auto (default: auto)",
      baudRate,
    )
    .option(
      "--reset <how>",
      "the only reset to use: a name as tight or swapped, or steps (default: what fits)",
      resetText,
    )
    .option("--write", "also try writing, on sectors that are saved first and restored")
    .option("--trace <file>", "record the port in a file; content of the flash only by its length");
  withOutput(command).action(async (options) => {
    take(await (await import("./commands/hardware-check.js")).hardwareCheck(context, options));
  });
}
