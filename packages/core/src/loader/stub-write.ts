/**
 * Writing a region through the stub: announcement, blocks, end.
 *
 * @module
 */
import { padTo } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import { BLOCK_SIZE } from "../flash/geometry.js";
import { alignDown } from "../flash/region.js";
import {
  type Command,
  flashData,
  flashDeflBegin,
  flashDeflData,
  flashDeflEnd,
  flashEnd,
  stubFlashBegin,
} from "../protocol/command.js";
import { type Connection, LoaderRefusal } from "../protocol/connection.js";
import { type StatusName, statusName } from "../protocol/status.js";
import type { AbortSignalLike } from "../transport.js";
import { getInStep, isDamage, isDamagedRequest } from "./ask.js";
import type { Progress } from "./loader.js";
import type { StubLoader } from "./stub-loader.js";

/** One data block, and the bytes of the region that are covered with it and those before. */
interface Block {
  readonly bytes: Uint8Array;
  readonly unpackedEnd: number;
}

/** A region's bytes in the form in which they go over the wire. */
export interface PackedRegion {
  /** `deflate`: one zlib stream; `raw`: the bytes as they are, filled up to a multiple of 4. */
  readonly form: "deflate" | "raw";
  /** The bytes that are packed, filled up to `size`. */
  readonly source: Uint8Array;
  readonly blocks: readonly Block[];
  /** Bytes of flash, a multiple of 4. */
  readonly size: number;
  /** Bytes of payload on the wire. */
  readonly wireSize: number;
  /** Bytes of payload in a block; the last one may have fewer. */
  readonly blockSize: number;
}

const BLOCK_ATTEMPTS = 3;
/** The shortest blocks are the last resort, and cost little. */
const SHORTEST_BLOCK_ATTEMPTS = 10;
const REGION_ATTEMPTS = 3;
/** Where long blocks do not get through, shorter ones may: by this factor each time, down to this size in bytes. */
const BLOCK_SHRINK = 4;
const SHORTEST_BLOCK = 0x400;
/** What the stub makes of an announcement or of data that was damaged unnoticed: the region starts anew. */
const DAMAGED_STREAM: ReadonlySet<StatusName> = new Set([
  "not-in-flash-mode",
  "inflate-failed",
  "not-enough-data",
  "too-much-data",
]);

/** Packs a region, or cuts it up raw where that is not longer. The stub crashes on raw blocks that are no multiple of 4. */
export function packRegion(bytes: Uint8Array, blockSize: number, codecs: Codecs): PackedRegion {
  const padded = padTo(bytes, 4);
  const packed = codecs.pack(padded, blockSize);
  const wireSize = packed.reduce((size, block) => size + block.bytes.length, 0);
  if (wireSize < padded.length)
    return { form: "deflate", source: padded, blocks: packed, size: padded.length, wireSize, blockSize };
  const blocks: Block[] = [];
  for (let at = 0; at < padded.length; at += blockSize) {
    const piece = padded.subarray(at, at + blockSize);
    blocks.push({ bytes: piece, unpackedEnd: at + piece.length });
  }
  return { form: "raw", source: padded, blocks, size: padded.length, wireSize: padded.length, blockSize };
}

/**
 * Writes a packed region. A block that arrives damaged is sent again; after a lost reply the stub's state is unknown, and
 * the rest is announced anew from where flash surely holds what was sent, in shorter blocks.
 * @throws FlasherError `write-refused`, `command-timeout`
 */
