/** A WebSocket client by what is used of it: a browser's, Node's own, or one of the package `ws`. @module */

/** An open or opening WebSocket. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  /** `message` is there with `ws` alone. */
  addEventListener(type: "error", listener: (event: { readonly message?: string }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly reason: string }) => void): void;
}

/** The class `WebSocket`. */
export type WebSocketClass = new (address: string, protocols: string[]) => WebSocketLike;

/** Who is told what comes in. */
export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  onBytes(bytes: Uint8Array): void;
  /** Said once, also when it never opened. @param detail the platform's words, where it has any */
  onClosed(detail: string | undefined): void;
}

const OPEN = 1;

/** A socket that has been asked for. */
export interface ClientSocket {
  /** Harmless when it is not open. */
  send(data: string | Uint8Array): void;
  close(): void;
}

/** Opens a WebSocket and tells the listener of everything. */
export function openSocket(
  WebSocket: WebSocketClass,
  address: string,
  protocols: string[],
  listener: SocketListener,
): ClientSocket {
  const socket = new WebSocket(address, protocols);
  // A Blob would have to be read in another turn, out of order with the texts.
  socket.binaryType = "arraybuffer";
  let detail: string | undefined;
  socket.addEventListener("open", () => listener.onOpen());
  socket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") listener.onText(data);
    else listener.onBytes(new Uint8Array(data as ArrayBuffer));
  });
  socket.addEventListener("error", ({ message }) => {
    detail ??= message;
  });
  socket.addEventListener("close", ({ reason }) => {
    listener.onClosed(detail ?? (reason === "" ? undefined : reason));
  });
  return {
    send(data) {
      if (socket.readyState === OPEN) socket.send(data as string | Uint8Array<ArrayBuffer>);
    },
    close: () => socket.close(),
  };
}
