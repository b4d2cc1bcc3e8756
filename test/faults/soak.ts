/** One cycle of what a bench does all day: connect, flash, reset; over a cable with a fault drawn from a seed. @module */
import { connect, esp8266, isFlasherError, planFlash, readFills, runPlan } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock, type Fault } from "@flashwright/virtual-device";
// Seeds that follow one another have nothing in common there; with a plain congruence they all begin alike.
import { seededRandom } from "../../packages/virtual-device/src/wire/random.js";
import { bootImage, noise } from "../support/content.js";

/** Longer than any deadline in the client: what takes longer hangs. In virtual milliseconds. */
export const PATIENCE_MS = 1_800_000;

const OFFSET = 0x10000;

/** What became of one cycle. */
export interface Cycle {
  readonly seed: number;
  readonly fault: Fault | undefined;
  /** "done", or the error's code. */
  readonly code: string;
  /** Whether flash holds what was promised, byte for byte, and the firmware was started. */
  readonly right: boolean;
  readonly elapsedMs: number;
  readonly portClosed: boolean;
}

/** A cable's fault; one cycle in five has none. */
function drawFault(random: () => number): Fault | undefined {
  const direction = random() < 0.5 ? "to-chip" : "to-host";
  const after = Math.floor(random() * (direction === "to-chip" ? 70_000 : 4000));
  const kinds: readonly (Fault | undefined)[] = [
    undefined,
    { kind: "drop-bytes", direction, after, count: 1 + Math.floor(random() * 40) },
    { kind: "corrupt-bytes", direction, after, count: 1 + Math.floor(random() * 40) },
    { kind: "drop-bytes", direction, after, probability: 10 ** -(3 + 2 * random()) },
    { kind: "corrupt-bytes", direction, after, probability: 10 ** -(3 + 2 * random()) },
    { kind: "corrupt-bytes", direction, after, probability: 0.01, aboveBaud: 300_000 },
    { kind: "delay-bytes", direction, after, ms: 1 + Math.floor(random() * 4000) },
    { kind: "silence", direction, after },
    { kind: "cut-line", direction, after },
    undefined,
  ];
  return kinds[Math.floor(random() * kinds.length)];
}

/** What a fault does, without its numbers. */
export function kindOf(fault: Fault | undefined): string {
  if (fault === undefined) return "none";
  const direction = "direction" in fault ? ` ${fault.direction}` : "";
  if ("aboveBaud" in fault) return `${fault.kind}${direction}, fast rates`;
  return `${fault.kind}${direction}${"probability" in fault ? ", all along" : ""}`;
}

/** Connects, writes, verifies, starts the firmware, closes the port; everything is drawn from `seed`. */
export async function cycle(seed: number): Promise<Cycle> {
  const random = seededRandom(seed);
  const fault = drawFault(random);
  const clock = createVirtualClock();
  const before = noise(0x20000, seed);
  before.set(bootImage());
  const faults = fault === undefined ? [] : [fault];
  const baudRate = [115_200, 460_800, 921_600][Math.floor(random() * 3)];
  const board = createVirtualBoard({ flash: before, clock, pace: "line", faults, seed });
  const image = {
    name: "image",
    offset: OFFSET,
    bytes: noise(0x8000 + Math.floor(random() * 0x4000), seed + 1),
  };
  const promised = board.flash.slice();
  promised.set(image.bytes, OFFSET);
  let code = "done";
  let started = false;
  try {
    const session = await connect(board.transport, { target: esp8266, clock, baudRate });
    const contents = await readFills(session, [image]);
    const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
    const { plan, data } = planFlash({ target: esp8266, chip, images: [image], contents });
    await runPlan(session, plan, data);
    await session.leave("hard-reset");
    clock.advance(500);
    started = board.state.mode === "application";
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    code = error.code;
  }
  await board.transport.close();
  const end = await board.transport.closed;
  const right = started && Buffer.compare(promised, board.flash) === 0;
  return { seed, fault, code, right, elapsedMs: clock.now(), portClosed: end !== undefined };
}
