/**
 * Doing what a plan says, and proving it.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import type { PackedRegion } from "../loader/stub-write.js";
import { formatOffset } from "../messages/catalogue.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { AbortSignalLike } from "../transport.js";
import { eraseChip, eraseRegion } from "./erase.js";
import type { EventListener, OperationResult } from "./event.js";
import { parsePlan } from "./parse-plan.js";
import type { FlashPlan, PlanData, PlannedWrite } from "./plan.js";
import { checkBinding, plannedBytes } from "./plan-binding.js";
import { ensureWritable } from "./protection.js";
import { type Region, regionEnd } from "./region.js";
import { timed } from "./timed.js";
import { holdsBytes, verifyFlash } from "./verify.js";

/** What comes of a plan that was run. */
export interface PlanOutcome {
  readonly result: OperationResult;
  /** Bytes of flash that were written. */
  readonly writtenBytes: number;
  /** Bytes of payload that went over the wire for them. */
  readonly wireBytes: number;
  readonly elapsedMs: number;
}

/** How to run a plan. */
export interface RunOptions {
  readonly onEvent?: EventListener;
  readonly signal?: AbortSignalLike;
  /**
   * Says that what the plan loses may be lost: `backed-up` when its bytes have been saved, `yes` when a person has agreed
   * without. A plan that loses nothing needs neither.
   */
  readonly lossesAccepted?: "backed-up" | "yes";
  /**
   * Says that the contents that the plan goes by were gathered in this session and nothing has touched the flash since, so
   * that what is kept need not be hashed again.
   */
  readonly contentsFresh?: boolean;
}

/**
 * Runs a plan: checks that it is for this chip, that its losses are accepted and that what it keeps is still there, clears
 * a block protection, erases, writes, and with the stub verifies every region by MD5 in the end. Until the first erase
 * nothing is changed.
 * @param data the bytes by SHA-256, from `planFlash`
 * @throws FlasherError `plan-format`, `plan-wrong-chip`, `plan-wrong-loader`, `plan-loses-data`, `plan-stale`,
 * `plan-data-missing`, `flash-protected`, `write-refused`, `verify-failed`, `command-timeout`, `port-lost`; the signal's
 * reason
 */
export async function runPlan(
  session: Session,
  plan: FlashPlan,
  data: PlanData,
  options: RunOptions = {},
): Promise<PlanOutcome> {
  const checked = parsePlan(plan);
  if (options.lossesAccepted === undefined) refuseLosses(checked);
  return new PlanRun(session, checked, data, options).run();
}

class PlanRun {
  /** The session's loader where it is the stub, which alone packs and verifies. */
  readonly #stub: StubLoader | undefined;
  readonly onEvent: EventListener;
  readonly signal: AbortSignalLike | undefined;

  constructor(
    readonly session: Session,
    readonly plan: FlashPlan,
    readonly data: PlanData,
    readonly options: RunOptions,
  ) {
    this.onEvent = options.onEvent ?? (() => {});
    this.signal = options.signal;
    this.#stub = session.loader instanceof StubLoader ? session.loader : undefined;
  }

  async run(): Promise<PlanOutcome> {
    const { session, plan, signal, onEvent } = this;
    checkBinding(session, plan);
    const bytes = plannedBytes(session, plan, this.data);
    if (this.options.contentsFresh !== true) {
      await this.#checkFills(bytes);
      await this.#checkAccounts();
    }
    const { clock } = session.connection;
    const start = clock.now();
    const packed = bytes.map((region) => this.#stub?.pack(region));
    const status = await ensureWritable(session.loader, signal);
    if ((status & session.target.spi.protectionMask) !== 0) {
      onEvent({ type: "note", code: "protection-cleared", params: { status } });
    }
    if (plan.eraseChip) await eraseChip(session, { onEvent, signal });
    for (const region of plan.erases) {
      throwIfAborted(signal);
      await eraseRegion(session, region, { onEvent, signal });
    }
    for (const [index, write] of plan.writes.entries()) await this.#write(write, bytes[index], packed[index]);
    await this.#verifyAll(bytes);
    return this.#outcome(clock.now() - start, packed);
  }

  /** What the plan keeps, or found to be as it is to be, must still be so. */
  async #checkAccounts(): Promise<void> {
    for (const { region, md5 } of keptWithDigest(this.plan)) {
      throwIfAborted(this.signal);
      const loader = this.session.requireStub("checking what is kept");
      await timed(loader.connection.clock, this.onEvent, "check", region, async () => {
        if ((await loader.md5(region, this.signal)) === md5) return;
        // A reply has no checksum of its own, so the answer may be what is damaged.
        if ((await loader.md5(region, this.signal)) !== md5)
          throw new FlasherError("plan-stale", { ...region });
      });
    }
  }

