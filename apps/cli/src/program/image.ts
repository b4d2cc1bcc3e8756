/** `image info`: commands on files alone. @module */
import type { Command as Program } from "commander";
import type { Context } from "../context.js";
import { type ResultTaker, withOutput } from "./options.js";

/** Adds the group `image`. */
export function addImage(program: Program, context: Context, take: ResultTaker): void {
  const image = program
    .command("image")
    .description("look at image files: info");
  addInfo(image, context, take);
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
