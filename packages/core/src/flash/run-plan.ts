/**
 * Doing what a plan says, and proving it.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import type { PackedRegion } from "../loader/stub-write.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { AbortSignalLike } from "../transport.js";
import { eraseChip } from "./erase.js";
import type { EventListener, OperationResult } from "./event.js";
import { parsePlan } from "./parse-plan.js";
import type { FlashPlan, PlanData, PlannedWrite } from "./plan.js";
import { ensureWritable } from "./protection.js";
import { regionEnd } from "./region.js";
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

/**
 * Runs a plan: checks that it is for this chip and that what it keeps is still there, clears a block protection, erases,
 * writes, and with the stub verifies every region by MD5 in the end. Until the first erase nothing is changed.
 * @param data the bytes by SHA-256, from `planFlash`
 * @throws FlasherError `plan-format`, `plan-wrong-chip`, `plan-wrong-loader`, `plan-stale`, `plan-data-missing`, `flash-protected`,
 * `write-refused`, `verify-failed`, `command-timeout`, `port-lost`; the signal's reason
 */
export async function runPlan(
  session: Session,
  plan: FlashPlan,
  data: PlanData,
  options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
): Promise<PlanOutcome> {
  const checked = parsePlan(plan);
  return new PlanRun(session, checked, data, options.onEvent ?? (() => {}), options.signal).run();
}

class PlanRun {
  /** The session's loader where it is the stub, which alone packs and verifies. */
  readonly #stub: StubLoader | undefined;

  constructor(
    readonly session: Session,
    readonly plan: FlashPlan,
    readonly data: PlanData,
    readonly onEvent: EventListener,
    readonly signal: AbortSignalLike | undefined,
  ) {
    this.#stub = session.loader instanceof StubLoader ? session.loader : undefined;
  }

  async run(): Promise<PlanOutcome> {
    const { session, plan, signal, onEvent } = this;
    this.#checkBinding();
    const bytes = plan.writes.map((write) => this.#bytesOf(write));
    await this.#checkKept(bytes);
    const { clock } = session.connection;
    const start = clock.now();
    const packed = bytes.map((region) => this.#stub?.pack(region));
    const status = await ensureWritable(session.loader, signal);
    if ((status & session.target.spi.protectionMask) !== 0) {
      onEvent({ type: "note", code: "protection-cleared", params: { status } });
    }
    if (plan.eraseChip) await eraseChip(session, { onEvent, signal });
    for (const [index, write] of plan.writes.entries()) await this.#write(write, bytes[index], packed[index]);
    await this.#verifyAll(bytes);
    return this.#outcome(clock.now() - start, packed);
  }

  #checkBinding(): void {
    const { session, plan } = this;
    const actual = session.chip.mac;
    if (plan.target !== session.target.name || plan.mac !== actual) {
      throw new FlasherError("plan-wrong-chip", { expected: plan.mac, actual });
    }
    if (plan.flashSize !== session.flashSize) {
      const [expected, found] = [plan.flashSize, session.flashSize].map(
        (size) => `with ${size} bytes of flash`,
      );
      throw new FlasherError("plan-wrong-chip", { expected, actual: found });
    }
    if (plan.loader !== session.loader.kind) {
      throw new FlasherError("plan-wrong-loader", { expected: plan.loader, actual: session.loader.kind });
    }
    for (const write of plan.writes) this.#checkErases(write);
  }

  /** What is shown as erased must be what this loader erases: with the mask ROM that is more than was asked. */
  #checkErases({ region, erases }: PlannedWrite): void {
    const { loader, flashSize } = this.session;
    const really = Math.min(regionEnd(loader.erases(region)), flashSize);
    if (regionEnd(erases) !== really) throw new FlasherError("plan-stale", { ...erases });
  }

  #bytesOf({ region, sha256 }: PlannedWrite): Uint8Array {
    const { codecs } = this.#stub ?? { codecs: defaultCodecs };
    const bytes = this.data.get(sha256);
    if (bytes?.length === region.size && toHex(codecs.sha256(bytes)) === sha256) return bytes;
    throw new FlasherError("plan-data-missing", { sha256, offset: region.offset });
  }

  /** What the plan keeps goes back to flash as it was when the plan was made; it must still be so. */
  async #checkKept(bytes: readonly Uint8Array[]): Promise<void> {
    for (const [index, write] of this.plan.writes.entries()) {
      for (const { region, fate } of write.fills) {
        if (fate === "lost") continue;
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

  #outcome(elapsedMs: number, packed: readonly (PackedRegion | undefined)[]): PlanOutcome {
    const writtenBytes = this.plan.writes.reduce((sum, { region }) => sum + region.size, 0);
    const byStub = this.#stub !== undefined;
    const wireBytes = byStub
      ? packed.reduce((sum, region) => sum + (region?.wireSize ?? 0), 0)
      : writtenBytes;
    const seconds = (elapsedMs / 1000).toFixed(1);
    const rate = elapsedMs > 0 ? Math.round((writtenBytes * 8) / elapsedMs) : 0;
    return {
      result: {
        code: byStub ? "flash-written-verified" : "flash-written-by-rom",
        params: { written: writtenBytes, wire: wireBytes, seconds, rate },
      },
      writtenBytes,
      wireBytes,
      elapsedMs,
    };
  }
}
