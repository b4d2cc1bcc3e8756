/**
 * Against the line: the virtual board takes the time that a real one takes, in real time, with a delay each way as a USB
 * bridge has it.
 *
 * @module
 */
import { encodeFrame, runPlan } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { connectTo, MIB, noise, percent, planFor, report, seconds } from "./support.mjs";

const START_AIMS = new Map([
  [115_200, "aim 1.5 s"],
  [460_800, "aim 0.45 s"],
]);
const TRANSFERS = [
  { baudRate: 460_800, aims: ["aim 5 %", "aim 4 %"] },
  { baudRate: 921_600, aims: ["aim 10 %", "aim 7 %"] },
];
const DELAYS_MS = [1, 4];
const START_RUNS = 3;

export async function measurePaced() {
  console.log("With real-time pacing: from the first reset to a running stub with the chip identified");
  for (const [baudRate, aim] of START_AIMS) {
    for (const oneWayDelayMs of DELAYS_MS) {
      const times = [];
      for (let run = 0; run < START_RUNS; run++) times.push(await measureStart(baudRate, oneWayDelayMs));
      const median = times.sort((a, b) => a - b)[Math.floor(START_RUNS / 2)];
      report(`from ${baudRate} baud, ${oneWayDelayMs} ms each way`, seconds(median), aim);
    }
  }
  console.log(
    "1 MiB of random data onto blank flash and back, over the pure line time of its bytes (escapes included)",
  );
  for (const { baudRate, aims } of TRANSFERS) {
    for (const oneWayDelayMs of DELAYS_MS) await measureTransfer(baudRate, oneWayDelayMs, aims);
  }
}

async function measureStart(baudRate, oneWayDelayMs) {
  const board = pacedBoard(oneWayDelayMs);
  const start = performance.now();
  await connectTo(board.transport, systemClock, { baudRate });
  const elapsed = performance.now() - start;
  await board.transport.close();
  return elapsed;
}

async function measureTransfer(baudRate, oneWayDelayMs, [writeAim, readAim]) {
  const board = pacedBoard(oneWayDelayMs);
  const session = await connectTo(board.transport, systemClock, { baudRate });
  const bytes = noise(MIB);
  const lineMs = (encodeFrame(bytes).length * 10_000) / baudRate;
  const { plan, data } = planFor(session, bytes, 0x100000);
  let writeMs = 0;
  let verifyMs = 0;
  await runPlan(session, plan, data, {
    onEvent: (event) => {
      if (event.type !== "finished") return;
      if (event.operation === "write") writeMs += event.elapsedMs;
      else verifyMs += event.elapsedMs;
    },
  });
  const start = performance.now();
  const read = await session.requireStub("bench").read({ offset: 0x100000, size: MIB });
  const readMs = performance.now() - start;
  if (Buffer.compare(read, bytes) !== 0) console.log("  WRONG: what was read is not what was written");
  const label = `${baudRate} baud, ${oneWayDelayMs} ms each way`;
  report(
    `${label}: written (${seconds(writeMs)}; MD5 ${seconds(verifyMs)} more)`,
    percent(writeMs / lineMs - 1),
    writeAim,
  );
  report(`${label}: read (${seconds(readMs)})`, percent(readMs / lineMs - 1), readAim);
  await board.transport.close();
}

function pacedBoard(oneWayDelayMs) {
  return createVirtualBoard({ board: "esp-12f", pace: "line", clock: systemClock, wire: { oneWayDelayMs } });
}
