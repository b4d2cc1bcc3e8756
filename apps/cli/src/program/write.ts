/** `flash`, `plan` and `recover`. @module */
import type { Command as Program } from "commander";
import { choiceOf } from "../arguments/choices.js";
import type { Context } from "../context.js";
import { type ResultTaker, withConnection, withHeader } from "./options.js";

const INPUTS = `
Either pairs of address and file, which are written as they are:
  0x0 boot.bin 0x1000 user1.bin
or one firmware package, of which this program knows what goes where: a .tgz or
.zip, a folder, a combined .bin, manifest.json, flasher_args.json, Intel HEX, or
a batch file; - reads it from standard input.`;

const RECOVERY = `
It looks at the board as \`doctor\` does, puts right what was found, and changes
nothing else. Without a package only what the chip still holds, or what can be
made, comes back: header, boot choice, radio defaults; not the firmware itself.
Where nothing is wrong, it still sets the --flash-size that you ask for.
Where the flash mode is wrong, slower ones are tried until the board starts.`;

/** Adds the commands. */
export function addWrite(program: Program, context: Context, take: ResultTaker): void {
  addFlash(program, context, take);
  addPlan(program, context, take);
  addRecover(program, context, take);
}

function addFlash(program: Program, context: Context, take: ResultTaker): void {
  const command = withPlan(
    program
      .command("flash")
      .description("plan, write, verify, and watch the board boot")
      .argument("[package or address file...]", "a firmware package, or where each file goes"),
  )
    .option("--plan <file>", "run this plan, which `plan --save` made for this board from the same files")
    .option("--check", "ask Espruino then for its version and flash map, and compare with the plan")
    .option("-n, --dry-run", "connect and plan, write nothing");
  withConnection(withHeader(withLosses(command)).addHelpText("after", INPUTS)).action(
    async (inputs, options) => {
      take(await (await import("../commands/flash.js")).flash(context, inputs, options));
    },
  );
}

function addPlan(program: Program, context: Context, take: ResultTaker): void {
  const command = withPlan(
    program
      .command("plan")
      .description("say what flashing would change, keep and lose; writes nothing")
      .argument("[package or address file...]", "a firmware package, or where each file goes"),
  )
    .option("--save <file>", "save the plan, for `flash --plan`")
    .option("-n, --dry-run", "say what --save would write, write no file");
  withConnection(withHeader(command).addHelpText("after", INPUTS)).action(async (inputs, options) => {
    take(await (await import("../commands/plan.js")).plan(context, inputs, options));
  });
}

function addRecover(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("recover")
    .description("find out what is wrong with a board, and put it right")
    .argument("[package]", "the firmware's package, where the firmware itself is damaged")
    .option("--deep", "look at all of the flash, also where nothing seems wrong")
    .option("--backup <file>", "bring this backup back instead")
    .option("--force", "take a --flash-size that the firmware was not linked for")
    .option("-n, --dry-run", "connect, look and plan, write nothing");
  withConnection(withHeader(withLosses(command)).addHelpText("after", RECOVERY)).action(
    async (source, options) => {
      take(await (await import("../commands/recover.js")).recover(context, source, options));
    },
  );
}

/** What shapes a plan. */
function withPlan(command: Program): Program {
  return command
    .option(
      "--intent <intent>",
      "install: start clean; update: keep what the new version can read (default: update where the same firmware is)",
      choiceOf("--intent", ["install", "update"]),
    )
    .option("-e, --erase-all", "erase the whole chip first")
    .option("--force", "take a --flash-size that the firmware was not linked for");
}

/** What becomes of what is lost, and how it ends. */
function withLosses(command: Program): Program {
  return command
    .option("--no-backup", "do not save what is lost first; needs --yes")
    .option("-y, --yes", "go on without a backup, without asking")
    .option("--no-watch", "do not watch the board boot");
}
