/** `virtual:BOARD`, a port that needs no hardware. @module */
import type { Clock, Transport } from "@flashwright/core";
import { findBoard } from "./board-name.js";
import { openFlashFile } from "./flash-file.js";

const SCHEME = "virtual:";

/** Whether an address names a virtual board. */
export function isVirtualAddress(address: string): boolean {
  return address.startsWith(SCHEME);
}

/**
 * Opens `virtual:BOARD`, a board with a blank flash that is forgotten afterwards, or `virtual:BOARD?flash=FILE`, whose
 * flash is read from the file and written back when the port is closed.
 * @throws FlasherError `board-unknown`, `file-unreadable`, `flash-file-too-large`
 */
export async function openVirtualPort(address: string, clock: Clock): Promise<Transport> {
  const [name, query = ""] = address.slice(SCHEME.length).split(/\?(.*)/s);
  const board = await findBoard(name);
  const { boards, createVirtualBoard } = await import("@flashwright/virtual-device");
  const path = /^flash=(.+)$/s.exec(query)?.[1];
  const file = path === undefined ? undefined : await openFlashFile(path, boards[board].flash.size);
  const virtual = createVirtualBoard({
    board,
    clock,
    ...(file === undefined ? {} : { flash: file.content }),
  });
  const { transport } = virtual;
  if (file === undefined) return transport;
  return withClose(transport, async () => {
    await transport.close();
    await file.save(virtual.flash);
  });
}

/** The same transport with another way to close it. */
function withClose(transport: Transport, close: () => Promise<void>): Transport {
  return {
    label: transport.label,
    capabilities: transport.capabilities,
    closed: transport.closed,
    read: () => transport.read(),
    write: (bytes) => transport.write(bytes),
    drain: () => transport.drain(),
    discard: () => transport.discard(),
    signal: (steps) => transport.signal(steps),
    setBaudRate: (baudRate) => transport.setBaudRate(baudRate),
    close,
    abort: () => transport.abort(),
  };
}
