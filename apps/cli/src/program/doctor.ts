/** `doctor`. @module */
import type { Command as Program } from "commander";
import type { Context } from "../context.js";
import { type ResultTaker, withConnection } from "./options.js";

const EXITS = `
Exit code 0: nothing is wrong, or there are notes only; 1: something is to be put right.
The board runs afterwards; nothing is ever written to it.`;

/** Adds the command. */
export function addDoctor(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("doctor")
    .description("say what is wrong with a board, and which command puts it right")
    .option("--deep", "look at all of the flash, also where nothing seems wrong")
    .option("--package <package>", "what is to be on the flash, to compare with")
    .option("--no-watch", "do not watch the board start")
    .option("--file <dump>", "a dump of a whole flash instead of a board")
    .option("--text <file>", "a boot log, banner or batch file that somebody pasted; - for standard input")
    .option("-n, --dry-run", "changes nothing: this command never writes")
    .addHelpText("after", EXITS);
  withConnection(command).action(async (options) => {
    take(await (await import("../commands/doctor.js")).doctor(context, options));
  });
}
