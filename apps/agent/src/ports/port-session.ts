/** One client's hold on one port: bytes and requests in, bytes and answers out, and an end that always comes. @module */
import type { Clock, Transport, TransportEnd } from "@flashwright/core";
import {
  agentLimits,
  type Beats,
  encodeError,
  type PortMessage,
  type PortRequest,
  portRequest,
  readMessage,
} from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";
import { BoardStream } from "./board-stream.js";
import { CloseCode } from "./close-code.js";
import { startHeart } from "./heart.js";
import { runRequest } from "./run-request.js";
import { WriteAccount } from "./write-account.js";

/** A port's socket. Whatever the client does, what is kept for it is bounded, and the port is let go when it is gone. */
export class PortSession {
  readonly #socket: AgentSocket;
  readonly #clock: Clock;
  readonly #heart: Beats;
  readonly #stream: BoardStream;
  readonly #account: WriteAccount;
  /** While this session has the port. */
  #transport: Transport | undefined;
  #pending = 0;
  #lastWordAt: number;
  /** Why it is over for this client, from the first reason on. */
  #over: string | undefined;

  constructor(socket: AgentSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#lastWordAt = clock.now();
    this.#stream = new BoardStream(socket);
    this.#account = new WriteAccount(socket);
    this.#heart = startHeart(socket, clock, () => this.#closeWhenIdle());
    socket.listen({
      onText: (text) => this.#takeText(text),
      onBytes: (bytes) => this.#takeBytes(bytes),
      onPong: () => this.#heart.heard(),
      onClosed: () => this.#gone(),
    });
  }

  /** Why the session is over; `undefined` while it is not. The port is then free or about to be. */
  get over(): string | undefined {
    return this.#over;
  }

  /** The port did not open. */
  refuse(error: unknown): void {
    this.#say({ type: "refused", error: encodeError(error) });
    this.#leave(CloseCode.normal, "refused");
  }

  /** Serves an open port; resolves when it has been let go of. */
  async serve(transport: Transport): Promise<void> {
    if (this.#over !== undefined) return transport.close();
    this.#transport = transport;
    const { label, capabilities } = transport;
    this.#say({ type: "open", label, capabilities });
    // Read all the time, whether or not the client takes anything: a port that is not read loses bytes unseen.
    for (let bytes = await transport.read(); bytes !== undefined; bytes = await transport.read()) {
      this.#lastWordAt = this.#clock.now();
      this.#stream.push(bytes);
    }
    this.#end(await transport.closed);
  }

  /** Ends it from this side. */
  close(reason: string): void {
    this.#leave(CloseCode.goingAway, reason);
  }

  #takeBytes(bytes: Uint8Array): void {
    const transport = this.#heard();
    if (transport === undefined) return;
    if (bytes.length > agentLimits.frameBytes) this.#leave(CloseCode.tooBig, "the frame is too big");
    else if (!this.#account.receive(bytes.length)) this.#violation("more bytes than may wait");
    // A copy: the frame may be a small part of a large buffer, which would live as long as it waits.
    else void this.#write(transport, new Uint8Array(bytes));
  }

  async #write(transport: Transport, bytes: Uint8Array): Promise<void> {
    try {
      await transport.write(bytes);
    } catch (error) {
      if (this.#over !== undefined) return;
      this.#say({ type: "failed", error: encodeError(error) });
    }
    this.#account.settle(bytes.length);
  }

  #takeText(text: string): void {
    const transport = this.#heard();
    if (transport === undefined) return;
    const request = readMessage(portRequest, text);
    if (request === undefined) this.#violation("this is no request");
    else if (request.do === "taken") this.#take(request.byteCount);
    else if (request.do === "close") void transport.close();
    else if (this.#pending >= agentLimits.pendingRequests) this.#violation("too many requests at a time");
    else this.#answer(transport, request);
  }

  #take(byteCount: number): void {
    if (!this.#stream.taken(byteCount)) this.#violation("more taken than was sent");
  }

  /** An answer that has not left yet counts as pending: a client that does not read gets no more of them. */
  #answer(transport: Transport, request: Exclude<PortRequest, { do: "taken" | "close" }>): void {
    this.#pending++;
    const { id } = request;
    const onSent = () => this.#pending--;
    runRequest(transport, this.#stream, request).then(
      () => this.#say({ type: "done", id }, onSent),
      (error) => this.#say({ type: "failed", id, error: encodeError(error) }, onSent),
    );
  }

  /** The open port for what has just come in; nothing may come in before it is open. */
  #heard(): Transport | undefined {
    this.#heart.heard();
    this.#lastWordAt = this.#clock.now();
    if (this.#over !== undefined) return undefined;
    if (this.#transport === undefined) this.#violation("the port is not open yet");
    return this.#transport;
  }

  #closeWhenIdle(): void {
    if (this.#clock.now() - this.#lastWordAt < agentLimits.idleMs) return;
    const minutes = agentLimits.idleMs / 60_000;
    this.#say({ type: "ended", reason: "lost", detail: `nothing was said for ${minutes} minutes` });
    this.#leave(CloseCode.normal, "idle");
  }

  /** The port has ended: what it had sent before it was lost still goes out, to a client that takes it. */
  #end({ reason, detail }: TransportEnd): void {
    if (this.#over !== undefined) return;
    this.#over = reason;
    this.#transport = undefined;
    let cancel = () => {};
    const finish = () => {
      cancel();
      this.#stream.stop();
      this.#say({ type: "ended", reason, ...(detail === undefined ? {} : { detail }) });
      this.#socket.close(CloseCode.normal, "ended");
    };
    if (reason === "lost") {
      cancel = this.#clock.setTimer(agentLimits.deliverMs, finish);
      this.#stream.whenDelivered(finish);
    } else finish();
  }

  #violation(reason: string): void {
    this.#leave(CloseCode.policyViolation, reason);
  }

  #leave(code: CloseCode, reason: string): void {
    this.#letGo(reason);
    this.#socket.close(code, reason);
  }

  #gone(): void {
    this.#heart.stop();
    this.#letGo("the client has gone");
  }

  /** Lets go of the port: what was written leaves, for a second at most, and no line stays asserted. */
  #letGo(why: string): void {
    this.#over ??= why;
    this.#stream.stop();
    const transport = this.#transport;
    if (transport === undefined) return;
    this.#transport = undefined;
    releaseLines(transport);
    void transport.close();
  }

  #say(message: PortMessage, sent?: () => void): void {
    this.#socket.send(JSON.stringify(message), sent);
  }
}

/** A port that keeps its lines when it is closed would hold the board in reset. Its turn comes before the close. */
function releaseLines(transport: Transport): void {
  const { lines } = transport.capabilities;
  if (lines === "none") return;
  const step = lines === "rts" ? { rts: false } : { dtr: false, rts: false };
  transport.signal([step]).catch(() => {});
}
