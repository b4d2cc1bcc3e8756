/**
 * Listening to a board that is being reset: its boot ROM says which straps it read.
 *
 * @module
 */
import type { BootEvent } from "../../boot/boot-event.js";
import { BootLogParser } from "../../boot/boot-log.js";
import type { Connection } from "../../protocol/connection.js";
import { Waiter } from "../../protocol/deadline.js";
import type { StrayText } from "../../protocol/stray-text.js";
import type { ResetStrategy } from "../../targets/reset-strategy.js";
import type { Target } from "../../targets/target.js";
import type { AbortSignalLike, Clock, SignalStep } from "../../transport.js";
import type { Evidence, Sight } from "./evidence.js";

/** How long behind the last step the ROM's first line may come: a slow reset line has risen by then. */
const FIRST_LINE_MS = 350;
/** How long the rest of a boot log is listened to, for the report. */
const MORE_LINES_MS = 100;
/** How long a chip that has entered its loader is watched for another reset, by which it would leave it again. */
const SETTLE_MS = 40;
const KEPT_LINES = 6;
/** Text at another rate, or noise, has fewer readable bytes than this share; shorter pieces say nothing. */
const TEXT_SHARE = 0.9;
const TEXT_BYTES = 8;

/**
 * Resets the chip by `steps` while it listens at the rate of the boot messages. In its loader the chip then waits for SYNC
 * at a rate that is still to be measured, so that nothing is lost by listening first.
 * @throws FlasherError of the transport; the signal's reason
 */
export async function resetAndListen(
  connection: Connection,
  target: Target,
  strategy: ResetStrategy,
  steps: readonly SignalStep[],
  signal?: AbortSignalLike,
): Promise<Evidence> {
  const { transport, clock } = connection;
  await transport.setBaudRate(target.uart.bootLogRate);
  await connection.discard();
  const release = clock.now() + msUntilRelease(steps);
  const early = new BootLog(target, clock);
  const log = new BootLog(target, clock);
  const stop = connection.tap((chunk) => (clock.now() < release ? early : log).hear(chunk));
  try {
    await transport.signal(steps);
    await log.wait(FIRST_LINE_MS, signal, () => log.sight !== undefined);
    if (log.sight === "loader") await log.wait(SETTLE_MS, signal, () => log.sight !== "loader");
    if (log.sight !== "loader" && log.sight !== undefined) await log.wait(MORE_LINES_MS, signal, () => false);
  } finally {
    stop();
  }
  const evidence = log.evidence(strategy.name);
  if (log.sight !== undefined || early.sight !== "application") return evidence;
  return { ...evidence, earlier: early.evidence(strategy.name) };
}

/** What was heard at a rate at which no boot messages come: of a program, or noise. */
export function evidenceOfStray(stray: StrayText, reset: string): Evidence {
  const { length } = stray.bytes;
  if (length === 0) return { sight: "silent", reset };
  if (length < TEXT_BYTES || stray.legibility < TEXT_SHARE) return { sight: "noise", reset };
  const lines = stray.text.split("\n").map((line) => line.trim());
  return { sight: "running", reset, log: lines.filter((line) => line !== "").slice(-KEPT_LINES) };
}

/**
 * When the chip is let go at the earliest: with the last wait the strap is held. What starts before does so by a circuit for
 * which the sequence is not made, and is reset once more.
 */
function msUntilRelease(steps: readonly SignalStep[]): number {
  const waits = steps.flatMap(({ waitMs = 0 }) => (waitMs > 0 ? [waitMs] : []));
  return waits.slice(0, -1).reduce((sum, ms) => sum + ms, 0);
}

function sightOf(bootMode: number, target: Target): "application" | "strapping" | "loader" {
  const obstacle = target.boot.strapObstacle(bootMode);
  if (obstacle === undefined) return "application";
  return obstacle === "boot-download-mode" ? "loader" : "strapping";
}

/** The boot messages of one reset. */
class BootLog {
  readonly #parser: BootLogParser;
  readonly #lines: string[] = [];
  #heardBytes = 0;
  #waiting: { readonly waiter: Waiter<void>; readonly done: () => boolean } | undefined;
  #bootMode: readonly [number, number] | undefined;

  constructor(
    readonly target: Target,
    readonly clock: Clock,
  ) {
    this.#parser = new BootLogParser(target.boot);
  }

  /** What the latest start was; `undefined` before the ROM's first line. */
  get sight(): Sight | undefined {
    return this.#bootMode && sightOf(this.#bootMode[0], this.target);
  }

  hear(chunk: Uint8Array): void {
    this.#heardBytes += chunk.length;
    this.#take(this.#parser.push(chunk));
    if (this.#waiting?.done()) this.#waiting.waiter.resolve();
  }

  /** Until `done`, or until the time is over. */
  async wait(ms: number, signal: AbortSignalLike | undefined, done: () => boolean): Promise<void> {
    if (done()) return;
    const waiter = new Waiter<void>().failOnAbort(signal);
    const cancel = this.clock.setTimer(ms, () => waiter.resolve());
    this.#waiting = { waiter, done };
    try {
      await waiter.promise;
    } finally {
      cancel();
      this.#waiting = undefined;
    }
  }

  evidence(reset: string): Evidence {
    this.#take(this.#parser.flush());
    if (this.#bootMode === undefined) return { sight: this.#heardBytes > 0 ? "noise" : "silent", reset };
    return {
      sight: sightOf(this.#bootMode[0], this.target),
      reset,
      bootMode: this.#bootMode.join(","),
      log: this.#lines.slice(0, KEPT_LINES),
    };
  }

  #take(events: readonly BootEvent[]): void {
    for (const event of events) {
      if (event.type === "rom-banner") {
        this.#bootMode = event.bootMode;
        this.#lines.length = 0;
      }
      if (event.type !== "garbage") this.#lines.push(event.line);
    }
  }
}
