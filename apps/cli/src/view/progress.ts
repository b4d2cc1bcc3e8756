/** Progress of work on a region: a bar on a terminal, nothing elsewhere. @module */
import { formatOffset, type Operation, type Region } from "@flashwright/core";
import type { SingleBar } from "cli-progress";
import type { TextStream } from "../world.js";
import { shortSize } from "./text.js";

/** Shows how far a piece of work is. */
export interface ProgressView {
  start(operation: Operation, region: Region): void;
  update(doneBytes: number): void;
  /** Takes the bar away, so that lines can follow. Harmless when there is none. */
  stop(): void;
}

/** Where nobody watches. */
export const noProgress: ProgressView = { start() {}, update() {}, stop() {} };

const FORMAT = "  {operation} {offset} {bar} {percentage} % of {size}";
const BAR_WIDTH = 32;

/** Bars on a terminal. The library is loaded here and not before. */
export async function terminalProgress(stream: TextStream): Promise<ProgressView> {
  const { default: progress } = await import("cli-progress");
  let bar: SingleBar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    start(operation, region) {
      stop();
      bar = new progress.SingleBar({
        format: FORMAT,
        stream: stream as NodeJS.WritableStream,
        barsize: BAR_WIDTH,
        barCompleteChar: "#",
        barIncompleteChar: "-",
        clearOnComplete: true,
        hideCursor: true,
        gracefulExit: false,
        formatValue: (value, _, type) => (type === "percentage" ? String(value).padStart(3) : String(value)),
      });
      bar.start(region.size, 0, {
        operation: operation.padEnd(6),
        offset: formatOffset(region.offset),
        size: shortSize(region.size),
      });
    },
    update: (doneBytes) => bar?.update(doneBytes),
    stop,
  };
}
