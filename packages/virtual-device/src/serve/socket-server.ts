/** A TCP listener that lends the board to one client at a time. @module */
import { createServer, type Server, type Socket } from "node:net";
import type { Transport } from "@flashwright/core";
import { ServeError } from "./serve-error.js";
import type { BoardServer, OpenTransport, ServeEndCause, ServeOptions } from "./server.js";
import { DEFAULT_RELEASE_TIMEOUT_MS, releaseTransport, settlesWithin, wordsOf } from "./session.js";

/** Options of the servers that listen on TCP. */
export interface SocketServeOptions extends ServeOptions {
  /** Address to listen on. Default 127.0.0.1: anyone who reaches the port has the board. */
  readonly host?: string;
  /** TCP port; 0, the default, takes a free one. */
  readonly port?: number;
  /** Rate in bit/s that every client starts with. Default 115200. */
  readonly baudRate?: number;
}

/** A running server on TCP. */
export interface SocketBoardServer extends BoardServer {
  readonly host: string;
  /** The TCP port that it listens on, never 0. */
  readonly port: number;
}

/** How one kind of server talks to its client: runs until the client or the board is gone; the caller cleans up. */
export type Attach = (socket: Socket, transport: Transport, baudRate: number) => Promise<void>;

/**
 * Listens, and runs `attach` for one client at a time.
 * @throws ServeError `listen-failed`
 */
export async function serveSockets(
  scheme: string,
  openTransport: OpenTransport,
  options: SocketServeOptions,
  attach: Attach,
): Promise<SocketBoardServer> {
  const server = createServer({ noDelay: true, keepAlive: true });
  const host = options.host ?? "127.0.0.1";
  await startListening(server, host, options.port ?? 0);
  const desk = new ClientDesk(server, openTransport, options, attach);
  const { port } = server.address() as { port: number };
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    address: `${scheme}://${shownHost}:${port}`,
    host,
    port,
    closed: desk.closed,
    close: () => desk.close(),
  };
}

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) =>
      reject(
        new ServeError(
          "listen-failed",
          `The virtual board cannot listen on ${host}:${port}: ${cause.message}`,
          cause.code === "EADDRINUSE"
            ? "Choose another port, or 0 for a free one."
            : "Choose an address of this computer, for example 127.0.0.1, and a port above 1023.",
          { cause },
        ),
      );
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve();
    });
  });
}

/** Who has the board, who waits for a predecessor to be cleared away, and who is shown out. */
class ClientDesk {
  readonly closed: Promise<ServeEndCause>;
  private resolveClosed!: (cause: ServeEndCause) => void;
  private stopping: Promise<void> | undefined;
  /** Every open socket, also those that are being refused: `close` must not wait for any of them. */
  private readonly sockets = new Set<Socket>();
  private session: Promise<void> | undefined;
  private sessionIsOver = false;
  private next: Socket | undefined;

  constructor(
    private readonly server: Server,
    private readonly openTransport: OpenTransport,
    private readonly options: SocketServeOptions,
    private readonly attach: Attach,
  ) {
    this.closed = new Promise((resolve) => {
      this.resolveClosed = resolve;
    });
    server.on("connection", (socket) => this.admit(socket));
    server.on("error", (error) => this.fail(error));
  }

  close(cause?: Error): Promise<void> {
    this.stopping ??= this.stop(cause);
    return this.stopping;
  }

  private async stop(cause: Error | undefined): Promise<void> {
    const listenerClosed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await this.session;
    await listenerClosed;
    this.resolveClosed(cause);
  }

  private fail(error: Error): void {
    this.options.onEvent?.({ type: "error", error });
    void this.close(error);
  }

  private admit(socket: Socket): void {
    this.sockets.add(socket);
    // A reset of a socket that nobody reads right now arrives only here; whoever reads it learns of it by the read.
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.sockets.delete(socket));
    if (this.stopping) socket.destroy();
    else if (this.session === undefined) this.start(socket);
    else if (this.sessionIsOver && this.next === undefined) this.next = socket;
    else this.refuse(socket);
  }

  private refuse(socket: Socket): void {
    this.options.onEvent?.({ type: "refused", client: nameOf(socket) });
    // Read to the end, so that the close is a FIN, which the client can tell from a crash, and not a reset.
    socket.resume();
    void endSocket(socket, this.releaseTimeoutMs);
  }

  private start(socket: Socket): void {
    this.sessionIsOver = false;
    this.session = this.serve(socket).finally(() => {
      this.session = undefined;
      const next = this.next;
      this.next = undefined;
      if (next && !next.destroyed && !this.stopping) this.start(next);
    });
  }

  private async serve(socket: Socket): Promise<void> {
    const client = nameOf(socket);
    let transport: Transport;
    try {
      transport = await this.openTransport();
    } catch (error) {
      this.sessionIsOver = true;
      this.options.onEvent?.({ type: "error", error: asError(error) });
      await endSocket(socket, this.releaseTimeoutMs);
      return;
    }
    this.options.onEvent?.({ type: "connected", client });
    const detail = await this.runSession(socket, transport);
    this.sessionIsOver = true;
    socket.destroy();
    await releaseTransport(transport, this.releaseTimeoutMs);
    this.options.onEvent?.({ type: "disconnected", client, ...(detail === undefined ? {} : { detail }) });
  }

  private async runSession(socket: Socket, transport: Transport): Promise<string | undefined> {
    const baudRate = this.options.baudRate ?? 115200;
    const work = transport.setBaudRate(baudRate).then(() => this.attach(socket, transport, baudRate));
    try {
      await Promise.race([work, this.abandon(socket, work)]);
      await endSocket(socket, this.releaseTimeoutMs);
      return undefined;
    } catch (error) {
      return wordsOf(error);
    }
  }

  /** Rejects when the client is gone and its last orders still are not carried out: the board may be stuck. */
  private async abandon(socket: Socket, work: Promise<void>): Promise<void> {
    await closeOf(socket);
    if (await settlesWithin(work, this.releaseTimeoutMs)) return work;
    throw new Error("the client left, and the board does not take its last bytes");
  }

  private get releaseTimeoutMs(): number {
    return this.options.releaseTimeoutMs ?? DEFAULT_RELEASE_TIMEOUT_MS;
  }
}

/** Writes to a socket and waits while its buffer is full. @throws Error when the socket closes meanwhile */
export function writeSocket(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || !socket.writable) return Promise.reject(new Error("the client is gone"));
  if (socket.write(bytes)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const drained = () => {
      socket.off("close", closed);
      resolve();
    };
    const closed = () => {
      socket.off("drain", drained);
      reject(new Error("the client is gone"));
    };
    socket.once("drain", drained);
    socket.once("close", closed);
  });
}

/** Sends what is buffered and closes; cuts after `timeoutMs` milliseconds a client that neither reads nor closes. */
async function endSocket(socket: Socket, timeoutMs: number): Promise<void> {
  if (socket.destroyed) return;
  socket.end();
  await settlesWithin(closeOf(socket), timeoutMs);
  socket.destroy();
}

function closeOf(socket: Socket): Promise<void> {
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

function nameOf(socket: Socket): string {
  return `${socket.remoteAddress ?? "?"}:${socket.remotePort ?? "?"}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
