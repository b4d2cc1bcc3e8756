/** Options that several commands share. @module */
import { esp8266, type OperationResult, parseReset } from "@flashwright/core";
import type { Command as Program } from "commander";
import { choiceOf } from "../arguments/choices.js";
import { parsePositive } from "../arguments/numbers.js";

/** Called with the result of the command that ran. */
export type ResultTaker = (result: OperationResult) => void;

/** `auto`, or bit/s. @throws FlasherError `number-invalid` */
export const baudRate = (text: string) => (text === "auto" ? text : parsePositive(text, "a baud rate"));
/** The name of a reset or a sequence, as it was typed. @throws FlasherError `reset-invalid` */
export const resetText = (text: string) => {
  parseReset(text, esp8266);
  return text;
};
/** `4MB`, `512k`; bytes. @throws FlasherError `number-invalid` */
export const chipSize = (text: string) => parsePositive(text.replace(/b$/i, ""), "a chip size");
/** @throws FlasherError `number-invalid` */
export const attempts = (text: string) => parsePositive(text, "a number of attempts");

/** Ways to connect. */
export const BEFORE_CHOICES = ["default-reset", "no-reset"] as const;
/** Ways to leave. */
export const AFTER_CHOICES = ["hard-reset", "soft-reset", "no-reset"] as const;

const BUGS = "show where in the program an internal error happened";

/** Options of every command. @param verbose what `--verbose` does */
export function withOutput(command: Program, verbose: string = BUGS): Program {
  return command
    .option("--json", "one event a line as JSON on stdout, text for people on stderr")
    .option("-v, --verbose", verbose);
}

/** Options of every command that talks to a board. */
export function withConnection(command: Program): Program {
  return withOutput(
    command
      .option("-p, --port <port>", "port of the board (default: the only USB port)")
      .option(
        "-b, --baud <rate>",
        "rate to work at, or auto for what adapter and link can (default: auto)",
        baudRate,
      )
      .option(
        "--reset <how>",
        "the only reset to use: a name as tight or swapped, or steps as in 'D0 R1 W100 D1 R0 W50 D0' (default: what fits)",
        resetText,
      )
      .option("--no-stub", "use the chip's ROM loader alone: slower, no reading, no MD5")
      .option(
        "--before <mode>",
        "default-reset, or no-reset where the chip is in its loader already",
        choiceOf("--before", BEFORE_CHOICES),
        "default-reset",
      )
      .option(
        "--after <mode>",
        "hard-reset, soft-reset or no-reset (default: the best that the port can do)",
        choiceOf("--after", AFTER_CHOICES),
      )
      .option("--chip-size <size>", "size of the flash chip, where its id does not tell", chipSize)
      .option("--connect-attempts <n>", "attempts before giving up (default: 7)", attempts)
      .option("--trace <file>", "record the port in a file; content of the flash only by its length")
      .option("--trace-secrets", "record content of the flash too: it may hold passwords")
      .option("--chip <chip>", "for scripts: esp8266 or auto", choiceOf("--chip", ["esp8266", "auto"])),
  );
}

/** The three fields of the header at offset 0. */
export function withHeader(command: Program): Program {
  return command
    .option("--flash-mode <mode>", "for the header at offset 0: qio, qout, dio, dout or keep (default: keep)")
    .option("--flash-freq <freq>", "20m, 26m, 40m, 80m or keep (default: keep)")
    .option("--flash-size <size>", "4MB, 4MB-c1, 32m ..., detect or keep (default: keep)");
}
