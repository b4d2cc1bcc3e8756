/**
 * What the stub can do besides what the ROM can: large and packed blocks, MD5, reading, chip erase, another baud rate.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import { FlasherError, isFlasherError } from "../errors.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { alignOutward, type Region } from "../flash/region.js";
import { type Command, eraseFlash, eraseRegion, spiFlashMd5 } from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { ask, getInStep, isDamage } from "./ask.js";
import { LinkRate } from "./link/link-rate.js";
import type { Loader, Progress } from "./loader.js";
import { readStream } from "./stub-read.js";
import { type PackedRegion, packRegion, writePacked } from "./stub-write.js";

/** The longest stretch that one READ_FLASH covers: what has to be read again after a damaged byte; shorter once one came. */
const READ_STRETCH = 0x100000;
const CAREFUL_STRETCH = 0x10000;
const READ_ATTEMPTS = 3;

/** The program that was uploaded into the chip's RAM. */
export class StubLoader implements Loader {
  readonly kind = "stub" as const;
  readonly title = "stub";

  constructor(
    readonly connection: Connection,
    readonly target: Target,
    readonly flashSize: number,
    readonly codecs: Codecs,
    /** The rate, which errors lower. */
    readonly link: LinkRate = new LinkRate(connection, target, target.uart.referenceBaudRate),
  ) {}

  erases(region: Region): Region {
    return alignOutward(region, SECTOR_SIZE);
  }

  /** Packs `bytes`, or leaves them raw where that is shorter: to be done before it is their turn. */
  pack(bytes: Uint8Array): PackedRegion {
    return packRegion(bytes, this.target.stub.dataBlockSize, this.codecs);
  }

  /**
   * Writes `bytes` from `offset`, a multiple of 4; returns when the stub says that all is in flash, which `md5` proves.
   * @throws FlasherError `write-refused`, `command-timeout`
   */
  async write(
    offset: number,
    bytes: Uint8Array,
    progress?: Progress,
    signal?: AbortSignalLike,
  ): Promise<void> {
    await this.writePacked(offset, this.pack(bytes), progress, signal);
  }

  /** `write` for bytes that are packed already. */
  async writePacked(
    offset: number,
    packed: PackedRegion,
    progress?: Progress,
    signal?: AbortSignalLike,
  ): Promise<void> {
    await writePacked(this, offset, packed, progress, signal);
  }

  async eraseRegion(region: Region, signal?: AbortSignalLike): Promise<void> {
    const sectors = alignOutward(region, SECTOR_SIZE);
    await this.#ask(eraseRegion(sectors.offset, sectors.size), signal);
  }

  /** Erases the whole chip; takes 10 to 60 s on silicon, with 16 MB up to 200 s. */
  async eraseChip(signal?: AbortSignalLike): Promise<void> {
    await this.#ask(eraseFlash(this.flashSize), signal);
  }

  /** MD5 of a region of flash as the chip computes it, in hex; about 0.7 s per MiB. */
  async md5(region: Region, signal?: AbortSignalLike): Promise<string> {
    const command = spiFlashMd5(region.offset, region.size);
    const cure = (why?: AbortSignalLike) => this.link.damaged(why);
    const digest = await ask(this.connection, this.target, command, signal, cure);
    if (digest.length !== 16) {
      throw new FlasherError("bad-reply", { op: "SPI_FLASH_MD5", size: digest.length, expected: 16 });
    }
    return toHex(digest);
  }

  /**
   * Reads a region of flash, proven by the MD5 that the stub sends with it. A damaged stretch is read again.
   * @throws FlasherError `read-mismatch`, `read-stalled` after three attempts
   */
  async read(region: Region, progress?: Progress, signal?: AbortSignalLike): Promise<Uint8Array> {
    const bytes = new Uint8Array(region.size);
    await this.readInto(region.offset, bytes, progress, signal);
    return bytes;
  }

  /**
   * `read` into bytes of the caller's. What has arrived when it fails is in them as far as was reported last; a part of that
   * may not be proven yet.
   */
  async readInto(
    offset: number,
    bytes: Uint8Array,
    progress?: Progress,
    signal?: AbortSignalLike,
  ): Promise<void> {
    let longest = READ_STRETCH;
    for (let done = 0; done < bytes.length; ) {
      const target = bytes.subarray(done, Math.min(done + longest, bytes.length));
      const readSoFar = done;
      const report = (got: number) => progress?.(readSoFar + got);
      if (await this.#readStretch(offset + done, target, report, signal)) done += target.length;
      else longest = CAREFUL_STRETCH;
    }
  }

  #ask<T>(command: Command<T>, signal: AbortSignalLike | undefined): Promise<T> {
    return ask(this.connection, this.target, command, signal);
  }

  /** @returns false where a long stretch was damaged, which is better read in shorter ones */
  async #readStretch(
    offset: number,
    target: Uint8Array,
    progress: Progress,
    signal: AbortSignalLike | undefined,
  ): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await getInStep(this.connection, this.target, signal);
        await readStream(this, offset, target, progress, signal);
        return true;
      } catch (error) {
        if (!isDamagedRead(error)) throw error;
        this.connection.inStep = false;
        if (await this.link.damaged(signal)) attempt = 0;
        else if (attempt === READ_ATTEMPTS) throw error;
        if (target.length > CAREFUL_STRETCH) return false;
      }
    }
  }
}

function isDamagedRead(error: unknown): boolean {
  return isDamage(error) || isFlasherError(error, "read-mismatch") || isFlasherError(error, "read-stalled");
}
