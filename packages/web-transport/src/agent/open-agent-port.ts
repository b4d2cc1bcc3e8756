/** Opening a port of an agent. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import { QueuedTransport, ReceiveQueue, within } from "@flashwright/core/port";
import {
  Beats,
  type PortMessage,
  parseError,
  portMessage,
  portPath,
  readMessage,
  withToken,
} from "../agent-protocol/index.js";
import { type AgentAccess, socketAddress, webSocketOf, whyNotOpen } from "./agent-address.js";
import { AgentDriver } from "./agent-driver.js";
import { SILENT } from "./silence.js";
import { type ClientSocket, openSocket } from "./web-socket.js";

/** The agent's own port may take 5 s to open, and one that is just being let go of some seconds more. */
const OPEN_MS = 15_000;

/** How to open a port. */
export interface AgentPortOptions {
  /** bit/s, 300 to 4,000,000; 8 data bits, no parity, 1 stop bit. */
  readonly baudRate: number;
  /** The port's name in errors; the agent's name for it unless told. */
  readonly label?: string;
  /** So many bytes of the board came between what was read before and what is read after, and found no room. */
  readonly onOverrun?: (droppedBytes: number) => void;
}

/**
 * Opens a port of an agent by its id. The port's lines are released, and it is this client's alone until it is closed.
 * @throws FlasherError `agent-unreachable`, `agent-unauthorised`, `agent-port-unknown`, `agent-no-ports`,
 *   `agent-ports-unlisted`, `agent-ports-full`, `port-in-use`, and those of the agent's own opening: `port-not-found`, `port-busy`, `port-denied`, `port-baud-refused`
 */
export async function openAgentPort(
  access: AgentAccess,
  id: string,
  options: AgentPortOptions,
): Promise<Transport> {
  const opening = new Opening(access, id, options);
  const late = () => {
    opening.giveUp();
    return new FlasherError("agent-unreachable", { address: new URL(access.url).origin });
  };
  return within(access.clock, OPEN_MS, opening.transport, late);
}

/** From the first byte to the agent's first message, and from there on the way between socket and driver. */
class Opening {
  readonly transport: Promise<Transport>;
  readonly #access: AgentAccess;
  readonly #options: AgentPortOptions;
  readonly #received = new ReceiveQueue();
  readonly #socket: ClientSocket;
  readonly #beats: Beats;
  #resolve!: (transport: Transport | Promise<never>) => void;
  #reject!: (error: Error) => void;
  #driver: AgentDriver | undefined;
  #isOver = false;

  constructor(access: AgentAccess, id: string, options: AgentPortOptions) {
    this.#access = access;
    this.#options = options;
    this.transport = new Promise<Transport>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const address = socketAddress(access.url, portPath(id, options.baudRate));
    this.#socket = openSocket(webSocketOf(access), address, withToken(access.token), {
      onOpen: () => {},
      onText: (text) => this.#hear(text),
      onBytes: (bytes) => {
        this.#beats.heard();
        this.#received.push(bytes);
      },
      onClosed: (detail) => this.#end(detail),
    });
    this.#beats = new Beats(access.clock, { onSilent: () => this.#lose(SILENT) });
  }

  /** Nobody waits for the port any more. */
  giveUp(): void {
    this.#isOver = true;
    this.#beats.stop();
    this.#socket.close();
  }

  #hear(text: string): void {
    this.#beats.heard();
    const message = readMessage(portMessage, text);
    if (message === undefined) this.#lose("the agent said something that this version does not understand");
    else if (message.type === "open") this.#open(message);
    else if (message.type === "refused") this.#refuse(parseError(message.error));
    else this.#driver?.hear(message);
  }

  #open({ label: theirs, capabilities }: Extract<PortMessage, { type: "open" }>): void {
    if (this.#driver !== undefined) return;
    const { label = theirs, baudRate, onOverrun } = this.#options;
    const received = this.#received;
    const driver = new AgentDriver(this.#socket, received, label, onOverrun);
    this.#driver = driver;
    const { clock } = this.#access;
    this.#resolve(new QueuedTransport({ label, capabilities, driver, received, clock, baudRate }));
  }

  #refuse(error: FlasherError): void {
    this.giveUp();
    this.#reject(error);
  }

  #lose(detail: string): void {
    this.#end(detail);
    this.#socket.close();
  }

  #end(detail: string | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#beats.stop();
    if (this.#driver !== undefined) this.#driver.end(detail ?? "the connection to the agent has ended");
    else whyNotOpen(this.#access, detail).then(this.#reject);
  }
}
