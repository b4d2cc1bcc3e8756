/**
 * The goal of a request, by its intent.
 *
 * @module
 */
import { Intent } from "../flash/account.js";
import type { FlashContents } from "../flash/contents.js";
import type { Goal } from "./goal.js";
import { packageGoal } from "./package-goal.js";
import type { MeaningRequest } from "./package-request.js";
import { repairGoal } from "./repair-goal.js";
import { restoreGoal } from "./restore-goal.js";

/** What flash is to hold. @throws FlasherError those of the goals */
export function goalFor(request: MeaningRequest, contents: FlashContents): Goal {
  if (request.intent === Intent.restore) return restoreGoal(request);
  return request.package === undefined ? repairGoal(request, contents) : packageGoal(request, contents);
}
