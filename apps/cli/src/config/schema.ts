/** What may stand in the configuration file. @module */
import * as v from "valibot";

/** Name of the file. */
export const CONFIG_FILE = "flashwright.config.json";

const text = (description: string) => v.pipe(v.string(), v.nonEmpty(), v.description(description));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The file's content. The JSON schema that is published with the program is made from this. */
export const configSchema = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.description("Where this schema lies, for editors."))),
  port: v.optional(
    text(
      "Port of the board: /dev/ttyUSB0, COM3, socket://host:port, rfc2217://host:port, agent://127.0.0.1:port/id or virtual:esp-12f.",
    ),
  ),
  baud: v.optional(
    v.pipe(
      v.union([v.literal("auto"), positive]),
      v.description("Rate to work at, in bit/s; auto takes the fastest that works."),
    ),
  ),
  reset: v.optional(text("How DTR and RTS reset the board: the name of a reset, or a sequence of steps.")),
  package: v.optional(
    text("Firmware package that flash and plan take where none is named; its path begins at this file."),
  ),
  chipSize: v.optional(
    v.pipe(
      v.union([positive, v.pipe(v.string(), v.regex(/^(0x[0-9a-fA-F]+|[0-9]+)([kKmM][bB]?)?$/))]),
      v.description("Size of the flash chip where its id does not tell: 4MB, 512k, or bytes."),
    ),
  ),
  before: v.optional(
    v.pipe(
      v.picklist(["default-reset", "no-reset"]),
      v.description("How the board is brought to its loader."),
    ),
  ),
  after: v.optional(
    v.pipe(
      v.picklist(["hard-reset", "soft-reset", "no-reset"]),
      v.description("How the board is left; by default the best that the port can do."),
    ),
  ),
  connectAttempts: v.optional(v.pipe(positive, v.description("Attempts before giving up."))),
});

/** A file that was read. */
export type ConfigContent = v.InferOutput<typeof configSchema>;
