/**
 * `node scripts/doctor-campaign.mjs [seed] [count]`: the doctor's examination with another seed, as long as one likes. Without
 * a seed one is drawn and printed.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { installOrExit } from "./bootstrap.mjs";
import { runTool } from "./support/workspace.mjs";

const [seed = randomBytes(4).toString("hex"), count = "20000"] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(count)) {
  console.error("Usage: node scripts/doctor-campaign.mjs [seed] [count]");
  process.exit(2);
}
await installOrExit();
const env = { FLASHWRIGHT_CAMPAIGN_SEED: seed, FLASHWRIGHT_CAMPAIGN_COUNT: count };
console.log(`seed ${seed}, ${count} flash contents`);
process.exitCode = await runTool("vitest", ["run", "--project", "test", "doctor/"], env);
