/** One client that follows the list of ports. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import {
  agentLimits,
  type Beats,
  type ControlMessage,
  type ControlRequest,
  controlRequest,
  encodeError,
  readMessage,
} from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";
import { CloseCode } from "./close-code.js";
import { startHeart } from "./heart.js";

/** Who answers the requests of a control socket. */
export interface ControlOptions {
  /**
   * Answers one request, with the request's own `id` in the answer; a `FlasherError` that it throws becomes `failed`.
   * Without it every request is refused. Other messages may be sent on the socket at any time.
   */
  readonly onRequest?: (request: ControlRequest) => Promise<ControlMessage>;
  readonly onClosed?: () => void;
}

/** A control socket. It is told the newest state, not every state, so a client that does not read costs nothing. */
export class ControlSession {
  readonly #socket: AgentSocket;
  readonly #options: ControlOptions;
  readonly #heart: Beats;
  readonly #onClosed: () => void;
  /** What is to be said as soon as what was said before has left. */
  #next: readonly ControlMessage[] | undefined;
  #saying = false;
  #pending = 0;
  #said = "";

  constructor(socket: AgentSocket, clock: Clock, options: ControlOptions, onClosed: () => void) {
    this.#socket = socket;
    this.#options = options;
    this.#onClosed = onClosed;
    this.#heart = startHeart(socket, clock);
    socket.listen({
      onText: (text) => this.#request(text),
      onBytes: () => this.#violation("there are no bytes on this socket"),
      onPong: () => this.#heart.heard(),
      onClosed: () => this.#end(),
    });
  }

  /** Tells the state of the ports; what was told already is not repeated. */
  tell(messages: readonly ControlMessage[]): void {
    this.#next = messages;
    this.#sayNext();
  }

  close(reason: string): void {
    this.#socket.close(CloseCode.goingAway, reason);
  }

  #sayNext(): void {
    if (this.#saying || this.#next === undefined) return;
    const messages = this.#next;
    this.#next = undefined;
    const text = JSON.stringify(messages);
    if (text === this.#said) return;
    this.#said = text;
    this.#saying = true;
    for (const message of messages.slice(0, -1)) this.#socket.send(JSON.stringify(message));
    this.#socket.send(JSON.stringify(messages.at(-1)), () => this.#left());
  }

  #left(): void {
    this.#saying = false;
    this.#sayNext();
  }

  #request(text: string): void {
    this.#heart.heard();
    const request = readMessage(controlRequest, text);
    if (request === undefined) this.#violation("this is no request");
    else if (this.#pending >= agentLimits.pendingRequests) this.#violation("too many requests at a time");
    else this.#answerLater(request);
  }

  #answerLater(request: ControlRequest): void {
    this.#pending++;
    void this.#answer(request).then((message) => {
      this.#socket.send(JSON.stringify(message), () => this.#pending--);
    });
  }

  async #answer(request: ControlRequest): Promise<ControlMessage> {
    try {
      if (this.#options.onRequest === undefined) throw new FlasherError("agent-terminal-only");
      return await this.#options.onRequest(request);
    } catch (error) {
      return { type: "failed", id: request.id, error: encodeError(error) };
    }
  }

  #violation(reason: string): void {
    this.#socket.close(CloseCode.policyViolation, reason);
  }

  #end(): void {
    this.#heart.stop();
    this.#options.onClosed?.();
    this.#onClosed();
  }
}
