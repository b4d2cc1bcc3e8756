/** Signs of life between the agent and one client. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits, Beats } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";

const ALIVE = JSON.stringify({ type: "alive" });

/**
 * Says `alive` and asks for a pong, again and again; ends a socket whose other side has gone without a word.
 * @param onBeat called at every beat of a living socket
 */
export function startHeart(socket: AgentSocket, clock: Clock, onBeat?: () => void): Beats {
  return new Beats(clock, {
    onBeat() {
      if (socket.bufferedBytes < agentLimits.untakenBytes) socket.send(ALIVE);
      socket.ping();
      onBeat?.();
    },
    onSilent: () => socket.terminate(),
  });
}
