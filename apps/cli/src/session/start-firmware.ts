/** The end of a flash: the firmware starts, and whether it does. @module */
import { type BootVerdict, FlasherError } from "@flashwright/core";
import { type Board, leaveBoard, watchStart } from "@flashwright/core/board";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "./connection-options.js";
import { afterWriting } from "./leave-board.js";

/**
 * Leaves the loader and, unless that is not wished, watches the board start.
 * @returns the verdict; `undefined` where nothing was watched
 * @throws FlasherError with the reason where the firmware does not boot; those of `watchBoot`, but for a port that is lost
 */
export async function startFirmware(
  context: Context,
  board: Board,
  options: Pick<ConnectionOptions, "after"> & { readonly watch: boolean },
): Promise<BootVerdict | undefined> {
  const after = afterWriting(board.session, options.after);
  if (!options.watch || after === "no-reset") {
    await leaveBoard(board.session, after, { onEvent: context.emit, signal: context.signal });
    return undefined;
  }
  const started = await watchStart(board, after, context.emit);
  if (started?.boot.verdict === "does-not-boot") {
    throw new FlasherError(started.boot.code, started.boot.params);
  }
  return started?.boot;
}
