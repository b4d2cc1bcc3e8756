/** Failures that leave no connection to go on with. @module */
import type { Problem } from "../engine/engine.js";

/** A lost port, or a board that was not reached; nothing was reached where no port was chosen. */
export function isCuredByConnecting({
  task,
  problem,
}: {
  readonly task: string;
  readonly problem: Pick<Problem, "code" | "isCancelled">;
}): boolean {
  if (problem.code === "port-not-chosen" || problem.isCancelled) return false;
  return task === "connect" || /^(port|connection|agent|connect)-/.test(problem.code);
}
