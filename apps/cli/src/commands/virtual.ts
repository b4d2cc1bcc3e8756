/** `flashwright virtual`. @module */
import { FlasherError, isFlasherError, type OperationResult, type Transport } from "@flashwright/core";
import type { VirtualBoard, Wiring } from "@flashwright/virtual-device";
import type { BoardServer, ServeEvent } from "@flashwright/virtual-device/node";
import type { Context } from "../context.js";
import { findBoard } from "../virtual/board-name.js";
import { openFlashFile } from "../virtual/flash-file.js";
import { FlashKeeper } from "../virtual/flash-keeper.js";

/** Options of `virtual`; exactly one of `pty`, `tcp` and `rfc2217` is needed. */
export interface VirtualOptions {
  readonly board: string;
  readonly flash?: string;
  readonly pty?: string;
  readonly tcp?: number;
  readonly rfc2217?: number;
  readonly boot: "flash" | "download";
  readonly pace: "line" | "unlimited";
  readonly wiring?: Wiring;
}

/**
 * Serves a virtual board until Ctrl-C, which is its orderly end and no failure.
 * @throws FlasherError `usage`, `board-unknown`, `file-unreadable`, `flash-file-too-large`, `file-unwritable`, `serve-failed`
 */
export async function virtual(context: Context, options: VirtualOptions): Promise<OperationResult> {
  checkChoice(options);
  const name = await findBoard(options.board);
  const { boards, createVirtualBoard } = await import("@flashwright/virtual-device");
  const size = boards[name].flash.size;
  const file = options.flash === undefined ? undefined : await openFlashFile(options.flash, size);
  const board = createVirtualBoard({
    board: name,
    clock: context.world.clock,
    pace: options.pace,
    ...(file === undefined ? {} : { flash: file.content }),
    ...(options.wiring === undefined ? {} : { wiring: options.wiring }),
  });
  const keeper = new FlashKeeper({
    board,
    file,
    clock: context.world.clock,
    onSaved: () => context.emit({ type: "saved", file: options.flash ?? "" }),
    onFailed: (error) => warn(context, error),
  });
  await keeper.save();
  const server = await serve(context, board, keeper, options);
  context.emit({ type: "listening", address: server.address, board: name });
  keeper.start();
  const failure = await untilEnd(context, server);
  keeper.stop();
  await keeper.save();
  if (failure !== undefined) throw asFlasherError(failure);
  return { code: "board-served", params: {} };
}

function checkChoice({ pty, tcp, rfc2217 }: VirtualOptions): void {
  const chosen = [pty, tcp, rfc2217].filter((value) => value !== undefined).length;
  if (chosen === 1) return;
  const detail = `Exactly one of --pty, --tcp and --rfc2217 is needed; ${chosen} were given.`;
  throw new FlasherError("usage", { detail, command: "flashwright virtual" });
}

async function serve(
  context: Context,
  board: VirtualBoard,
  keeper: FlashKeeper,
  options: VirtualOptions,
): Promise<BoardServer> {
  const { servePty, serveRfc2217, serveTcp } = await import("@flashwright/virtual-device/node");
  const open = (): Transport => {
    if (options.boot === "download") enterDownloadMode(board);
    return board.reconnect();
  };
  const onEvent = (event: ServeEvent) => {
    if (event.type === "error") return;
    context.emit({ type: "client", change: event.type, client: event.client });
    if (event.type === "disconnected") keeper.saveSoon();
  };
  try {
    if (options.pty !== undefined) return await servePty(open, { link: options.pty, onEvent });
    if (options.tcp !== undefined) return await serveTcp(open, { port: options.tcp, onEvent });
    return await serveRfc2217(open, { port: options.rfc2217 ?? 0, onEvent });
  } catch (error) {
    throw asFlasherError(error);
  }
}

/** What a person does with two buttons, where no line does it: FLASH is held while RESET is pressed, then let go. */
function enterDownloadMode(board: VirtualBoard): void {
  board.hold("flash");
  board.powerCycle();
  board.release("flash");
}

/** Resolves on Ctrl-C after an orderly end, or with what ended the server. */
async function untilEnd({ signal }: Context, server: BoardServer): Promise<Error | undefined> {
  const stop = () => void server.close();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await server.closed;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** A save that nobody waits for failed; the one at the end will fail as well and end the command with the error. */
function warn(context: Context, error: unknown): void {
  const { code, params } = asFlasherError(error);
  context.emit({ type: "warning", code, params });
}

/** A server's own error in this program's words. */
function asFlasherError(error: unknown): FlasherError {
  if (isFlasherError(error)) return error;
  const { message, hint } = error as Error & { hint?: string };
  return new FlasherError(
    "serve-failed",
    { detail: message, advice: hint ?? "Try again." },
    { cause: error },
  );
}
