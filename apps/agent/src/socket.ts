/** A WebSocket as the agent's parts use it, so that a test can be one. @module */

/** Who is told what a socket does. */
export interface AgentSocketListener {
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  /** The other side answered a `ping`. */
  onPong(): void;
  /** Said once, however it ended; nothing comes after it. */
  onClosed(): void;
}

/** An accepted WebSocket of a client that has proven who it is. */
export interface AgentSocket {
  /** Bytes handed over and not yet with the operating system. */
  readonly bufferedBytes: number;
  /** Nothing is said before this; called once. */
  listen(listener: AgentSocketListener): void;
  /** Text for a string, binary for bytes, which may be reused once `sent` is called. Harmless on a closed socket. */
  send(data: string | Uint8Array, sent?: () => void): void;
  ping(): void;
  /** Ends in order. @param code WebSocket close code @param reason at most 123 bytes */
  close(code: number, reason: string): void;
  /** Ends at once. */
  terminate(): void;
}
