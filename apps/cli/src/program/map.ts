/** `map`. @module */
import type { Command as Program } from "commander";
import type { Context } from "../context.js";
import { type ResultTaker, withConnection } from "./options.js";

/** Adds the command. */
export function addMap(program: Program, context: Context, take: ResultTaker): void {
  const command = program
    .command("map")
    .description("show what lies where in flash: of the board, a package, or a known layout")
    .argument("[package]", "a firmware package; no board is needed then")
    .option("--layout <firmware>", "a known layout instead, such as espruino:ESP8266_4MB@2v09")
    .option("--size <size>", "the flash map to lay it out under: 4MB-c1, 512KB ...")
    .option("--list", "list the layouts that are known")
    .option("--names", "explain every flash size name, in bits and in bytes")
    .option("--svg <file>", "draw the map to scale into a file")
    .option("-n, --dry-run", "say what --svg would write, write no file");
  withConnection(command).action(async (source, options) => {
    take(await (await import("../commands/map.js")).map(context, source, options));
  });
}
