/** Following an agent: which ports it lends, and what it answers. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import { within } from "@flashwright/core/port";
import {
  type AgentPort,
  agentPaths,
  Beats,
  type ControlMessage,
  type ControlRequest,
  controlMessage,
  type PairingState,
  parseError,
  readMessage,
  withToken,
} from "../agent-protocol/index.js";
import { type AgentAccess, socketAddress, webSocketOf, whyNotOpen } from "./agent-address.js";
import { type AgentPortOptions, openAgentPort } from "./open-agent-port.js";
import { SILENT } from "./silence.js";
import { type ClientSocket, openSocket } from "./web-socket.js";

/** The system lists its ports within 10 s or not at all. */
const CONNECT_MS = 15_000;

/** What an agent tells unasked. */
export type AgentEvent =
  | { readonly type: "ports"; readonly ports: readonly AgentPort[] }
  /** The system does not say which ports there are; those in `ports` are the named and virtual ones. */
  | { readonly type: "ports-unavailable"; readonly error: FlasherError }
  /** For the terminal's token alone. */
  | { readonly type: "pairing"; readonly pairing: PairingState }
  | { readonly type: "lost"; readonly error: FlasherError };

/** How to reach the agent, and who is told. */
export interface AgentOptions extends AgentAccess {
  readonly onEvent?: (event: AgentEvent) => void;
}

/** A request to the control socket but for its number. */
export type AgentRequest = ControlRequest extends infer R
  ? R extends { id: number }
    ? Omit<R, "id">
    : never
  : never;

/** What a request to the control socket is answered with. */
export type AgentAnswer = Extract<ControlMessage, { type: "done" | "pairings" | "link" }>;

/** A connection to an agent. */
export interface AgentClient {
  /** The ports as the agent told of them last. */
  readonly ports: readonly AgentPort[];
  /** Opens one of them. @throws FlasherError as `openAgentPort` does */
  openPort(id: string, options: AgentPortOptions): Promise<Transport>;
  /** Asks for what is the terminal's alone: links and pairings. @throws FlasherError what the agent answers; `agent-unreachable` at its end */
  ask(request: AgentRequest): Promise<AgentAnswer>;
  /** Ends this connection; open ports stay open. */
  close(): void;
}

/**
 * Connects to an agent and resolves once it has told its ports.
 * @throws FlasherError `agent-unreachable`, `agent-unauthorised`
 */
export async function connectAgent(options: AgentOptions): Promise<AgentClient> {
  const connection = new Connection(options);
  const late = () => {
    connection.close();
    return unreachable(options);
  };
  return within(options.clock, CONNECT_MS, connection.connected, late);
}

interface Waiting {
  readonly resolve: (answer: AgentAnswer) => void;
  readonly reject: (error: Error) => void;
}

class Connection implements AgentClient {
  ports: readonly AgentPort[] = [];
  readonly connected: Promise<AgentClient>;
  readonly #options: AgentOptions;
  readonly #socket: ClientSocket;
  readonly #beats: Beats;
  readonly #requests = new Map<number, Waiting>();
  #nextId = 0;
  #isConnected = false;
  #isOver = false;
  #resolve!: (client: AgentClient) => void;
  #reject!: (error: Error) => void;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.connected = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const address = socketAddress(options.url, agentPaths.control);
    this.#socket = openSocket(webSocketOf(options), address, withToken(options.token), {
      onOpen: () => {},
      onText: (text) => this.#hear(text),
      onBytes: () => {},
      onClosed: (detail) => this.#end(detail),
    });
    this.#beats = new Beats(options.clock, { onSilent: () => this.#lose(SILENT) });
  }

  openPort(id: string, options: AgentPortOptions): Promise<Transport> {
    return openAgentPort(this.#options, id, options);
  }

  ask(request: AgentRequest): Promise<AgentAnswer> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (this.#isOver) return reject(unreachable(this.#options));
      this.#requests.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, ...request }));
    });
  }

  close(): void {
    this.#isOver = true;
    this.#beats.stop();
    this.#socket.close();
    this.#rejectAll();
  }

  #hear(text: string): void {
    this.#beats.heard();
    const message = readMessage(controlMessage, text);
    if (message === undefined) this.#lose("it said something that this version does not understand");
    else if (!this.#isOver) this.#take(message);
  }

  #take(message: ControlMessage): void {
    const tell = this.#options.onEvent;
    if (message.type === "ports") this.#takePorts(message.ports);
    else if (message.type === "ports-unavailable")
      tell?.({ type: "ports-unavailable", error: parseError(message.error) });
    else if (message.type === "pairing") tell?.(message);
    else if (message.type === "failed") this.#settle(message.id)?.reject(parseError(message.error));
    else if (message.type !== "alive") this.#settle(message.id)?.resolve(message);
  }

  #takePorts(ports: readonly AgentPort[]): void {
    this.ports = ports;
    this.#isConnected = true;
    this.#resolve(this);
    this.#options.onEvent?.({ type: "ports", ports });
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#requests.get(id);
    this.#requests.delete(id);
    return waiting;
  }

  #lose(detail: string): void {
    this.#end(detail);
    this.#socket.close();
  }

  #end(detail: string | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#beats.stop();
    this.#rejectAll();
    if (this.#isConnected)
      this.#options.onEvent?.({ type: "lost", error: unreachable(this.#options, detail) });
    else whyNotOpen(this.#options, detail).then(this.#reject);
  }

  #rejectAll(): void {
    for (const { reject } of this.#requests.values()) reject(unreachable(this.#options));
    this.#requests.clear();
  }
}

function unreachable({ url }: AgentAccess, detail?: string): FlasherError {
  const cause = detail === undefined ? undefined : new Error(detail);
  return new FlasherError("agent-unreachable", { address: new URL(url).origin }, { cause });
}
