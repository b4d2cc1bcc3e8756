/**
 * Putting the stub into the chip's RAM and starting it.
 *
 * @module
 */
import { equalBytes } from "../bytes.js";
import { FlasherError } from "../errors.js";
import {
  type Command,
  memBegin,
  memData,
  memEnd,
  type RegisterWrite,
  writeRegs,
} from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import type { StubImage, Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/**
 * Streams the stub without waiting for replies, then counts them, then waits for its greeting. Text goes before data: the
 * ROM's packet buffer lies where the data goes, and each block of text would overwrite it.
 * @param prepare register writes to make on the way, before the stub starts
 * @throws FlasherError `command-timeout`, `stub-silent`; LoaderRefusal
 */
export async function uploadStub(
  connection: Connection,
  target: Target,
  stub: StubImage,
  prepare: readonly RegisterWrite[],
  signal?: AbortSignalLike,
): Promise<void> {
  const blockSize = target.rom.streamBlockSize;
  const upload: Command<void>[] = [
    ...(prepare.length > 0 ? [writeRegs(prepare)] : []),
    ...segment(stub.text, stub.textAddress, blockSize),
    ...segment(stub.data, stub.dataAddress, blockSize),
  ];
  const start = memEnd(stub.entry);
  for (const command of [...upload, start]) await connection.write(connection.encode(command), signal);
  for (const command of upload) await connection.reply(command, signal);
  await awaitGreeting(connection, target, signal);
}

function segment(bytes: Uint8Array, address: number, blockSize: number): Command<void>[] {
  const commands = [memBegin(bytes.length, blockSize, address)];
  for (let at = 0; at < bytes.length; at += blockSize) {
    commands.push(memData(bytes.subarray(at, at + blockSize), at / blockSize));
  }
  return commands;
}

/** Passes over the reply to MEM_END, which may be cut off by the jump. */
async function awaitGreeting(
  connection: Connection,
  target: Target,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const { greeting, greetingTimeoutMs } = target.stub;
  const deadline = connection.clock.now() + greetingTimeoutMs;
  const silent = () => new FlasherError("stub-silent", { timeoutMs: greetingTimeoutMs });
  while (!equalBytes(await connection.packet(deadline - connection.clock.now(), signal, silent), greeting));
}
