/**
 * Watching a board start over a port that may go away with the reset.
 *
 * @module
 */
import type { BootVerdict } from "../boot/verdict.js";
import { watchBoot } from "../boot/watch-boot.js";
import type { HeardStart } from "../diagnose/examine.js";
import { isFlasherError } from "../errors.js";
import type { FlashEvent } from "../flash/event.js";
import { isConnectionLost } from "../loader/lost-connection.js";
import type { After, Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";
import type { Board } from "./board.js";

/** Where the port goes away with the board's reset, it is there again within seconds. */
const BACK_SECONDS = 10;

type Tell = (event: FlashEvent | ({ readonly type: "verdict" } & BootVerdict)) => void;
type Starting = Exclude<After, "no-reset">;

/**
 * Starts the board and watches; where the port is lost over it, waits a little and, where the board can be reset, watches once
 * more. Tells the verdict.
 * @returns `undefined` where the port went away before there was a verdict, which was said then
 * @throws FlasherError those of `watchBoot`, but for a port that is lost; the signal's reason
 */
export async function watchStart(
  board: Board,
  after: Starting,
  onEvent: Tell,
): Promise<HeardStart | undefined> {
  const lines: string[] = [];
  const watch = (session: Session) => watchOnce(session, after, board.signal, lines, onEvent);
  const start = (await watch(board.session)) ?? (await watchAgain(board, after, watch, onEvent));
  if (start !== undefined) onEvent({ type: "verdict", ...start.boot });
  else tellUnseen(board, lines, onEvent);
  return start;
}

/** @returns `undefined` where the connection was lost over it */
async function watchOnce(
  session: Session,
  after: Starting,
  signal: AbortSignalLike,
  lines: string[],
  onEvent: Tell,
): Promise<HeardStart | undefined> {
  const from = lines.length;
  try {
    const boot = await watchBoot(session, {
      after,
      signal,
      onEvent(event) {
        if (event.type === "boot") lines.push(event.line);
        onEvent(event);
      },
    });
    return { boot, bootLog: lines.slice(from).join("\n") };
  } catch (error) {
    if (!isConnectionLost(error) || signal.aborted) throw error;
    return undefined;
  }
}

async function watchAgain(
  board: Board,
  after: Starting,
  watch: (session: Session) => Promise<HeardStart | undefined>,
  onEvent: Tell,
): Promise<HeardStart | undefined> {
  const { session, signal } = board;
  // Without a reset line nothing brings the board back to its start, and a person would have to press buttons.
  if (!session.canReset || after !== "hard-reset") return undefined;
  const { label } = session.connection.transport;
  onEvent({ type: "note", code: "boot-watch-again", params: { label, seconds: BACK_SECONDS } });
  try {
    return await watch(await board.rejoin(BACK_SECONDS));
  } catch (error) {
    // Whatever stands in the way: what was done on the board before is done.
    if (!isFlasherError(error) || signal.aborted) throw error;
    return undefined;
  }
}

function tellUnseen({ session }: Board, lines: readonly string[], onEvent: Tell): void {
  const { label } = session.connection.transport;
  onEvent({
    type: "warning",
    code: lines.length === 0 ? "boot-unseen" : "boot-half-seen",
    params: { label },
  });
}
