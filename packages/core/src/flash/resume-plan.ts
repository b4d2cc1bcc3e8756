/**
 * Going on with a plan whose run was cut off.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import { eraseRegion } from "./erase.js";
import { ERASED_BYTE } from "./geometry.js";
import { missingSectors } from "./missing-sectors.js";
import { parsePlan } from "./parse-plan.js";
import type { FlashPlan, PlanData } from "./plan.js";
import { checkBinding, plannedBytes } from "./plan-binding.js";
import { ensureWritable } from "./protection.js";
import { type Region, subtractRegions, totalSize } from "./region.js";
import { type PlanOutcome, type RunOptions, runPlan } from "./run-plan.js";
import { timed } from "./timed.js";
import { verifyFlash } from "./verify.js";

/** How to go on. */
export type ResumeOptions = Omit<RunOptions, "contentsFresh">;

/**
 * Goes on with a plan in a new session after the one before was lost in the middle of `runPlan`: by MD5 finds which sectors do
 * not hold yet what the plan promises, erases and writes those, and verifies everything. What the plan keeps is not looked at;
 * the board may have started in between and used it. The mask ROM has no MD5: with it all is written once more.
 *
 * Losses need no second consent: it was given when the run began.
 * @param plan as it was run
 * @param data as it was run with
 * @throws FlasherError `plan-wrong-chip` (another chip: both MACs), and those of `runPlan`; the signal's reason
 */
export async function resumePlan(
  session: Session,
  plan: FlashPlan,
  data: PlanData,
  options: ResumeOptions = {},
): Promise<PlanOutcome> {
  const checked = parsePlan(plan);
  checkBinding(session, checked);
  if (!(session.loader instanceof StubLoader)) {
    return runPlan(session, checked, data, { lossesAccepted: "yes", ...options, contentsFresh: true });
  }
  return new Resumption(session, session.loader, checked, data, options).run();
}

class Resumption {
  constructor(
    readonly session: Session,
    readonly stub: StubLoader,
    readonly plan: FlashPlan,
    readonly data: PlanData,
    readonly options: ResumeOptions,
  ) {}

  async run(): Promise<PlanOutcome> {
    const { session, stub, plan, options } = this;
    const { clock } = session.connection;
    const start = clock.now();
    const bytes = plannedBytes(session, plan, this.data);
    // A flash chip that kept its power goes on with an erase by itself, and what it answers until then means nothing.
    await ensureWritable(stub, options.signal);
    await this.#checkEqual();
    const erases: Region[] = [];
    for (const region of this.#blankRegions()) erases.push(...(await this.#notBlank(region)));
    const writes: Region[][] = [];
    for (const [index, { region }] of plan.writes.entries()) {
      writes.push(await this.#missing(region, bytes[index]));
    }
    const missing = writes.flat();
    options.onEvent?.({
      type: "note",
      code: "plan-resumed",
      params: {
        missing: totalSize([...missing, ...erases]),
        size: totalSize([...plan.writes.map((write) => write.region), ...this.#blankRegions()]),
        writes: missing.length,
        erases: erases.length,
      },
    });
    for (const region of erases) await eraseRegion(session, region, options);
    let wireBytes = 0;
    for (const [index, { region }] of plan.writes.entries()) {
      for (const part of writes[index]) wireBytes += await this.#write(part, region, bytes[index]);
    }
    for (const [index, { region }] of plan.writes.entries()) {
      await this.#timed("verify", region, () =>
        verifyFlash(stub, region.offset, bytes[index], options.signal),
      );
    }
    return outcomeOf(totalSize(missing), wireBytes, clock.now() - start);
  }

  /** What the run left alone because it was right; the board may have started in between. @throws FlasherError `verify-failed` */
  async #checkEqual(): Promise<void> {
    for (const { fate, region, md5 } of this.plan.accounts) {
      if (fate !== "equal" || md5 === undefined) continue;
      const { signal } = this.options;
      const ask = () => this.#timed("check", region, () => this.stub.md5(region, signal));
      // A reply has no checksum of its own, so the answer may be what is damaged.
      if ((await ask()) === md5) continue;
      const actual = await ask();
      if (actual !== md5) throw new FlasherError("verify-failed", { ...region, expected: md5, actual });
    }
  }

  /** What is to be blank in the end: with a plan that erases the chip all that it does not write. */
  #blankRegions(): readonly Region[] {
    const { eraseChip, erases, flashSize, writes } = this.plan;
    if (!eraseChip) return erases;
    return subtractRegions(
      { offset: 0, size: flashSize },
      writes.map((write) => write.erases),
    );
  }

  #notBlank(region: Region): Promise<Region[]> {
    return this.#missing(region, new Uint8Array(region.size).fill(ERASED_BYTE));
  }

  #missing(region: Region, bytes: Uint8Array): Promise<Region[]> {
    return this.#timed("check", region, (progress) =>
      missingSectors(this.stub, region.offset, bytes, progress, this.options.signal),
    );
  }

  /** @returns bytes of payload that went over the wire */
  async #write(part: Region, whole: Region, bytes: Uint8Array): Promise<number> {
    const start = part.offset - whole.offset;
    const packed = this.stub.pack(bytes.subarray(start, start + part.size));
    await this.#timed("write", part, (progress) =>
      this.stub.writePacked(part.offset, packed, progress, this.options.signal),
    );
    return packed.wireSize;
  }

  #timed<T>(
    operation: "check" | "write" | "verify",
    region: Region,
    work: (progress: (doneBytes: number) => void) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.session.connection;
    return timed(clock, this.options.onEvent ?? (() => {}), operation, region, work);
  }
}

function outcomeOf(writtenBytes: number, wireBytes: number, elapsedMs: number): PlanOutcome {
  const seconds = (elapsedMs / 1000).toFixed(1);
  const rate = elapsedMs > 0 ? Math.round((writtenBytes * 8) / elapsedMs) : 0;
  return {
    result: {
      code: "flash-written-verified",
      params: { written: writtenBytes, wire: wireBytes, seconds, rate },
    },
    writtenBytes,
    wireBytes,
    elapsedMs,
  };
}
