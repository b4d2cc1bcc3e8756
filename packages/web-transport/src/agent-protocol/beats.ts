/** Noticing that the other side has gone without a word; agent and clients do it alike. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits } from "./limits.js";

const MISSED_BEATS = agentLimits.silenceMs / agentLimits.aliveMs;

/** What happens at the beats. */
export interface BeatListener {
  /** Every `agentLimits.aliveMs`, while the other side is not given up. */
  onBeat?(): void;
  /** Nothing was heard for `agentLimits.silenceMs`; said once. */
  onSilent(): void;
}

/**
 * Beats until it is stopped or the other side has been silent for too long. Beats are counted, not time: the timers of a
 * tab in the background come late and those of a computer that slept all at once, and what came in meanwhile is heard
 * first.
 */
export class Beats {
  readonly #clock: Clock;
  readonly #listener: BeatListener;
  #missed = 0;
  #cancel: () => void;

  constructor(clock: Clock, listener: BeatListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#cancel = this.#next();
  }

  /** The other side has said something. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#cancel();
  }

  #next(): () => void {
    return this.#clock.setTimer(agentLimits.aliveMs, () => this.#beat());
  }

  #beat(): void {
    this.#missed++;
    if (this.#missed > MISSED_BEATS) {
      this.#listener.onSilent();
      return;
    }
    this.#cancel = this.#next();
    this.#listener.onBeat?.();
  }
}
