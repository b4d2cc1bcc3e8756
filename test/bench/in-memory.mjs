/** 4 MiB written, verified and read back on the virtual board at unlimited speed. @module */
import { runPlan } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { connectTo, firmwareLike, MIB, planFor, report, seconds } from "./support.mjs";

export async function measureMemory() {
  console.log(
    "4 MiB on the virtual board in memory, unlimited speed (client, chip, deflate, inflate, MD5 in one process)",
  );
  const board = createVirtualBoard({ board: "esp-12f" });
  const session = await connectTo(board.transport, systemClock);
  const bytes = firmwareLike(4 * MIB);
  const { plan, data } = planFor(session, bytes, 0);
  const start = performance.now();
  await runPlan(session, plan, data);
  const written = performance.now();
  const read = await session.requireStub("bench").read({ offset: 0, size: bytes.length });
  const done = performance.now();
  if (Buffer.compare(read, bytes) !== 0) console.log("  WRONG: what was read is not what was written");
  report("written and verified", seconds(written - start), "aim 3 s");
  report("read back and verified", seconds(done - written), "aim 3 s");
  report("memory of the process", `${Math.round(process.memoryUsage().rss / MIB)} MiB`, "aim 150 MB");
  await board.transport.close();
}
