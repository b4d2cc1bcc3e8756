/** `flashwright demo`. @module */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FlasherError, type OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";
import { type ActOneFirmware, actOne } from "../demo/act-one.js";
import { madeActOne, readActOne } from "../demo/act-one-firmware.js";
import { actTwo } from "../demo/act-two.js";
import { SPEED, Stage } from "../demo/stage.js";

/** Options of `demo`. */
export interface DemoOptions {
  /** A folder with real firmware for the first act. */
  readonly firmware?: string;
  /** One act alone. */
  readonly act?: "1" | "2";
}

/** An act: a title, and what happens. */
interface Act {
  readonly number: 1 | 2;
  readonly title: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/**
 * Two stories on virtual boards, told with this program's own commands. Everything that is shown is really done, on a
 * simulated chip whose time runs `SPEED` times as fast as ours.
 * @throws FlasherError `usage`, `demo-not-espruino`, those of reading the folder, and those of the commands
 */
export async function demo(context: Context, options: DemoOptions): Promise<OperationResult> {
  const { firmware, act } = options;
  if (firmware !== undefined && act === "2") {
    const detail = "--firmware is for the first act.";
    throw new FlasherError("usage", { detail, command: "flashwright demo" });
  }
  const images = firmware === undefined ? madeActOne() : await readActOne(firmware);
  const acts = actsWith(images).filter(({ number }) => act === undefined || String(number) === act);
  context.emit({ type: "told", text: INTRODUCTION });
  await context.output.prepareProgress();
  for (const each of acts) await play(context, each);
  return { code: "demo-shown", params: {} };
}

const INTRODUCTION =
  `Virtual boards, simulated down to the ROM loader of their chips, on a clock that runs ${SPEED} times as fast as yours: ` +
  "all times below are the board's own. Every command is really done.";

function actsWith(firmware: ActOneFirmware): Act[] {
  return [
    { number: 1, title: "a warning", play: (stage) => actOne(stage, firmware) },
    { number: 2, title: "a dead chip", play: actTwo },
  ];
}

/** Each act has a board and a folder of its own; nothing of either is left. */
async function play(context: Context, { number, title, play: perform }: Act): Promise<void> {
  context.emit({ type: "act", act: number, title });
  const folder = await mkdtemp(join(tmpdir(), "flashwright-demo-"));
  try {
    await perform(await Stage.setUp(context, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
