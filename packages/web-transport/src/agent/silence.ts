/** Noticing that an agent has gone without a word. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits } from "../agent-protocol/index.js";

/**
 * Calls `onSilent` once nothing was heard for `agentLimits.silenceMs`. Beats are counted, not time: the timers of a tab
 * in the background come late and those of a computer that slept all at once, and what came in meanwhile is heard first.
 */
export class Silence {
  readonly #clock: Clock;
  readonly #onSilent: () => void;
  #missed = 0;
  #cancel: () => void;

  constructor(clock: Clock, onSilent: () => void) {
    this.#clock = clock;
    this.#onSilent = onSilent;
    this.#cancel = clock.setTimer(agentLimits.aliveMs, () => this.#beat());
  }

  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#cancel();
  }

  #beat(): void {
    this.#missed++;
    if (this.#missed > agentLimits.silenceMs / agentLimits.aliveMs) this.#onSilent();
    else this.#cancel = this.#clock.setTimer(agentLimits.aliveMs, () => this.#beat());
  }
}

/** Words for it. */
export const SILENT = `the agent said nothing for ${agentLimits.silenceMs / 1000} s`;
