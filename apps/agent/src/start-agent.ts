/** An agent from its parts: the ports, the app, the sockets, and its file. @module */
import { type Clock, isFlasherError, type Transport } from "@flashwright/core";
import { type ListedPort, listPorts, openTransport, systemClock } from "@flashwright/node-transport";
import {
  agentTcpPorts,
  launchFragment,
  type PairingInfo,
  type PairingState,
} from "@flashwright/web-transport/agent-protocol";
import type { WebSocket } from "ws";
import type { AgentEvent } from "./agent-event.js";
import { createApp } from "./app.js";
import { readPageFiles } from "./life/page-files.js";
import { claimRuntime, refuseSecond } from "./life/runtime-file.js";
import { VirtualShelf } from "./life/virtual-shelf.js";
import { PairingBook } from "./pairing/pairing-book.js";
import { Pairings } from "./pairing/pairings.js";
import { Reconnects } from "./pairing/reconnects.js";
import { TerminalRequests } from "./pairing/terminal-requests.js";
import { PortDesk } from "./ports/port-desk.js";
import type { PageFiles } from "./routes/parts.js";
import { Access } from "./security/access.js";
import { LaunchCodes } from "./security/launch-codes.js";
import { makeSecret } from "./security/secrets.js";
import { type Session, Sessions } from "./security/sessions.js";
import { type Listening, listenOnLoopback } from "./server/listen.js";
import { serveApp } from "./server/serve-app.js";
import { type SocketTarget, Upgrades } from "./server/upgrades.js";
import type { AgentSocket } from "./socket.js";
import { wsSocket } from "./ws-socket.js";

/** What an agent is to be. */
export interface AgentOptions {
  /** Where pairings are kept and that it runs is noted. */
  readonly dataFolder: string;
  /** TCP ports to try; by default those that clients look at. 0: any. */
  readonly tcpPorts?: readonly number[];
  /** Ports that are not behind USB too. */
  readonly allPorts?: boolean;
  /** Paths and addresses that are lent whatever they are. */
  readonly namedPorts?: readonly string[];
  /** Kinds of virtual boards, each a port. */
  readonly virtualBoards?: readonly string[];
  /** Told of every request, port and warning. */
  readonly onEvent?: (event: AgentEvent) => void;
  readonly clock?: Clock;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** The serial ports of this computer. */
  readonly listPorts?: () => Promise<readonly ListedPort[]>;
  readonly openPort?: (address: string, baudRate: number) => Promise<Transport>;
  /** The files of the page; by default those of this package. */
  readonly page?: PageFiles;
}

/** An agent that runs. */
export interface RunningAgent {
  /** "http://127.0.0.1:8266/" */
  readonly url: string;
  /**
   * A link that opens the page, once, within a minute.
   * @param exposed whether it is handed to another program as an argument, which other users of the computer can see: a
   *   second use of it then ends what the first one got
   */
  launchUrl(exposed?: boolean): string;
  /**
   * Lets one other page in, with the code of the first state, within two minutes.
   * @param tell hears of every step
   * @returns cancels it
   * @throws FlasherError `agent-pairing-open`
   */
  openPairing(tell: (state: PairingState) => void): () => void;
  pairings(): PairingInfo[];
  /** Resolves when everything has been closed and let go of. A second call waits for the first. */
  close(): Promise<void>;
}

/**
 * Starts an agent on the loopback interface.
 * @throws FlasherError `agent-running`, `agent-ports-taken`, `agent-pairings-damaged`, `board-unknown`, `file-unreadable`,
 *   `file-unwritable`
 */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const { dataFolder, clock = systemClock, now = Date.now } = options;
  await refuseSecond(dataFolder);
  const shelf = await VirtualShelf.stock(options.virtualBoards ?? [], clock);
  const book = await PairingBook.open(dataFolder, now);
  const page = options.page ?? (await readPageFiles(new URL("../dist/page/", import.meta.url)));
  const listening = await listenOnLoopback(options.tcpPorts ?? agentTcpPorts);
  const agent = new Agent({ ...options, clock, now, page }, listening, book, shelf);
  try {
    await agent.claim(dataFolder);
  } catch (error) {
    await agent.close();
    throw error;
  }
  return agent;
}

