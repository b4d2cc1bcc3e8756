/**
 * Starting the firmware and listening to how it starts.
 *
 * @module
 */
import type { EventListener } from "../flash/event.js";
import type { After, Session } from "../loader/session.js";
import { Waiter } from "../protocol/deadline.js";
import type { AbortSignalLike } from "../transport.js";
import { BootLogParser } from "./boot-log.js";
import { type BootState, foldBoot, hasHandedOver, initialBootState } from "./boot-run.js";
import { LeadingReplies } from "./leading-replies.js";
import { type BootVerdict, bootVerdict, defaultVerdictLimits, type VerdictLimits } from "./verdict.js";

/** How to start and how long to listen. */
export interface WatchOptions {
  /** `hard-reset` by default; `soft-reset` for boards without a reset line. */
  readonly after?: Exclude<After, "no-reset">;
  readonly limits?: VerdictLimits;
  /** Milliseconds after which a board that never pauses is judged by what it has said; 10 s by default. */
  readonly timeoutMs?: number;
  readonly onEvent?: EventListener;
  readonly signal?: AbortSignalLike;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Leaves the loader and listens to the boot messages until they say whether the firmware runs.
 *
 * After a reset they come at a rate that follows from the crystal; after a jump they come at the present rate.
 * @throws FlasherError `no-reset-line`, `port-lost`, `port-baud-refused`; the signal's reason
 */
export async function watchBoot(session: Session, options: WatchOptions = {}): Promise<BootVerdict> {
  const { after = "hard-reset", onEvent = () => {}, signal } = options;
  const { connection, target } = session;
  if (after === "hard-reset") await connection.transport.setBaudRate(bootLogRate(session));
  await connection.discard();
  const watch = new BootWatch(session, options.limits ?? defaultVerdictLimits, onEvent);
  const verdict = new Waiter<BootVerdict>().failOnAbort(signal);
  connection.failOnEnd(verdict);
  const replies = new LeadingReplies();
  const stop = connection.tap((chunk) => {
    const text = after === "soft-reset" ? replies.strip(chunk) : chunk;
    if (text.length > 0) watch.hear(text);
  });
  try {
    watch.decide(verdict, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    await session.leave(after, signal);
    return await verdict.promise;
  } finally {
    stop();
    watch.stop();
  }

  function bootLogRate({ chip }: Session): number {
    const { bootLogRate: usual, bootLogCrystalMHz } = target.uart;
    return Math.round((usual * chip.crystalMHz) / bootLogCrystalMHz);
  }
}

class BootWatch {
  readonly #parser: BootLogParser;
  #state: BootState = initialBootState;
  /** What the application seems to say: at another rate, noise makes letters too. */
  #held: string[] = [];
  #lastByteAt: number;
  #startedAt: number;
  #timeoutMs = 0;
  #verdict: Waiter<BootVerdict> | undefined;
  #cancelTimer = () => {};

  constructor(
    readonly session: Session,
    readonly limits: VerdictLimits,
    readonly onEvent: EventListener,
  ) {
    this.#parser = new BootLogParser(session.target.boot);
    this.#startedAt = this.#now();
    this.#lastByteAt = this.#startedAt;
  }

  /** Settles `verdict` as soon as there is one. */
  decide(verdict: Waiter<BootVerdict>, timeoutMs: number): void {
    this.#verdict = verdict;
    this.#timeoutMs = timeoutMs;
    this.#judge();
  }

  hear(chunk: Uint8Array): void {
    this.#lastByteAt = this.#now();
    this.#take(this.#parser.push(chunk));
    this.#judge();
  }

  stop(): void {
    this.#cancelTimer();
  }

  #take(events: ReturnType<BootLogParser["push"]>): void {
    for (const event of events) {
      this.#state = foldBoot(this.#state, event, this.session.target.boot);
      if (event.type === "text" && hasHandedOver(this.#state.run)) this.#held.push(event.line);
      else if (event.type !== "garbage") this.#tell(event.line);
    }
  }

  #tell(line: string): void {
    this.#release();
    this.onEvent({ type: "boot", line });
  }

  /** Lines in the order in which they came. */
  #release(): void {
    for (const line of this.#held.splice(0)) this.onEvent({ type: "boot", line });
  }

  #judge(): void {
    if (this.#verdict === undefined || this.#verdict.settled) return;
    const overtime = this.#now() - this.#startedAt >= this.#timeoutMs;
    const silenceMs = overtime ? this.limits.silenceMs : this.#now() - this.#lastByteAt;
    if (silenceMs >= this.limits.settleMs) this.#take(this.#parser.flush());
    const verdict = bootVerdict(this.#state, silenceMs, this.session.target.boot, this.limits);
    if (verdict.verdict === "undecided") this.#judgeLater(silenceMs);
    else this.#conclude(this.#verdict, verdict);
  }

  #conclude(waiter: Waiter<BootVerdict>, verdict: BootVerdict): void {
    if (verdict.code !== "boots-at-other-rate") this.#release();
    waiter.resolve(verdict);
  }

  /** At the next moment at which silence means something new. */
  #judgeLater(silenceMs: number): void {
    const { settleMs, recoveryMs, silenceMs: silentMs } = this.limits;
    const next = [settleMs, recoveryMs, silentMs]
      .filter((limit) => limit > silenceMs)
      .sort((a, b) => a - b)[0];
    const overtime = this.#startedAt + this.#timeoutMs - this.#now();
    this.#cancelTimer();
    const delay = Math.max(1, Math.min((next ?? silentMs) - silenceMs, overtime));
    this.#cancelTimer = this.session.connection.clock.setTimer(delay, () => this.#judge());
  }

  #now(): number {
    return this.session.connection.clock.now();
  }
}
