/** Plans in files: saved to be looked at, run later exactly as they are. @module */
import { FlasherError, type FlashPlan, type PlanData, parsePlan } from "@flashwright/core";
import { readBytes, writeBytes } from "../files.js";

/** Writes a plan as JSON that `readPlan` takes. @throws FlasherError `file-unwritable` */
export async function savePlan(path: string, plan: FlashPlan): Promise<void> {
  await writeBytes(path, new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`));
}

/** The plan in a file. @throws FlasherError `file-missing`, `file-unreadable`, `plan-format` */
export async function readPlan(path: string): Promise<FlashPlan> {
  const text = new TextDecoder().decode(await readBytes(path));
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new FlasherError("plan-format", { path: "", expected: "JSON" });
  }
  return parsePlan(data);
}

/**
 * Makes sure that the bytes of a stored plan are at hand, from a plan that was made again from the same files. Where the
 * files are the same and the bytes are not, it is the chip that has changed: what shares sectors with images is other now.
 * @throws FlasherError `plan-data-missing`, `plan-stale`
 */
export function checkPlanData(stored: FlashPlan, again: { plan: FlashPlan; data: PlanData }): void {
  for (const { sha256, region } of stored.writes) {
    if (again.data.has(sha256)) continue;
    const sameFiles = stored.images.every((image) =>
      again.plan.images.some((other) => other.sha256 === image.sha256 && other.offset === image.offset),
    );
    throw sameFiles
      ? new FlasherError("plan-stale", { ...region })
      : new FlasherError("plan-data-missing", { sha256, offset: region.offset });
  }
}
