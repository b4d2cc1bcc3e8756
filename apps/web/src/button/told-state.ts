/** What the dialog does, in the states of ESP Web Tools' event. @module */
import type { FlasherState } from "../primitives/create-flasher.js";
import { writtenBytes } from "../state/work-state.js";
import { buttonWords } from "../words/button-words.js";
import type { InstallState } from "./install-request.js";

/** The state; `undefined` while a person reads or decides. */
export function toldState(
  state: Pick<FlasherState, "task" | "work" | "failure" | "done">,
): InstallState | undefined {
  const { told } = buttonWords;
  if (state.failure !== undefined) return { state: "error", message: state.failure.problem.message };
  switch (state.task) {
    case "connect":
    case "examine":
      return { state: "initializing", message: told.initializing };
    case "download":
    case "plan":
    case "backup":
      return { state: "preparing", message: told.preparing };
    case "run":
      return runningState(state);
    case undefined:
      return state.done === undefined ? undefined : { state: "finished", message: state.done.result };
    default:
      return undefined;
  }
}

function runningState({ work: { phase, run } }: Pick<FlasherState, "work">): InstallState {
  const { told } = buttonWords;
  if (phase.kind === "working" && phase.operation === "erase")
    return { state: "erasing", message: told.erasing };
  if (run === undefined) return { state: "writing", message: told.writing };
  const bytesTotal = run.totalBytes;
  const bytesWritten = writtenBytes(run);
  const percentage = bytesTotal === 0 ? 100 : Math.floor((100 * bytesWritten) / bytesTotal);
  return { state: "writing", message: told.writing, details: { bytesTotal, bytesWritten, percentage } };
}
