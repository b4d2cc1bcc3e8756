/** For tests of the servers: a TCP client that keeps what it received, and a way to wait for a fact. @module */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { FakeBoard } from "./fake-board.js";
import type { ServeEvent } from "./server.js";

/** A connected client; everything that came is in `received`. */
export interface TestClient {
  readonly socket: Socket;
  readonly received: () => Buffer;
  /** Resolves when the server has closed the connection: `end` in order, `cut` otherwise. */
  readonly gone: Promise<"end" | "cut">;
}

export async function connectClient(port: number): Promise<TestClient> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  let ended = false;
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", () => {
    ended = true;
  });
  socket.on("error", () => {});
  const gone = new Promise<"end" | "cut">((resolve) =>
    socket.once("close", () => resolve(ended ? "end" : "cut")),
  );
  await once(socket, "connect");
  return { socket, received: () => Buffer.concat(chunks), gone };
}

/** Resolves when `isTrue` is, looked at again after every turn of the event loop; the test's own timeout is the limit. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** A server's event log, as short lines without the clients' ports. */
export function eventLog() {
  const events: string[] = [];
  const onEvent = (event: ServeEvent) => {
    if (event.type === "error") events.push(`error: ${event.error.message}`);
    else if (event.type === "disconnected" && event.detail) events.push(`disconnected: ${event.detail}`);
    else events.push(event.type);
  };
  return { events, onEvent };
}

/** Bytes that look random and are the same every time; every value occurs, 0xff often. */
export function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 30 === 3 ? 0xff : state >>> 24;
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** What reached a board, as its size and its digest. */
export interface Arrived {
  bytes(): number;
  /** In hex; ends the digest, so once only. */
  sha256(): string;
}

/** Lets a board digest what is written to it instead of keeping it: for megabytes. `pause` holds up each write. */
export function digestWrites(board: FakeBoard, pause?: () => Promise<void>): Arrived {
  const hash = createHash("sha256");
  let count = 0;
  board.recordsWrites = false;
  board.onWrite = (bytes) => {
    hash.update(bytes);
    count += bytes.length;
    return pause?.();
  };
  return { bytes: () => count, sha256: () => hash.digest("hex") };
}