type Settled = AgentOptions & Required<Pick<AgentOptions, "clock" | "now" | "page">>;

class Agent implements RunningAgent {
  readonly url: string;
  readonly #port: number;
  readonly #terminalToken = makeSecret();
  readonly #launchCodes: LaunchCodes;
  readonly #pairings: Pairings;
  readonly #desk: PortDesk;
  readonly #endServers: () => Promise<void>;
  #release = () => {};
  #closing: Promise<void> | undefined;

  constructor(options: Settled, listening: Listening, book: PairingBook, shelf: VirtualShelf) {
    const { clock, now, page, onEvent = () => {} } = options;
    const { port } = listening;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/`;
    const sessions = new Sessions(clock);
    sessions.adopt(this.#terminalToken, { kind: "terminal" });
    this.#launchCodes = new LaunchCodes(clock);
    this.#pairings = new Pairings({ clock, now, book, sessions });
    const isGuest = (origin: string) => this.#pairings.isGuest(origin);
    const access = new Access({ clock, port, sessions, isGuest });
    this.#desk = new PortDesk({ ...portsOf(options, shelf), clock, onEvent });
    const onRequest = (request: Omit<Extract<AgentEvent, { type: "request" }>, "type">) =>
      onEvent({ type: "request", ...request });
    const app = createApp({
      clock,
      access,
      sessions,
      launchCodes: this.#launchCodes,
      pairings: this.#pairings,
      reconnects: new Reconnects(clock, book),
      page,
      onRequest,
      onFailure: (error) => onEvent(asWarning(error)),
      onReplay: () => onEvent({ type: "warning", code: "agent-link-replayed", params: {} }),
    });
    const serve = (ws: WebSocket, session: Session, target: SocketTarget) => this.#serve(ws, session, target);
    const upgrades = new Upgrades({ port, access, sessions, serve, onRequest });
    this.#endServers = serveApp(listening, app, upgrades);
  }

  async claim(folder: string): Promise<void> {
    const at = { pid: process.pid, port: this.#port, token: this.#terminalToken };
    this.#release = await claimRuntime(folder, at);
  }

  launchUrl(exposed = false): string {
    return `${this.url}${launchFragment(this.#launchCodes.make(exposed))}`;
  }

  openPairing(tell: (state: PairingState) => void): () => void {
    return this.#pairings.open(tell);
  }

  pairings(): PairingInfo[] {
    return this.#pairings.list();
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#pairings.close();
    await Promise.all([this.#desk.close(), this.#endServers()]);
    this.#release();
  }

  #serve(ws: WebSocket, { scope }: Session, target: SocketTarget): void {
    const socket = wsSocket(ws);
    if (target.kind === "port") this.#desk.servePort(socket, target.id, target.baudRate);
    else if (scope.kind === "terminal") this.#serveTerminal(socket);
    else this.#desk.serveControl(socket);
  }

  #serveTerminal(socket: AgentSocket): void {
    const requests = new TerminalRequests(socket, this.#pairings, () => this.launchUrl());
    this.#desk.serveControl(socket, {
      onRequest: (request) => requests.answer(request),
      onClosed: () => requests.end(),
    });
  }
}

function portsOf(options: AgentOptions, shelf: VirtualShelf) {
  return {
    listPorts: options.listPorts ?? listPorts,
    openPort:
      options.openPort ?? ((address: string, baudRate: number) => openTransport(address, { baudRate })),
    openVirtual: (name: string) => shelf.open(name),
    virtualBoards: shelf.names,
    namedPorts: options.namedPorts ?? [],
    allPorts: options.allPorts ?? false,
  };
}

function asWarning(error: Error): AgentEvent {
  if (isFlasherError(error)) return { type: "warning", code: error.code, params: error.params };
  return { type: "warning", code: "agent-failed", params: { detail: error.message } };
}
