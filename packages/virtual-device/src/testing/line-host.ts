/** A host on a board in line pace: everything takes time, on a virtual clock. @module */

import { createVirtualBoard, createVirtualClock, type VirtualBoard, type VirtualClock } from "../index.js";
import type { VirtualBoardOptions } from "../virtual-board.js";
import { concat, dataRequest, Host, request, SYNC, words } from "./host.js";
import { STUB_DATA_ADDRESS, STUB_ENTRY, STUB_TEXT_ADDRESS, stubData, stubText } from "./stub-image.js";

/** A board with its clock and host. */
export interface LineBench {
  readonly clock: VirtualClock;
  readonly board: VirtualBoard;
  readonly host: Host;
  wait(ms: number): Promise<void>;
  /** Milliseconds that `work` takes on the clock. */
  time(work: () => Promise<unknown>): Promise<number>;
}

export function lineBench(options: VirtualBoardOptions = {}, oneWayDelayMs = 0): LineBench {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ ...options, pace: "line", clock, wire: { oneWayDelayMs } });
  return {
    clock,
    board,
    host: new Host(board),
    wait: (ms) => new Promise((resolve) => void clock.setTimer(ms, resolve)),
    time: async (work) => {
      const started = clock.now();
      await work();
      return clock.now() - started;
    },
  };
}

/** Bytes of 0x55 that take `ms` at `baudRate`. */
export function preamble(ms: number, baudRate: number): Uint8Array {
  return new Uint8Array(Math.ceil((ms * baudRate) / 10_000)).fill(0x55);
}

/** Into the loader at `baudRate` and in step with it. */
export async function connectAt({ host }: Pick<LineBench, "host">, baudRate: number): Promise<void> {
  await host.transport.setBaudRate(baudRate);
  await host.enterLoader();
  await host.transport.write(concat(preamble(4, baudRate), SYNC));
  for (let i = 0; i < 8; i++) await host.frame();
}

/** The upload, one block after the other. */
export async function uploadStub({ host }: Pick<LineBench, "host">): Promise<void> {
  for (const [address, bytes] of [
    [STUB_TEXT_ADDRESS, stubText],
    [STUB_DATA_ADDRESS, stubData],
  ] as const) {
    await host.exchange(
      request(0x05, words(bytes.length, Math.ceil(bytes.length / 0x1800), 0x1800, address)),
    );
    for (let at = 0; at < bytes.length; at += 0x1800) {
      await host.exchange(dataRequest(0x07, bytes.subarray(at, at + 0x1800), at / 0x1800));
    }
  }
  await host.exchange(request(0x06, words(0, STUB_ENTRY)));
  await host.frame();
}

/** All frames of the upload in one piece. */
export function stubStream(blockSize: number): Uint8Array {
  const stream: Uint8Array[] = [];
  for (const [address, bytes] of [
    [STUB_TEXT_ADDRESS, stubText],
    [STUB_DATA_ADDRESS, stubData],
  ] as const) {
    stream.push(request(0x05, words(bytes.length, Math.ceil(bytes.length / blockSize), blockSize, address)));
    for (let at = 0; at < bytes.length; at += blockSize) {
      stream.push(dataRequest(0x07, bytes.subarray(at, at + blockSize), at / blockSize));
    }
  }
  stream.push(request(0x06, words(0, STUB_ENTRY)));
  return concat(...stream);
}
