/** `image info` and `image split`: commands on files alone. @module */
import type { Command as Program } from "commander";
import type { Context } from "../context.js";
import { type ResultTaker, withOutput } from "./options.js";

/** Adds the group `image`. */
export function addImage(program: Program, context: Context, take: ResultTaker): void {
  const image = program.command("image").description("look at and split image files: info, split");
  addInfo(image, context, take);
  addSplit(image, context, take);
}

function addInfo(image: Program, context: Context, take: ResultTaker): void {
  const command = image
    .command("info")
    .description("headers, segments, checksums, the map it was linked for, and which firmware it is")
    .argument("<file>", "an image, a combined file or a dump");
  withOutput(command).action(async (file) => {
    take(await (await import("../commands/image-info.js")).imageInfo(context, file));
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
