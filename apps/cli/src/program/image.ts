/** `image info`, `image merge` and `image split`: commands on files alone. @module */
import type { Command as Program } from "commander";
import { choiceOf } from "../arguments/choices.js";
import type { Context } from "../context.js";
import { type ResultTaker, withHeader, withOutput } from "./options.js";

/** Adds the group `image`. */
export function addImage(program: Program, context: Context, take: ResultTaker): void {
  const image = program
    .command("image")
    .description("look at, merge and split image files: info, merge, split");
  addInfo(image, context, take);
  addMerge(image, context, take);
  addSplit(image, context, take);
}

function addInfo(image: Program, context: Context, take: ResultTaker): void {
  const command = image
    .command("info")
    .description("headers, segments, checksums, the map it was linked for, and which firmware it is")
    .argument("<file>", "an image, a combined file or a dump")
    .option("-n, --dry-run", "changes nothing: this command never writes");
  withOutput(command).action(async (file, options) => {
    take(await (await import("../commands/image-info.js")).imageInfo(context, file, options));
  });
}

function addMerge(image: Program, context: Context, take: ResultTaker): void {
  const command = image
    .command("merge")
    .description("one file out of several, or out of a firmware package")
    .argument("<address file...>", "0x0 boot.bin 0x1000 user1.bin, or one package")
    .requiredOption("-o, --output <file>", "the file to make; one that is there is replaced")
    .option("--format <format>", "raw, or hex for Intel HEX", choiceOf("--format", ["raw", "hex"]), "raw")
    .option("--fill-flash-size <size>", "fill up with 0xff to a whole flash: 4MB, 512KB ...")
    .option("-n, --dry-run", "say what the file would hold, write nothing");
  withOutput(withHeader(command)).action(async (inputs, options) => {
    take(await (await import("../commands/image-merge.js")).imageMerge(context, inputs, options));
  });
}

function addSplit(image: Program, context: Context, take: ResultTaker): void {
  const command = image
    .command("split")
    .description("the parts of a combined file or a dump, and the command that flashes them")
    .argument("<file>", "a combined file, or a dump of a whole flash")
    .requiredOption("-o, --output <folder>", "where to put the parts; made if it is not there")
    .option("-n, --dry-run", "list the parts, write nothing");
  withOutput(command).action(async (file, options) => {
    take(await (await import("../commands/image-split.js")).imageSplit(context, file, options));
  });
}
