/** What all servers of a virtual board have in common. @module */
import type { Transport } from "@flashwright/core";

/**
 * Opens the board's side of the wire for one client. The board itself outlives its clients: every call gives a fresh
 * transport to the same board.
 */
export type OpenTransport = () => Transport | Promise<Transport>;

/** What happens on a server, in order: any number of clients, each `connected` then `disconnected`. */
export type ServeEvent =
  /** A client has the board; `client` is its address or the terminal's path. */
  | { readonly type: "connected"; readonly client: string }
  /** A second client was turned away while another had the board. */
  | { readonly type: "refused"; readonly client: string }
  /** The client is gone and both lines are released; `detail` says why if it was not in order. */
  | { readonly type: "disconnected"; readonly client: string; readonly detail?: string }
  /** Something failed that is nobody's to catch: the board did not open, the listener broke. */
  | { readonly type: "error"; readonly error: Error };

/** Options of every server. */
export interface ServeOptions {
  /** Told of clients and failures; must not throw. */
  readonly onEvent?: (event: ServeEvent) => void;
  /** Milliseconds that a transport may take to end in order before it is aborted. Default 1000. */
  readonly releaseTimeoutMs?: number;
}

/** A running server. */
export interface BoardServer {
  /** Where a client finds the board: `socket://127.0.0.1:4000`, `rfc2217://127.0.0.1:4000` or `/dev/pts/3`. */
  readonly address: string;
  /** Resolves once, when the server has stopped, with the error that stopped it or nothing after `close`. */
  readonly closed: Promise<ServeEndCause>;
  /** Lets the client go, releases the lines and stops, within about twice `releaseTimeoutMs`. A second call is harmless. */
  close(): Promise<void>;
}

/** `undefined` after `close`, else what ended the server. */
export type ServeEndCause = Error | undefined;
