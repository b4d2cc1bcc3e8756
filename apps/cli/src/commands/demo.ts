/** `flashwright demo`. @module */
import {
  type Clock,
  connect,
  esp8266,
  type FlashPlan,
  type OperationResult,
  type PlanData,
  planFlash,
  readFills,
  runPlan,
  type Session,
  watchBoot,
} from "@flashwright/core";
import type { Context } from "../context.js";
import { usedFlash } from "../demo/earlier-owner.js";
import { readFirmwareFolder } from "../demo/firmware-folder.js";
import { type FirmwareSet, madeFirmwareSet } from "../demo/firmware-set.js";
import { mapFlash } from "../demo/map-flash.js";
import { pacedClock } from "../demo/paced-clock.js";
import { wrap } from "../view/text.js";

/** Options of `demo`. */
export interface DemoOptions {
  readonly firmware?: string;
}

const BOARD = "esp-12f";
/** The board's seconds in each one of the person who watches. */
const SPEED = 4;
const INTRODUCTION_WIDTH = 78;

/**
 * The main job on a virtual board: identify, plan, write, verify, look around, watch it boot, draw the map. Everything that
 * is shown was really done, on a simulated chip whose time runs `SPEED` times as fast as ours.
 * @throws FlasherError `package-not-recognised`, those of `readFirmwareFolder`, and those of the steps
 */
export async function demo(context: Context, options: DemoOptions): Promise<OperationResult> {
  const { output, world } = context;
  const firmware =
    options.firmware === undefined ? madeFirmwareSet() : await readFirmwareFolder(options.firmware);
  const clock = pacedClock(world.clock, SPEED);
  const { boards, createVirtualBoard } = await import("@flashwright/virtual-device");
  const flash = usedFlash(boards[BOARD].flash.size, firmware.images);
  const { transport } = createVirtualBoard({ board: BOARD, clock, pace: "line", flash });
  introduce(context, firmware);
  await output.prepareProgress();
  try {
    return await present(context, firmware, await connectBoard(context, transport, clock));
  } finally {
    await transport.close();
  }
}

function introduce({ output }: Context, { origin }: FirmwareSet): void {
  const sentences = [
    `A virtual ESP-12F, simulated down to its ROM loader, on a clock that runs ${SPEED} times as fast as yours: all times below are the board's own, at the pace of a real one.`,
    origin,
    "On its flash are settings of an earlier owner, and data right behind the place where the firmware ends.",
  ];
  for (const sentence of sentences) {
    for (const line of wrap(sentence, INTRODUCTION_WIDTH, 0)) output.line(output.colours.dim(line));
  }
  output.line("");
}

async function connectBoard(
  { signal, emit }: Context,
  transport: Parameters<typeof connect>[0],
  clock: Clock,
): Promise<Session> {
  return connect(transport, { target: esp8266, clock, signal, onEvent: emit });
}

async function present(context: Context, firmware: FirmwareSet, session: Session): Promise<OperationResult> {
  const { emit, signal } = context;
  const { plan, data } = await makePlan(context, session, firmware);
  emit({ type: "planned", plan });
  const { result } = await write(context, session, plan, data);
  const regions = await mapFlash(session.requireStub("looking at the flash"), plan, signal);
  const verdict = await watchBoot(session, { onEvent: emit, signal });
  emit({ type: "verdict", ...verdict });
  emit({ type: "map", flashSize: session.flashSize, regions });
  return result;
}

async function makePlan(
  { emit, signal }: Context,
  session: Session,
  { images, header }: FirmwareSet,
): Promise<{ plan: FlashPlan; data: PlanData }> {
  const { chip, flashSize, loader } = session;
  return planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images,
    header,
    contents: await readFills(session, images, { onEvent: emit, signal }),
  });
}

async function write(context: Context, session: Session, plan: FlashPlan, data: PlanData) {
  return runPlan(session, plan, data, { onEvent: context.emit, signal: context.signal });
}
