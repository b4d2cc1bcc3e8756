/**
 * Whether a link carries every byte both ways.
 *
 * @module
 */
import { type Command, type RegisterWrite, readReg, writeRegs } from "../../protocol/command.js";
import type { Connection } from "../../protocol/connection.js";
import type { Target } from "../../targets/target.js";
import type { AbortSignalLike } from "../../transport.js";
import { stubFiller } from "../identify.js";

const ALL_BYTES = 0x100;
const READS_PER_WRITE = 8;

/**
 * Sends each of the 256 byte values to the chip, into registers that mean nothing, and reads them back.
 * @returns false where one came back as another
 * @throws FlasherError `command-timeout`, `bad-reply`, `port-lost`; LoaderRefusal where a frame was damaged on the way
 */
export async function carriesEveryByte(
  connection: Connection,
  target: Target,
  baudRate: number,
  signal?: AbortSignalLike,
): Promise<boolean> {
  const { words } = target.spi.scratch;
  for (let first = 0; first < ALL_BYTES; first += 4 * words) {
    if (!(await keeps(connection, patterns(first, target), stubFiller(baudRate), signal))) return false;
  }
  return true;
}

/** As many register values as there are registers, from the bytes `first` up. */
function patterns(first: number, { spi: { scratch } }: Target): RegisterWrite[] {
  return Array.from({ length: scratch.words }, (_, at) => {
    const byte = first + 4 * at;
    const value = (byte | ((byte + 1) << 8) | ((byte + 2) << 16) | ((byte + 3) << 24)) >>> 0;
    return { address: scratch.address + 4 * at, value };
  });
}

async function keeps(
  connection: Connection,
  writes: readonly RegisterWrite[],
  filler: number,
  signal: AbortSignalLike | undefined,
): Promise<boolean> {
  const back: unknown[] = [];
  for (let at = 0; at < writes.length; at += READS_PER_WRITE) {
    const reads: Command<unknown>[] = writes
      .slice(at, at + READS_PER_WRITE)
      .map(({ address }) => readReg(address));
    const commands = at === 0 ? [writeRegs(writes), ...reads] : reads;
    back.push(...(await connection.sendAll(commands, filler, signal)).slice(-reads.length));
  }
  return writes.every(({ value }, at) => back[at] === value);
}
