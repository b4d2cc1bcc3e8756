/**
 * What the mask ROM's loader can do: RAM, registers, and flash in small blocks that it reads back and sums up.
 *
 * @module
 */
import { padTo } from "../bytes.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { alignOutward, type Region, regionEnd } from "../flash/region.js";
import { flashData, romFlashBegin, timeoutForSize } from "../protocol/command.js";
import { type Connection, LoaderRefusal } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { ask, getInStep, isDamage } from "./ask.js";
import type { Loader, Progress } from "./loader.js";

/** How often one data block is sent before the region is given up. */
const BLOCK_ATTEMPTS = 3;
const REASON_FAILED = 6;

/** The loader in the chip's mask ROM. It has no MD5, cannot read flash back to the host, and erases more than asked. */
export class RomLoader implements Loader {
  readonly kind = "rom" as const;
  readonly title = "ROM loader";

  constructor(
    readonly connection: Connection,
    readonly target: Target,
    readonly flashSize: number,
  ) {}

  /** What erasing for a write or erase of `region` really clears. */
  erases(region: Region): Region {
    return this.target.rom.erases(alignOutward(region, SECTOR_SIZE));
  }

  /**
   * Writes `bytes` from `offset`, a multiple of 4096. Each block is read back and summed up by the ROM, which is all the
   * proof that it offers.
   * @throws FlasherError `write-refused` with the offset; `command-timeout`
   */
  async write(
    offset: number,
    bytes: Uint8Array,
    progress?: Progress,
    signal?: AbortSignalLike,
  ): Promise<void> {
    const { dataBlockSize } = this.target.rom;
    const padded = padTo(bytes, dataBlockSize);
    await this.#eraseFor({ offset, size: padded.length }, signal);
    const blocks = padded.length / dataBlockSize;
    let sequenceStart = 0;
    let failures = 0;
    for (let block = 0; block < blocks; ) {
      const payload = padded.subarray(block * dataBlockSize, (block + 1) * dataBlockSize);
      try {
        const command = flashData(payload, block - sequenceStart, timeoutForSize(dataBlockSize));
        await this.connection.send(command, signal);
        block++;
        failures = 0;
        progress?.(Math.min(block * dataBlockSize, bytes.length));
      } catch (error) {
        const at = offset + block * dataBlockSize;
        if (++failures >= BLOCK_ATTEMPTS || !isDamage(error)) throw this.#placed(error, at);
        await this.#resume(at, blocks - block, signal);
        sequenceStart = block;
      }
    }
  }

  /** Erases whole sectors; see `erases` for what goes with them. */
  async eraseRegion(region: Region, signal?: AbortSignalLike): Promise<void> {
    await this.#eraseFor(alignOutward(region, SECTOR_SIZE), signal);
  }

  /**
   * FLASH_BEGIN that erases. Where the extra sector lies beyond the end of flash, the ROM reports a failure although it
   * has erased the region (measured); the announcement is then made again without erasing.
   */
  async #eraseFor(region: Region, signal: AbortSignalLike | undefined): Promise<void> {
    const { rom } = this.target;
    const sectors = alignOutward(region, SECTOR_SIZE);
    const erased = this.erases(sectors);
    const blocks = Math.ceil(region.size / rom.dataBlockSize);
    const begin = romFlashBegin(
      rom.eraseWord(sectors),
      blocks,
      rom.dataBlockSize,
      region.offset,
      erased.size,
    );
    try {
      await ask(this.connection, this.target, begin, signal);
    } catch (error) {
      const pastEnd = regionEnd(erased) > this.flashSize;
      if (!(pastEnd && isRefusal(error, REASON_FAILED))) throw this.#placed(error, region.offset);
      await this.#announce(region.offset, blocks, signal);
    }
  }

  /**
   * After a failed block: a new announcement at its place, without erasing. The ROM counts a block before it checks it, so
   * that sending the same number again is refused.
   */
  async #resume(offset: number, blocks: number, signal: AbortSignalLike | undefined): Promise<void> {
    await getInStep(this.connection, this.target, signal);
    await this.#announce(offset, blocks, signal);
  }

  /** FLASH_BEGIN without erasing. Inside a sector the ROM answers "failed", yet takes the blocks (measured). */
  async #announce(offset: number, blocks: number, signal: AbortSignalLike | undefined): Promise<void> {
    const begin = romFlashBegin(0, blocks, this.target.rom.dataBlockSize, offset, 0);
    try {
      await ask(this.connection, this.target, begin, signal);
    } catch (error) {
      if (!(isRefusal(error, REASON_FAILED) && offset % SECTOR_SIZE !== 0)) throw this.#placed(error, offset);
    }
  }

  #placed(error: unknown, offset: number): unknown {
    return error instanceof LoaderRefusal ? error.at(offset, this.title) : error;
  }
}

function isRefusal(error: unknown, reason: number): boolean {
  return error instanceof LoaderRefusal && error.status.code === 1 && error.status.reason === reason;
}
