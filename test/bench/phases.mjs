/**
 * Where the time goes: identification and a flash in real time, phase by phase, at the rates that people use.
 *
 * @module
 */
import { esp8266, planFlash, readFills, runPlan } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { connectTo, firmwareLike } from "./support.mjs";

const RATES = [115_200, 460_800, 921_600];
const ONE_WAY_MS = 1;
const IMAGE_SIZE = 0x80000;
const OFFSET = 0x1000;

/** Phases in the order of the table. */
const PHASES = ["reset, SYNC", "identity", "stub", "rate", "write", "verify", "start"];

export async function measurePhases() {
  console.log(
    `With real-time pacing, ${ONE_WAY_MS} ms each way: ${IMAGE_SIZE / 1024} KiB that compress like firmware, seconds by phase`,
  );
  const columns = [];
  for (const baudRate of RATES) columns.push(await measureFlash(baudRate));
  row(
    "",
    RATES.map((rate) => `${rate} baud`),
  );
  for (const phase of PHASES)
    row(
      phase,
      columns.map((column) => inSeconds(column.get(phase) ?? 0)),
    );
  row(
    "identified after",
    columns.map((column) => inSeconds(sum(column, PHASES.slice(0, 2)))),
  );
  row(
    "all",
    columns.map((column) => inSeconds(sum(column, PHASES))),
  );
}

/** Milliseconds by phase. */
async function measureFlash(baudRate) {
  const wire = { oneWayDelayMs: ONE_WAY_MS };
  const board = createVirtualBoard({ board: "esp-12f", pace: "line", clock: systemClock, wire });
  const phases = new Map();
  const stopwatch = watchFrom(board.transport, phases);
  const session = await connectTo(stopwatch.transport, systemClock, { baudRate });
  stopwatch.finish();
  const bytes = firmwareLike(IMAGE_SIZE);
  const images = [{ name: "bench", offset: OFFSET, bytes }];
  const contents = await readFills(session, images);
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const { plan, data } = planFlash({ target: esp8266, chip, images, contents });
  await runPlan(session, plan, data, {
    onEvent: (event) => {
      if (event.type === "finished") add(phases, event.operation, event.elapsedMs);
    },
  });
  const start = performance.now();
  await session.leave("hard-reset");
  add(phases, "start", performance.now() - start);
  if (Buffer.compare(board.flash.subarray(OFFSET, OFFSET + IMAGE_SIZE), bytes) !== 0) {
    console.log("  WRONG: the flash does not hold what was written");
  }
  await board.transport.close();
  return phases;
}

/** Which phase of connecting a request belongs to, by its opcode: the first of its kind ends the phase before. */
const STARTS = new Map([
  [0x0a, "identity"],
  [0x05, "stub"],
  [0x0f, "rate"],
]);

/** A transport that notes when each phase of connecting begins. */
function watchFrom(transport, phases) {
  let phase = PHASES[0];
  let since = performance.now();
  const enter = (next) => {
    add(phases, phase, performance.now() - since);
    phase = next;
    since = performance.now();
  };
  const watched = new Proxy(transport, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "write") return value.bind(target);
      return (bytes) => {
        const begun = STARTS.get(bytes[0] === 0xc0 ? bytes[2] : -1);
        if (begun !== undefined && PHASES.indexOf(begun) > PHASES.indexOf(phase)) enter(begun);
        return value.call(target, bytes);
      };
    },
  });
  return { transport: watched, finish: () => enter("") };
}

function add(phases, phase, ms) {
  phases.set(phase, (phases.get(phase) ?? 0) + ms);
}

function sum(column, phases) {
  return phases.reduce((total, phase) => total + (column.get(phase) ?? 0), 0);
}

function inSeconds(ms) {
  return (ms / 1000).toFixed(2);
}

function row(name, cells) {
  console.log(`  ${name.padEnd(18)}${cells.map((cell) => cell.padStart(14)).join("")}`);
}
