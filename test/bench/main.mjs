/**
 * The benchmark: `npm run bench`, or `npm run bench -- cpu slip` for a part of it. Prints what it measures beside its aim;
 * a noisy machine makes no failure, so it always exits 0.
 *
 * @module
 */
import { cpus } from "node:os";
import { measureAgent } from "./agent.mjs";
import { measureStall } from "./agent-stall.mjs";
import { measureAgentStart } from "./agent-start.mjs";
import { measureCpu } from "./cpu.mjs";
import { measureMemory } from "./in-memory.mjs";
import { measurePaced } from "./paced.mjs";
import { measurePage } from "./page.mjs";
import { measurePhases } from "./phases.mjs";
import { measureSlip } from "./slip.mjs";
import { measureSurvey } from "./survey.mjs";

const parts = {
  memory: measureMemory,
  cpu: measureCpu,
  slip: measureSlip,
  paced: measurePaced,
  phases: measurePhases,
  survey: measureSurvey,
  agent: measureAgent,
  "agent-start": measureAgentStart,
  "agent-stall": measureStall,
  page: measurePage,
};
const wanted = process.argv.slice(2).filter((name) => name in parts);

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown CPU"}`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log();
  await measure();
}
