/**
 * Whether what was written is what starts.
 *
 * @module
 */
import type { BootVerdict } from "../boot/verdict.js";
import type { FlashPlan, PlannedBoot } from "../flash/plan.js";
import type { Statement } from "../image/flash-params.js";

/** What a boot log says of the slot that a plan wrote. */
export interface BootCheck {
  /**
   * `confirmed`: the log shows the slot. `other-slot`: it shows another one; what was written does not run. `unseen`: it
   * shows none. `any`: the plan is for firmware without slots.
   */
  readonly outcome: "confirmed" | "other-slot" | "unseen" | "any";
  /** In words; absent where any slot will do. */
  readonly statement?: Statement;
}

/** The slot that the boot log has to show when the plan has run; `undefined` where the plan does not say. */
export function expectedBoot({ boots }: FlashPlan): PlannedBoot | undefined {
  return boots;
}

/** Compares a boot with the plan; only `confirmed` says that what was written runs. */
export function checkBoot(plan: FlashPlan, { jump }: Pick<BootVerdict, "jump">): BootCheck {
  const expected = expectedBoot(plan);
  if (expected === undefined) return { outcome: "any" };
  const params = { slot: expected.slot, offset: expected.offset };
  if (jump === undefined) return { outcome: "unseen", statement: { code: "boot-slot-unseen", params } };
  if (`user${jump.slot}` === expected.slot && jump.offset === expected.offset) {
    return { outcome: "confirmed", statement: { code: "boot-slot-confirmed", params } };
  }
  const actual = { ...params, actual: jump.slot, actualOffset: jump.offset };
  return { outcome: "other-slot", statement: { code: "boot-other-slot", params: actual } };
}
