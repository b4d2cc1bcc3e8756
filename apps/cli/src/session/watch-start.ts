/** Watching a board start over a port that may go away with the reset. @module */
import {
  type After,
  type BootVerdict,
  isConnectionLost,
  isFlasherError,
  type Session,
  watchBoot,
} from "@flashwright/core";
import type { Context } from "../context.js";
import type { Board } from "./board.js";

/** Where the port goes away with the board's reset, it is there again within seconds. */
const BACK_SECONDS = 10;

/** How a board started. */
export interface Start {
  readonly boot: BootVerdict;
  /** Its lines. */
  readonly bootLog: string;
}

/**
 * Starts the board and watches; where the port is lost over it, waits a little and, where the board can be reset, watches once
 * more. Emits the verdict.
 * @returns `undefined` where the port went away before there was a verdict, which was said then
 * @throws FlasherError those of `watchBoot`, but for a port that is lost; the signal's reason
 */
export async function watchStart(
  context: Context,
  board: Board,
  after: Exclude<After, "no-reset">,
): Promise<Start | undefined> {
  const lines: string[] = [];
  const first = await watchOnce(context, board.session, after, lines);
  const start = first ?? (await watchAgain(context, board, after, lines));
  if (start !== undefined) context.emit({ type: "verdict", ...start.boot });
  else tellUnseen(context, board, lines);
  return start;
}

/** @returns `undefined` where the connection was lost over it */
async function watchOnce(
  { emit, signal }: Context,
  session: Session,
  after: Exclude<After, "no-reset">,
  lines: string[],
): Promise<Start | undefined> {
  const from = lines.length;
  try {
    const boot = await watchBoot(session, {
      after,
      signal,
      onEvent(event) {
        if (event.type === "boot") lines.push(event.line);
        emit(event);
      },
    });
    return { boot, bootLog: lines.slice(from).join("\n") };
  } catch (error) {
    if (!isConnectionLost(error) || signal.aborted) throw error;
    return undefined;
  }
}

async function watchAgain(
  context: Context,
  board: Board,
  after: Exclude<After, "no-reset">,
  lines: string[],
): Promise<Start | undefined> {
  const { session } = board;
  // Without a reset line nothing brings the board back to its start, and a person would have to press buttons.
  if (!session.canReset || after !== "hard-reset") return undefined;
  const { label } = session.connection.transport;
  context.emit({ type: "note", code: "boot-watch-again", params: { label, seconds: BACK_SECONDS } });
  try {
    return await watchOnce(context, await board.rejoin(BACK_SECONDS), after, lines);
  } catch (error) {
    // Whatever stands in the way: what was done on the board before is done.
    if (!isFlasherError(error) || context.signal.aborted) throw error;
    return undefined;
  }
}

function tellUnseen({ emit }: Context, { session }: Board, lines: readonly string[]): void {
  const { label } = session.connection.transport;
  emit({ type: "warning", code: lines.length === 0 ? "boot-unseen" : "boot-half-seen", params: { label } });
}
