/** What the terminal asks over the control socket. @module */
import type { ControlMessage, ControlRequest } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";
import type { Pairings } from "./pairings.js";

/** Answers one terminal's requests until its socket is closed. */
export class TerminalRequests {
  readonly #socket: AgentSocket;
  readonly #pairings: Pairings;
  readonly #newLink: () => string;
  #cancelPairing: () => void = () => {};

  constructor(socket: AgentSocket, pairings: Pairings, newLink: () => string) {
    this.#socket = socket;
    this.#pairings = pairings;
    this.#newLink = newLink;
  }

  /** @throws FlasherError what refuses the request */
  async answer(request: ControlRequest): Promise<ControlMessage> {
    const { id } = request;
    switch (request.do) {
      case "new-link":
        return { type: "link", id, url: this.#newLink() };
      case "open-pairing":
        this.#cancelPairing = this.#pairings.open((pairing) => this.#say({ type: "pairing", pairing }));
        return { type: "done", id };
      case "cancel-pairing":
        this.#cancelPairing();
        return { type: "done", id };
      case "list-pairings":
        return { type: "pairings", id, pairings: this.#pairings.list() };
      case "revoke-pairing":
        await this.#pairings.revoke(request.pairing);
        return { type: "pairings", id, pairings: this.#pairings.list() };
    }
  }

  /** A pairing that its terminal does not see is not made. */
  end(): void {
    this.#cancelPairing();
  }

  #say(message: ControlMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}
