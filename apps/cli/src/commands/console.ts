/** `flashwright console`. @module */
import { esp8266, FlasherError, type OperationResult } from "@flashwright/core";
import { EspruinoConsole, type FindSymbol, sendScript } from "@flashwright/core/console";
import { readBytesOrStdin, STDIN } from "../arguments/stdin.js";
import type { ConsoleOptions } from "../console/console-options.js";
import { openSink } from "../console/console-sink.js";
import { openConsoleTrace } from "../console/console-trace.js";
import { readElfSymbols } from "../console/elf-symbols.js";
import { type LivePort, livePort } from "../console/live-port.js";
import { Terminal } from "../console/terminal.js";
import type { Context } from "../context.js";
import { choosePort } from "../ports/choose-port.js";

/**
 * Opens a board's console for a person; or, with `--send` and `--eval`, asks Espruino and ends.
 * @throws FlasherError those of the files and of opening; `console-port-away`; those of `EspruinoConsole` and `sendScript`;
 *   `console-send-errors`
 */
export async function console(context: Context, options: ConsoleOptions): Promise<OperationResult> {
  const asks = options.eval !== undefined || options.send !== undefined;
  refuseContradictions(options, context.output.json);
  const findSymbol = options.elf === undefined ? undefined : await readElfSymbols(options.elf);
  const script = options.send === undefined ? undefined : await readBytesOrStdin(context.world, options.send);
  const address = await choosePort(context.world, options.port);
  const trace = openConsoleTrace(context, options);
  try {
    const port = await livePort(context, address, options.baud, trace.wrap);
    if (asks) return await askBoard(context, port, options, script);
    await openTerminal(context, port, options, findSymbol);
    return { code: "console-closed", params: {} };
  } finally {
    trace.close();
  }
}

async function openTerminal(
  context: Context,
  port: LivePort,
  options: ConsoleOptions,
  findSymbol: FindSymbol | undefined,
): Promise<void> {
  const sink = openSink(context, options);
  try {
    const transport = await port.open();
    const keyboard = context.world.openKeyboard();
    try {
      if (keyboard.isTTY) {
        const params = { label: transport.label, baudRate: options.baud };
        sink.note({ code: "console-keys", params });
      }
      const terminal = new Terminal({
        context,
        port,
        keyboard,
        sink,
        findSymbol,
        baudRate: options.baud,
        resets: options.reset === true,
        bootLog: options.bootLog ?? false,
      });
      await terminal.run(transport);
    } finally {
      keyboard.close();
    }
  } finally {
    sink.close();
  }
}

/** Options that would have no effect beside others. */
const WITHOUT_EFFECT: readonly (readonly [keyof ConsoleOptions, string])[] = [
  ["raw", "--raw"],
  ["bootLog", "--boot-log"],
  ["elf", "--elf"],
  ["log", "--log"],
  ["timestamps", "--timestamps"],
];

/** @throws FlasherError `usage` */
function refuseContradictions(options: ConsoleOptions, json: boolean): void {
  const refuse = (detail: string) => new FlasherError("usage", { detail, command: "flashwright console" });
  const asks = options.eval !== undefined || options.send !== undefined;
  const idle = WITHOUT_EFFECT.find(([name]) => options[name] !== undefined);
  if (asks && idle !== undefined) {
    throw refuse(`${idle[1]} is for a console that somebody looks at, not for --eval and --send.`);
  }
  if (options.traceSecrets && options.trace === undefined)
    throw refuse("--trace-secrets says what --trace records.");
  if (!options.raw) return;
  if (json) throw refuse("--raw shows bytes as they come, --json lines as events: choose one.");
  if (options.timestamps || options.elf !== undefined) {
    throw refuse("--raw shows bytes as they come, without times and without remarks.");
  }
}

/** Sends, then evaluates, and closes the port. */
async function askBoard(
  context: Context,
  port: LivePort,
  options: ConsoleOptions,
  script: Uint8Array | undefined,
): Promise<OperationResult> {
  const transport = await port.open();
  try {
    if (options.reset) await transport.signal(esp8266.resets.run.steps);
    const { signal, world } = context;
    const board = new EspruinoConsole(transport, world.clock, { signal });
    await board.ready();
    let result: OperationResult = { code: "console-closed", params: {} };
    if (script !== undefined) result = await send(board, script, nameOf(options.send));
    if (options.eval !== undefined) result = await evaluate(context, board, options.eval);
    return result;
  } finally {
    await transport.close();
  }
}

function nameOf(path = STDIN): string {
  return path === STDIN ? "Standard input" : path;
}

async function send(board: EspruinoConsole, script: Uint8Array, name: string): Promise<OperationResult> {
  const { count, errors } = await sendScript(board, script, { name });
  if (errors.length === 0) return { code: "console-sent", params: { name, count } };
  const told = errors.map(({ line, text }) => `line ${line}: ${text}`);
  throw new FlasherError("console-send-errors", { name, errors: told });
}

async function evaluate(
  { emit }: Context,
  board: EspruinoConsole,
  expression: string,
): Promise<OperationResult> {
  const value = await board.evaluate(expression);
  emit({ type: "value", expression, ...(value === undefined ? {} : { value }) });
  return { code: "console-value", params: {} };
}
