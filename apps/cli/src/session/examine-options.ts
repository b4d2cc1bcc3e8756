/** How this program examines a board: its port may go away with a reset. @module */

import { type Board, watchStart } from "@flashwright/core/board";
import type { ExamineOptions } from "@flashwright/core/diagnose";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "./connection-options.js";
import { leaveAfterReading } from "./leave-board.js";
import { lookOptions } from "./survey-chip.js";

/** For `examineBoard`. */
export function examineOptions(
  context: Context,
  board: Board,
  options: Pick<ConnectionOptions, "after"> & { readonly deep?: boolean; readonly watch: boolean },
): ExamineOptions {
  const { after, deep, watch } = options;
  return {
    ...lookOptions(context),
    ...(deep === undefined ? {} : { deep }),
    watch,
    after,
    start: (_, how) => watchStart(board, how, context.emit),
    leave: (session) => leaveAfterReading(context, session, after),
  };
}
