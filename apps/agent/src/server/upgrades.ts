/** WebSockets: every check is done, and answered with a status, before one is opened. @module */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import {
  agentLimits,
  agentPaths,
  SUBPROTOCOL,
  tokenFromSubprotocols,
} from "@flashwright/web-transport/agent-protocol";
import type { WebSocket, WebSocketServer } from "ws";
import { shownPath } from "../app.js";
import { CloseCode } from "../ports/close-code.js";
import type { RequestSeen } from "../routes/parts.js";
import { type Access, type Caller, isRefusal, TOO_MANY } from "../security/access.js";
import type { Session, Sessions } from "../security/sessions.js";
import { checkTarget } from "./gate.js";

/** What a WebSocket is for. */
export type SocketTarget =
  | { readonly kind: "control" }
  | { readonly kind: "port"; readonly id: string; readonly baudRate: number };

/** What upgrades are judged and served with. */
export interface UpgradeParts {
  readonly port: number;
  readonly access: Access;
  readonly sessions: Sessions;
  serve(ws: WebSocket, session: Session, target: SocketTarget): void;
  readonly onRequest: (request: RequestSeen) => void;
}

interface Refused {
  readonly status: number;
  readonly reason: string;
}

const NOT_FOUND: Refused = { status: 404, reason: "there is nothing here" };
const BAD: Refused = { status: 400, reason: "bad request" };
const FULL: Refused = { status: 503, reason: "too many sockets are open" };

/** Longest wait for the other side to say that it has closed too. */
const CLOSE_MS = 1000;

/** All WebSockets of an agent. */
export class Upgrades {
  readonly #parts: UpgradeParts;
  /** Made for the first that comes. */
  #server: Promise<WebSocketServer> | undefined;
  #isClosed = false;

  constructor(parts: UpgradeParts) {
    this.#parts = parts;
  }

  /** Takes an `upgrade` of a server. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that hangs up while it is being answered.
    socket.on("error", () => {});
    this.#server ??= makeServer();
    void this.#server.then((server) => {
      if (this.#isClosed) socket.destroy();
      else this.#answer(server, request, socket, head);
    });
  }

  /** Judges and opens in one turn: what was true when it was judged is still true. */
  #answer(server: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const judged = this.#judge(request, server.clients.size);
    this.#log(request, "status" in judged ? judged.status : 101);
    if ("status" in judged) {
      refuseUpgrade(socket, judged);
      return;
    }
    server.handleUpgrade(request, socket, head, (ws) => this.#serve(ws, judged.session, judged.target));
  }

  /** Ends all sockets in order, and those at once that take longer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const open = [...((await this.#server)?.clients ?? [])];
    const closed = open.map((ws) => new Promise<void>((resolve) => ws.once("close", resolve)));
    for (const ws of open) ws.close(CloseCode.goingAway, "the agent ends");
    const timer = setTimeout(() => {
      for (const ws of open) ws.terminate();
    }, CLOSE_MS);
    await Promise.all(closed);
    clearTimeout(timer);
  }

  #serve(ws: WebSocket, session: Session, target: SocketTarget): void {
    const { sessions, serve } = this.#parts;
    const cut = () => ws.close(CloseCode.policyViolation, "this session has ended");
    ws.once("close", sessions.hold(session, cut));
    serve(ws, session, target);
  }

  #judge(request: IncomingMessage, openCount: number): Refused | { session: Session; target: SocketTarget } {
    const { port, access } = this.#parts;
    const astray = checkTarget(request, port);
    if (astray !== undefined) return astray;
    const caller = callerOf(request);
    if (access.count(caller) !== undefined) return TOO_MANY;
    const target = targetOf(request);
    if ("status" in target) return target;
    const session = access.judgeUpgrade(caller);
    if (isRefusal(session)) return session;
    return openCount >= agentLimits.sockets ? FULL : { session, target };
  }

  #log({ method = "", url = "" }: IncomingMessage, status: number): void {
    this.#parts.onRequest({ method, path: shownPath(url), status, ms: 0 });
  }
}

/** The library is loaded here: the page, which is what a person waits for, does without. */
async function makeServer(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import("ws");
  return new WebSocketServer({
    noServer: true,
    maxPayload: agentLimits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
}

function callerOf({ headers }: IncomingMessage): Caller {
  const site = headers["sec-fetch-site"];
  return {
    origin: headers.origin,
    fetchSite: Array.isArray(site) ? site.join() : site,
    token: tokenFromSubprotocols(headers["sec-websocket-protocol"]),
  };
}

/** What the path of an upgrade names. */
function targetOf({ url = "" }: IncomingMessage): SocketTarget | Refused {
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  if (path === agentPaths.control) return { kind: "control" };
  if (!path.startsWith(`${agentPaths.ports}/`)) return NOT_FOUND;
  const id = decoded(path.slice(agentPaths.ports.length + 1));
  const baudRate = /^baud=([0-9]{1,7})$/.exec(query)?.[1];
  return id === undefined || baudRate === undefined ? BAD : { kind: "port", id, baudRate: Number(baudRate) };
}

/** An id out of a path; it is looked up in the list of ports and is never a path itself. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Answers and hangs up, whether or not the other side does: nobody counts these sockets. */
function refuseUpgrade(socket: Duplex, { status, reason }: Refused): void {
  const body = `${reason}\n`;
  socket.once("finish", () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      "Connection: close",
      "Content-Type: text/plain; charset=UTF-8",
      "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}
