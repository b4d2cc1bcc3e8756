/** Signs of life between the agent and one client. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";

const ALIVE = JSON.stringify({ type: "alive" });
/** Counted instead of timed, so that a computer which slept does not take its clients for dead. */
const MISSED_BEATS = agentLimits.silenceMs / agentLimits.aliveMs;

/** Says `alive` and asks for a pong, again and again; ends a socket whose other side has gone without a word. */
export class Heart {
  readonly #socket: AgentSocket;
  readonly #clock: Clock;
  readonly #onBeat: (() => void) | undefined;
  #missed = 0;
  #cancel: () => void;

  /** @param onBeat called at every beat of a living socket */
  constructor(socket: AgentSocket, clock: Clock, onBeat?: () => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#onBeat = onBeat;
    this.#cancel = clock.setTimer(agentLimits.aliveMs, () => this.#beat());
  }

  /** The other side has said something. */
  heard(): void {
    this.#missed = 0;
  }

  stop(): void {
    this.#cancel();
  }

  #beat(): void {
    this.#missed++;
    if (this.#missed > MISSED_BEATS) {
      this.#socket.terminate();
      return;
    }
    this.#cancel = this.#clock.setTimer(agentLimits.aliveMs, () => this.#beat());
    if (this.#socket.bufferedBytes < agentLimits.untakenBytes) this.#socket.send(ALIVE);
    this.#socket.ping();
    this.#onBeat?.();
  }
}
