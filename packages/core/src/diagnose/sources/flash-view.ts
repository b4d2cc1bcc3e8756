/**
 * A flash with a memory: nothing is asked twice, and what asking cost is counted.
 *
 * @module
 */
import { isFilledWith, toHex } from "../../bytes.js";
import { type Codecs, defaultCodecs } from "../../codecs.js";
import type { KnownContent } from "../../flash/contents.js";
import { ERASED_BYTE } from "../../flash/geometry.js";
import {
  alignOutward,
  contains,
  intersect,
  mergeRegions,
  type Region,
  subtractRegions,
} from "../../flash/region.js";
import { throwIfAborted } from "../../protocol/deadline.js";
import type { AbortSignalLike } from "../../transport.js";
import type { FlashSource } from "../flash-source.js";
import type { FlashContents, KnownDigest } from "../survey.js";
import { BlankDigests } from "./blank-digests.js";

/** The stub reads whole words. */
const READ_UNIT = 4;

/** What may be asked of a chip, in bytes. */
export interface LookLimits {
  readonly readBytes: number;
  readonly hashedBytes: number;
}

/** How a view looks. */
export interface ViewOptions {
  readonly codecs?: Codecs;
  readonly signal?: AbortSignalLike | undefined;
  /** None by default. A question beyond them is a bug, and thrown as one: ask `affords` before. */
  readonly limits?: LookLimits | undefined;
  /** What somebody learnt before. */
  readonly known?: FlashContents | undefined;
}

/** One flash, as far as it is known. Questions beyond its end answer for the part within. */
export class FlashView {
  readonly size: number;
  readonly codecs: Codecs;
  readonly blanks: BlankDigests;
  readBytes = 0;
  hashedBytes = 0;
  readonly #bytes: KnownContent[];
  readonly #digests: KnownDigest[];
  #blank: Region[];

  constructor(
    readonly source: FlashSource,
    readonly options: ViewOptions = {},
  ) {
    this.size = source.size;
    this.codecs = options.codecs ?? defaultCodecs;
    this.blanks = new BlankDigests(this.codecs);
    this.#bytes = [...(options.known?.bytes ?? [])];
    this.#digests = [...(options.known?.digests ?? [])];
    this.#blank = [...(options.known?.blank ?? [])];
  }

  /** The part of a region that the flash has. */
  clip(region: Region): Region {
    return intersect(region, { offset: 0, size: this.size }) ?? { offset: region.offset, size: 0 };
  }

  /** Whether a question of this cost stays within the limits. */
  affords(cost: Partial<LookLimits>): boolean {
    const { limits } = this.options;
    if (limits === undefined) return true;
    const read = this.readBytes + (cost.readBytes ?? 0);
    return read <= limits.readBytes && this.hashedBytes + (cost.hashedBytes ?? 0) <= limits.hashedBytes;
  }

  /** What is known of a region without asking; `undefined` where a byte of it is not. */
  peek(region: Region): Uint8Array | undefined {
    const wanted = this.clip(region);
    if (wanted.size === 0) return new Uint8Array();
    const held = this.#bytes.find(({ offset, bytes }) => contains({ offset, size: bytes.length }, wanted));
    if (held !== undefined) {
      const start = wanted.offset - held.offset;
      return held.bytes.subarray(start, start + wanted.size);
    }
    const isBlank = this.#blank.some((blank) => contains(blank, wanted));
    return isBlank ? new Uint8Array(wanted.size).fill(ERASED_BYTE) : undefined;
  }

  /** The bytes of a region. */
  async read(region: Region): Promise<Uint8Array> {
    const known = this.peek(region);
    if (known !== undefined) return known;
    const wanted = this.clip(alignOutward(region, READ_UNIT));
    this.#pay({ readBytes: wanted.size });
    const bytes = await this.source.read(wanted);
    this.readBytes += wanted.size;
    this.learn(wanted.offset, bytes);
    return this.peek(region) ?? new Uint8Array();
  }

  /** MD5 of a region in lower-case hex. */
  async md5(region: Region): Promise<string> {
    const wanted = this.clip(region);
    const bytes = this.peek(wanted);
    if (bytes !== undefined) return toHex(this.codecs.md5(bytes));
    const known = this.#digests.find(({ offset, size }) => offset === wanted.offset && size === wanted.size);
    if (known !== undefined) return known.md5;
    this.#pay({ hashedBytes: wanted.size });
    const md5 = await this.source.md5(wanted);
    this.hashedBytes += wanted.size;
    this.#digests.push({ ...wanted, md5 });
    if (md5 === this.blanks.of(wanted.size)) this.#blank = mergeRegions([...this.#blank, wanted]);
    return md5;
  }

  /** Whether every byte of a region is erased. */
  async isBlank(region: Region): Promise<boolean> {
    const wanted = this.clip(region);
    if (this.#blank.some((blank) => contains(blank, wanted))) return true;
    return (await this.md5(wanted)) === this.blanks.of(wanted.size);
  }

  /** Takes bytes that the flash is known to hold. */
  learn(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#bytes.push({ offset, bytes });
    if (isFilledWith(bytes, ERASED_BYTE)) {
      this.#blank = mergeRegions([...this.#blank, { offset, size: bytes.length }]);
    }
  }

  /** What of a region is known to be erased, by rising offset. */
  blankIn(region: Region): Region[] {
    return mergeRegions(this.#blank.flatMap((blank) => intersect(blank, region) ?? []));
  }

  /** All that is known now. */
  contents(): FlashContents {
    return { bytes: joined(this.#bytes), digests: [...this.#digests], blank: [...this.#blank] };
  }

  #pay(cost: Partial<LookLimits>): void {
    throwIfAborted(this.options.signal);
    if (!this.affords(cost)) throw new Error("a look at flash went beyond its limits");
  }
}

/** The same bytes with each known once: what touches or overlaps is one stretch. */
function joined(contents: readonly KnownContent[]): KnownContent[] {
  const regions = contents.map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  return mergeRegions(regions).map((region) => {
    const whole = contents.find(
      ({ offset, bytes }) => offset === region.offset && bytes.length === region.size,
    );
    if (whole !== undefined) return whole;
    const bytes = new Uint8Array(region.size);
    let missing: Region[] = [region];
    for (const piece of contents) {
      const held = { offset: piece.offset, size: piece.bytes.length };
      for (const part of missing.flatMap((hole) => intersect(hole, held) ?? [])) {
        const from = part.offset - piece.offset;
        bytes.set(piece.bytes.subarray(from, from + part.size), part.offset - region.offset);
      }
      missing = missing.flatMap((hole) => subtractRegions(hole, [held]));
    }
    return { offset: region.offset, bytes };
  });
}
