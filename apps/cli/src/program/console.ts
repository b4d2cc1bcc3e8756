/** `console`. @module */
import type { Command as Program } from "commander";
import { parsePositive } from "../arguments/numbers.js";
import type { Context } from "../context.js";
import { type ResultTaker, withOutput } from "./options.js";

/** Rate of Espruino's console, and of most firmware's. */
const USUAL_RATE = 115_200;

/** bit/s. @throws FlasherError `number-invalid` */
const rate = (text: string) => parsePositive(text, "a baud rate");
/** Nothing measures a firmware's rate: `auto` is the usual one. */
const consoleRate = (text: string) => (text === "auto" ? USUAL_RATE : rate(text));

const KEYS = `
At a terminal every key goes to the board, Ctrl-C too; Ctrl-] ends. Typed from a
pipe, it ends when the board has answered; with nothing to type it listens until
Ctrl-C. A port that goes away is waited for, 5 minutes at most.
What the board sends is made safe: control characters are shown as ^G, moves of
the cursor and colours are left out. --raw passes everything on to the terminal.`;

/** Adds the command. */
export function addConsole(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("console")
    .description("talk with the firmware; explain its boot messages and crashes")
    .option("-p, --port <port>", "port of the board (default: the only USB port)")
    .option("-b, --baud <rate>", "rate of the firmware's console", consoleRate, USUAL_RATE)
    .option("--reset", "reset the board first")
    .option(
      "--boot-log [rate]",
      "reset the board and show the boot ROM's messages, at their own rate, first (default: 74880, or 115200 as with a 40 MHz crystal)",
      rate,
    )
    .option("--elf <file>", "the firmware's ELF file: addresses of a crash get names")
    .option("--timestamps", "put the time (UTC) in front of each line")
    .option("--log <file>", "also write every line to this file, behind what is in it")
    .option(
      "--trace <file>",
      "record the port in a file; passwords only by their length, where they can be told",
    )
    .option("--trace-secrets", "record passwords too")
    .option("--raw", "show everything as it comes: what the board sends can steer the terminal")
    .option("--eval <expression>", "ask Espruino for a value, show it as JSON, and end")
    .option(
      "--send <file>",
      "type a script into Espruino statement by statement, and end; - reads it from standard input",
    )
    .addHelpText("after", KEYS);
  withOutput(command).action(async (options) => {
    take(await (await import("../commands/console.js")).console(context, options));
  });
}