  /** What shares sectors with images goes back to flash as it was when the plan was made; it must still be so. */
  async #checkFills(bytes: readonly Uint8Array[]): Promise<void> {
    for (const [index, write] of this.plan.writes.entries()) {
      for (const { region, fate } of write.fills) {
        if (fate === "lost" || fate === "cleared") continue;
        const loader = this.session.requireStub("keeping what shares a sector");
        const start = region.offset - write.region.offset;
        const kept = bytes[index].subarray(start, start + region.size);
        if (!(await holdsBytes(loader, region.offset, kept, this.signal))) {
          throw new FlasherError("plan-stale", { ...region });
        }
      }
    }
  }

  async #write(write: PlannedWrite, bytes: Uint8Array, packed: PackedRegion | undefined): Promise<void> {
    throwIfAborted(this.signal);
    const { loader, connection } = this.session;
    const { region } = write;
    await timed(connection.clock, this.onEvent, "write", region, async (progress) => {
      if (this.#stub !== undefined && packed !== undefined) {
        await this.#stub.writePacked(region.offset, packed, progress, this.signal);
      } else await loader.write(region.offset, bytes, progress, this.signal);
    });
  }

  async #verifyAll(bytes: readonly Uint8Array[]): Promise<void> {
    const stub = this.#stub;
    if (stub === undefined) return;
    for (const [index, { region }] of this.plan.writes.entries()) {
      await timed(this.session.connection.clock, this.onEvent, "verify", region, async () => {
        await verifyFlash(stub, region.offset, bytes[index], this.signal);
      });
    }
  }

  #erasedBytes(): number {
    const { eraseChip: isWhole, erases } = this.plan;
    return isWhole ? this.session.flashSize : erases.reduce((sum, { size }) => sum + size, 0);
  }

  #outcome(elapsedMs: number, packed: readonly (PackedRegion | undefined)[]): PlanOutcome {
    const writtenBytes = this.plan.writes.reduce((sum, { region }) => sum + region.size, 0);
    const byStub = this.#stub !== undefined;
    const wireBytes = byStub
      ? packed.reduce((sum, region) => sum + (region?.wireSize ?? 0), 0)
      : writtenBytes;
    const seconds = (elapsedMs / 1000).toFixed(1);
    const rate = elapsedMs > 0 ? Math.round((writtenBytes * 8) / elapsedMs) : 0;
    const nothingToDo = this.plan.writes.length === 0 && this.plan.erases.length === 0;
    if (nothingToDo && !this.plan.eraseChip) return upToDate(elapsedMs);
    const erased = this.#erasedBytes();
    return {
      result:
        writtenBytes === 0
          ? { code: byStub ? "flash-erased" : "flash-erased-by-rom", params: { erased, seconds } }
          : {
              code: byStub ? "flash-written-verified" : "flash-written-by-rom",
              params: { written: writtenBytes, wire: wireBytes, seconds, rate },
            },
      writtenBytes,
      wireBytes,
      elapsedMs,
    };
  }
}

function upToDate(elapsedMs: number): PlanOutcome {
  return {
    result: { code: "flash-up-to-date", params: {} },
    writtenBytes: 0,
    wireBytes: 0,
    elapsedMs,
  };
}

function keptWithDigest({ accounts }: FlashPlan): { region: Region; md5: string }[] {
  return accounts.flatMap(({ fate, region, md5 }) =>
    md5 !== undefined && (fate === "kept" || fate === "equal") ? [{ region, md5 }] : [],
  );
}

/** @throws FlasherError `plan-loses-data` */
function refuseLosses({ accounts }: FlashPlan): void {
  const lost = accounts.filter(({ fate }) => fate === "lost");
  if (lost.length === 0) return;
  const what = new Set(lost.flatMap(({ holds, region }) => (holds.length > 0 ? holds : [nameOf(region)])));
  throw new FlasherError("plan-loses-data", { what: [...what] });
}

function nameOf(region: Region): string {
  return `${formatOffset(region.offset)}..${formatOffset(regionEnd(region) - 1)}`;
}
