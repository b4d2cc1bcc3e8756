/** `config`. @module */
import type { Command as Program } from "commander";
import type { Context } from "../context.js";
import { type ResultTaker, withOutput } from "./options.js";

const PRECEDENCE = `
What counts, first to last: the command line; FLASHWRIGHT_* variables; the
flashwright.config.json of this folder or the nearest one above it
(FLASHWRIGHT_CONFIG names another, empty for none); ESPTOOL_PORT, ESPTOOL_BAUD,
ESPTOOL_BEFORE, ESPTOOL_AFTER, ESPTOOL_CONNECT_ATTEMPTS, ESPPORT and ESPBAUD.`;

/** Adds the command. */
export function addConfig(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("config")
    .description("show the settings that are in force, and where they come from")
    .addHelpText("after", PRECEDENCE);
  withOutput(command).action(async () => {
    take(await (await import("../commands/config.js")).config(context));
  });
}