export async function writePacked(
  loader: StubLoader,
  offset: number,
  packed: PackedRegion,
  progress?: Progress,
  signal?: AbortSignalLike,
): Promise<void> {
  let done = 0;
  let rest = packed;
  for (let attempt = 1; ; attempt++) {
    const mark: Mark = { acknowledged: 0 };
    const before = done;
    try {
      await getInStep(loader.connection, loader.target, signal);
      await writeOnce(loader, offset + done, rest, mark, (bytes) => progress?.(before + bytes), signal);
      return;
    } catch (error) {
      if (!isTransient(error)) throw placed(error, offset);
      const written = surelyWritten(rest, mark, offset + done);
      const blockSize = Math.max(SHORTEST_BLOCK, rest.blockSize / BLOCK_SHRINK);
      const isShorter = blockSize < rest.blockSize;
      if ((await loader.link.damaged(signal)) || written > 0 || isShorter) attempt = 0;
      else if (attempt === REGION_ATTEMPTS) throw placed(error, offset);
      if (written === 0 && !isShorter) continue;
      done += written;
      rest = packRegion(packed.source.subarray(done), blockSize, loader.codecs);
    }
  }
}

/** How far a stream got. */
interface Mark {
  /** Blocks whose replies have come. */
  acknowledged: number;
}

/** What the stub may keep unpacked and not yet written. */
const UNPACK_WINDOW = 0x8000;

/**
 * Bytes from the start that are in flash whatever became of the rest, up to a border of 64 KiB: a block is acknowledged
 * before it is written, and unpacked bytes are written a window at a time.
 */
function surelyWritten(packed: PackedRegion, { acknowledged }: Mark, offset: number): number {
  const unpacked = packed.blocks[acknowledged - 3]?.unpackedEnd ?? 0;
  return Math.max(0, alignDown(offset + unpacked - UNPACK_WINDOW, BLOCK_SIZE) - offset);
}

async function writeOnce(
  loader: StubLoader,
  offset: number,
  packed: PackedRegion,
  mark: Mark,
  progress: Progress,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const { connection, target } = loader;
  const { blockSize } = packed;
  const deflate = packed.form === "deflate";
  const begin = deflate
    ? flashDeflBegin(packed.size, packed.wireSize, blockSize, offset)
    : stubFlashBegin(packed.size, blockSize, offset);
  const data = deflate ? flashDeflData : flashData;
  /** A block as a frame, made while the chip is busy with the one before. */
  const ready = ({ bytes, unpackedEnd }: Block, index: number): ReadyBlock => {
    // The reply comes before the block is written, so each one waits for the work of the block before it.
    const from = packed.blocks[index - 3]?.unpackedEnd ?? 0;
    const command = data(bytes, index, target.stub.blockTimeoutMs(unpackedEnd - from));
    return { command, frame: connection.encode(command) };
  };
  const lastTimeout = target.stub.blockTimeoutMs(packed.size - (packed.blocks.at(-3)?.unpackedEnd ?? 0));

  const attempts = blockSize > SHORTEST_BLOCK ? BLOCK_ATTEMPTS : SHORTEST_BLOCK_ATTEMPTS;
  await connection.send(begin, signal);
  let next: ReadyBlock | undefined;
  for (const [index, block] of packed.blocks.entries()) {
    const replied = sendReady(connection, next ?? ready(block, index), attempts, signal);
    const following = packed.blocks[index + 1];
    next = following && ready(following, index + 1);
    await replied;
    mark.acknowledged = index + 1;
    progress(block.unpackedEnd);
  }
  await connection.send(deflate ? flashDeflEnd(lastTimeout) : flashEnd(lastTimeout), signal);
  progress(packed.size);
}

interface ReadyBlock {
  readonly command: Command<void>;
  readonly frame: Uint8Array;
}

/** Sends a block; again, where the stub found it damaged and did not take it. */
async function sendReady(
  connection: Connection,
  block: ReadyBlock,
  attempts: number,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.write(block.frame, signal);
      await connection.reply(block.command, signal);
      return;
    } catch (error) {
      if (!isDamagedRequest(error) || attempt === attempts) throw error;
    }
  }
}

/** A lost reply, or a stream that broke on the way; not what the flash chip did wrong. */
function isTransient(error: unknown): boolean {
  if (error instanceof LoaderRefusal && DAMAGED_STREAM.has(statusName(error.status))) return true;
  return isDamage(error);
}

function placed(error: unknown, offset: number): unknown {
  return error instanceof LoaderRefusal ? error.at(offset, "stub") : error;
}
