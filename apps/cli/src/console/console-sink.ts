/** Where a console's output goes: people, programs, a log. @module */
import { formatStatement } from "@flashwright/core";
import type { ConsolePiece } from "@flashwright/core/console";
import type { Context } from "../context.js";
import { isCountedNoise } from "../view/console-lines.js";
import type { ConsoleOptions } from "./console-options.js";
import { ConsoleScreen } from "./console-screen.js";
import { type LogFile, openLogFile } from "./log-file.js";
import type { ConsoleSink } from "./terminal.js";

/** Lines that have no width of their own. */
const WIDE = 100;

/** A sink that has to be closed. */
export interface OpenSink extends ConsoleSink {
  close(): void;
}

/** The sink that the options ask for. @throws FlasherError `file-unwritable` where the log cannot be opened */
export function openSink(context: Context, options: ConsoleOptions): OpenSink {
  const log = options.log === undefined ? undefined : openLogFile(options.log);
  const sink = context.output.json
    ? jsonSink(context, log)
    : options.raw
      ? rawSink(context, log)
      : screenSink(context, options, log);
  return { ...sink, close: () => log?.close() };
}

function screenSink(
  { world, output }: Context,
  options: Pick<ConsoleOptions, "timestamps">,
  log: LogFile | undefined,
): ConsoleSink {
  const screen = new ConsoleScreen({
    stream: world.stdout,
    colours: output.colours,
    width: world.stdout.isTTY ? (world.stdout.columns ?? WIDE) : WIDE,
    timestamps: options.timestamps === true,
    now: world.now,
    log: log && ((line) => log.write(`${line}\n`)),
  });
  return {
    bytes() {},
    pieces: (pieces) => screen.show(pieces),
    note: (statement) => screen.show([{ type: "note", ...statement }]),
    finish: (openLine) => screen.finish(openLine),
  };
}

/** What the board sends as it is, also what steers the terminal: for those who ask for it. */
function rawSink({ world, output }: Context, log: LogFile | undefined): ConsoleSink {
  const decoder = new TextDecoder();
  return {
    bytes(chunk) {
      const text = decoder.decode(chunk, { stream: true });
      world.stdout.write(text);
      log?.write(text);
    },
    pieces() {},
    // On standard error, where a pipe keeps the two apart.
    note: (statement) => output.errorLine(formatStatement(statement)),
    finish() {},
  };
}

function jsonSink({ world, emit }: Context, log: LogFile | undefined): ConsoleSink {
  const tell = (line: string) => {
    emit({ type: "console-line", line, at: world.now().toISOString() });
    log?.write(`${line}\n`);
  };
  const one = (piece: ConsolePiece) => {
    if (piece.type === "line") tell(piece.line);
    if (piece.type === "note" || piece.type === "exception" || piece.type === "stack") emit(piece);
    // What is not shown as lines leaves its trace in the log.
    if (isCountedNoise(piece)) log?.write(`${formatStatement(piece)}\n`);
  };
  return {
    bytes() {},
    pieces: (pieces) => pieces.forEach(one),
    note: (statement) => emit({ type: "note", ...statement }),
    finish: (openLine) => openLine !== "" && tell(openLine),
  };
}
