/**
 * Every parser that takes foreign bytes. A new one is a line here, and is then fuzzed by `npm test` and by
 * `npm run fuzz`.
 *
 * @module
 */

import type { FuzzTarget } from "./target.js";
import { agentTargets } from "./targets/agent-targets.js";
import { backupTargets } from "./targets/backup-targets.js";
import { bootTargets } from "./targets/boot-targets.js";
import { imageTargets } from "./targets/image-targets.js";
import { packageTargets } from "./targets/package-targets.js";
import { planTargets } from "./targets/plan-targets.js";

/** All of them. */
export const targets: readonly FuzzTarget[] = [
  ...packageTargets,
  ...imageTargets,
  ...planTargets,
  ...bootTargets,
  ...backupTargets,
  ...agentTargets,
];
