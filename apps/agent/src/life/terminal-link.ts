/** The terminal asks an agent that runs: a new link, pairings. @module */
import { FlasherError } from "@flashwright/core";
import {
  agentPaths,
  type ControlMessage,
  type ControlRequest,
  controlMessage,
  type PairingInfo,
  type PairingState,
  parseError,
  readMessage,
  withToken,
} from "@flashwright/web-transport/agent-protocol";
import { WebSocket } from "ws";
import { findRunning } from "./runtime-file.js";

const PATIENCE_MS = 5000;

type Asked = ControlRequest extends infer R ? (R extends { id: number } ? Omit<R, "id"> : never) : never;
type Answer = Extract<ControlMessage, { id: number }>;

/**
 * Connects to the agent of a data folder.
 * @throws FlasherError `agent-not-running`, `file-unreadable`, `agent-unreachable`
 */
export async function connectToRunning(dataFolder: string): Promise<TerminalLink> {
  const running = await findRunning(dataFolder);
  if (running === undefined) throw new FlasherError("agent-not-running");
  const address = `127.0.0.1:${running.port}`;
  const socket = new WebSocket(`ws://${address}${agentPaths.control}`, withToken(running.token), {
    handshakeTimeout: PATIENCE_MS,
    perMessageDeflate: false,
  });
  const link = new TerminalLink(socket, address);
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", (cause) => reject(new FlasherError("agent-unreachable", { address }, { cause })));
  });
  return link;
}

/** A control socket with the terminal's rights. */
export class TerminalLink {
  readonly #socket: WebSocket;
  readonly #address: string;
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  #nextId = 0;
  #onPairing: (state: PairingState) => void = () => {};
  #onLost: (error: Error) => void = () => {};

  constructor(socket: WebSocket, address: string) {
    this.#socket = socket;
    this.#address = address;
    socket.on("message", (data) => this.#hear(String(data)));
    socket.on("error", () => {});
    socket.once("close", () => this.#lose());
  }

  /** A link that opens the agent's page, once, within a minute. */
  async newLink(): Promise<string> {
    const answer = await this.#ask({ do: "new-link" });
    return answer.type === "link" ? answer.url : this.#nonsense();
  }

  async pairings(): Promise<PairingInfo[]> {
    return this.#pairingsIn(await this.#ask({ do: "list-pairings" }));
  }

  /** Forgets a pairing, or "all"; the rest. @throws FlasherError `agent-pairing-unknown` */
  async revoke(pairing: string): Promise<PairingInfo[]> {
    return this.#pairingsIn(await this.#ask({ do: "revoke-pairing", pairing }));
  }

  /**
   * Opens a pairing and follows it to its end, which is its last state.
   * @throws FlasherError `agent-pairing-open`, `agent-unreachable` when the agent ends
   */
  async pair(
    tell: (state: PairingState) => void,
  ): Promise<Extract<PairingState, { state: "paired" | "closed" }>> {
    const over = new Promise<Extract<PairingState, { state: "paired" | "closed" }>>((resolve, reject) => {
      this.#onLost = reject;
      this.#onPairing = (state) => {
        tell(state);
        if (state.state === "paired" || state.state === "closed") resolve(state);
      };
    });
    const [, last] = await Promise.all([this.#ask({ do: "open-pairing" }), over]);
    return last;
  }

  /** What is open here is cancelled. */
  close(): void {
    this.#socket.close(1000);
  }

  #ask(request: Asked): Promise<Answer> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return reject(this.#lost());
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, ...request }));
    });
  }

  #hear(text: string): void {
    const message = readMessage(controlMessage, text);
    if (message === undefined) return;
    if (message.type === "pairing") this.#onPairing(message.pairing);
    if (!("id" in message)) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "failed") waiting?.reject(parseError(message.error));
    else waiting?.resolve(message);
  }

  #lose(): void {
    for (const { reject } of this.#waiting.values()) reject(this.#lost());
    this.#waiting.clear();
    this.#onLost(this.#lost());
  }

  #lost(): FlasherError {
    return new FlasherError("agent-unreachable", { address: this.#address });
  }

  #pairingsIn(answer: Answer): PairingInfo[] {
    return answer.type === "pairings" ? answer.pairings : this.#nonsense();
  }

  #nonsense(): never {
    throw new FlasherError("agent-failed", { detail: "an answer of another kind was expected" });
  }
}
