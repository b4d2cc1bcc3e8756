/**
 * Whether a plan is for this session, and whether all of its bytes are there.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import type { Session } from "../loader/session.js";
import { StubLoader } from "../loader/stub-loader.js";
import type { FlashPlan, PlanData } from "./plan.js";
import { type Region, regionEnd } from "./region.js";

/** @throws FlasherError `plan-wrong-chip`, `plan-wrong-loader`; `plan-stale` where this loader would erase other sectors */
export function checkBinding(session: Session, plan: FlashPlan): void {
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
  for (const { region, erases } of plan.writes) checkErases(session, region, erases);
  for (const region of plan.erases) checkErases(session, region, region);
}

/** What is shown as erased must be what this loader erases: with the mask ROM that is more than was asked. */
function checkErases({ loader, flashSize }: Session, asked: Region, shown: Region): void {
  const really = Math.min(regionEnd(loader.erases(asked)), flashSize);
  if (regionEnd(shown) !== really) throw new FlasherError("plan-stale", { ...shown });
}

/** The bytes of each write, proven by their digests. @throws FlasherError `plan-data-missing` */
export function plannedBytes(session: Session, plan: FlashPlan, data: PlanData): Uint8Array[] {
  const { codecs } = session.loader instanceof StubLoader ? session.loader : { codecs: defaultCodecs };
  return plan.writes.map(({ region, sha256 }) => {
    const bytes = data.get(sha256);
    if (bytes?.length === region.size && toHex(codecs.sha256(bytes)) === sha256) return bytes;
    throw new FlasherError("plan-data-missing", { sha256, offset: region.offset });
  });
}
