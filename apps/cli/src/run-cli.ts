/** From arguments to an exit code. @module */
import {
  type FlashEvent,
  FlasherError,
  FlashState,
  isConnectionLost,
  isFlasherError,
  type OperationResult,
  runOperation,
} from "@flashwright/core";
import { CommanderError, type Command as Program } from "commander";
import { normaliseArgv } from "./arguments/argv.js";
import type { CliEvent } from "./cli-event.js";
import type { Context } from "./context.js";
import { buildProgram } from "./program.js";
import { createOutput, type Output } from "./view/output.js";
import type { World } from "./world.js";

/** What a shell sees of how a run ended. */
export const ExitCode = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Errors in what was typed, as opposed to what was found. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  "usage",
  "number-invalid",
  "choice-invalid",
  "pairs-odd",
  "nothing-to-write",
  "address-invalid",
  "board-unknown",
  "agent-pairing-unknown",
  "several-ports",
  "erase-unconfirmed",
  "erase-breaks-boot",
  "backup-refused",
  "region-unknown",
  "flash-size-unknown",
  "flash-size-ambiguous",
  "flash-mode-unknown",
  "flash-freq-unknown",
  "layout-unknown",
  "layout-needs-size",
  "console-text-unfinished",
  "console-text-control",
  "config-syntax",
  "config-key-unknown",
  "setting-invalid",
]);

/** How work on a flash that was begun is cut off, besides by a connection that breaks where nobody waits for it. */
const CUT_OFF: ReadonlySet<string> = new Set(["port-away", "port-other-chip", "connection-unsteady"]);

/** Results of commands that did their work and have bad news. */
const BAD_NEWS: ReadonlySet<string> = new Set(["doctor-found"]);

/** The reason with which everything is aborted on Ctrl-C. */
class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Runs the program.
 * @param argv the arguments behind the program's name
 */
export async function runCli(argv: readonly string[], world: World, version: string): Promise<ExitCode> {
  const output = createOutput(world, asksForJson(argv));
  const state = new FlashState();
  const emit = (event: CliEvent) => {
    // Events of the command line alone are none that it looks for.
    state.see(event as FlashEvent);
    output.emit(event);
  };
  const abort = new AbortController();
  const stopListening = world.onInterrupt(() => abort.abort(new Interrupted("stopped")));
  const run: Context["run"] = (inner, within) => parseAndRun(inner, within, version);
  const context: Context = { world, output, signal: abort.signal, flash: state, emit, run };
  const body = async () => ({ result: await runCommand(argv, context, version) });
  try {
    const { result } = await runOperation(emit, body, abort.signal);
    return BAD_NEWS.has(result.code) ? ExitCode.failed : ExitCode.done;
  } catch (error) {
    showBug(error, argv, world, output);
    return exitCodeOf(error);
  } finally {
    stopListening();
    output.close();
  }
}

async function runCommand(
  argv: readonly string[],
  context: Context,
  version: string,
): Promise<OperationResult> {
  const { signal, emit, flash } = context;
  try {
    return await parseAndRun(argv, context, version);
  } catch (error) {
    if (!signal.aborted && !(flash.present !== undefined && isCutOff(error))) throw error;
    emit({ type: "note", ...flash.statement });
    // Whatever broke because of the stop, the stop is the reason.
    if (!signal.aborted) throw error;
    throw signal.reason;
  }
}

/** Whether the board was lost, for good or until it could not be connected again. */
function isCutOff(error: unknown): boolean {
  if (!isFlasherError(error)) return false;
  return isConnectionLost(error) || CUT_OFF.has(error.code) || error.code.startsWith("connect-");
}

async function parseAndRun(
  argv: readonly string[],
  context: Context,
  version: string,
): Promise<OperationResult> {
  let result: OperationResult = { code: "help-shown", params: {} };
  const { output } = context;
  const strip = (text: string) => text.replace(/\n$/, "");
  const texts = {
    version,
    width: output.helpWidth,
    writeOut: (text: string) => output.line(strip(text)),
    writeErr: (text: string) => output.errorLine(strip(text)),
  };
  const program = buildProgram(context, texts, (taken) => {
    result = taken;
  });
  const args = normaliseArgv(argv, takesValueIn(program));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw asUsageError(error, program, args);
  }
  return result;
}

/** Whether an option of any command is followed by a value. */
function takesValueIn(program: Program): (option: string) => boolean {
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  const options = commands.flatMap((command) => command.options);
  return (name) => options.some(({ long, short, required }) => required && (long === name || short === name));
}

function asUsageError(error: CommanderError, program: Program, args: readonly string[]): FlasherError {
  const command = commandPath(program, args).join(" ");
  const detail =
    error.code === "commander.help"
      ? "A command is needed."
      : sentence(error.message.replace(/^error: /, ""));
  return new FlasherError("usage", { detail, command });
}

/** The program and the commands that were really named. */
function commandPath(program: Program, [first, ...rest]: readonly string[]): string[] {
  const command = program.commands.find((known) => known.name() === first);
  return command === undefined ? [program.name()] : [program.name(), ...commandPath(command, rest)];
}

function sentence(text: string): string {
  const oneLine = text.replace(/\s+/g, " ").trim();
  return `${oneLine[0].toUpperCase()}${oneLine.slice(1)}${/[.?!)]$/.test(oneLine) ? "" : "."}`;
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end === -1 ? undefined : end).includes("--json");
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Interrupted) return ExitCode.cancelled;
  if (isFlasherError(error) && USAGE_CODES.has(error.code)) return ExitCode.usage;
  return ExitCode.failed;
}

/** Where a bug happened, for those who asked for it. */
function showBug(error: unknown, argv: readonly string[], world: World, output: Output): void {
  if (isFlasherError(error) || error instanceof Interrupted || !(error instanceof Error)) return;
  const wanted = argv.includes("--verbose") || argv.includes("-v") || (world.env.DEBUG ?? "") !== "";
  if (wanted) output.errorLine(error.stack ?? error.message);
}
