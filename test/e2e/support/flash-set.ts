/** A whole flashing as a person has it done: connect, plan, write, start, listen. @module */
import {
  type Clock,
  connect,
  esp8266,
  type Fill,
  type FlashEvent,
  planFlash,
  readFills,
  runPlan,
  type Transport,
  watchBoot,
} from "@flashwright/core";
import type { FirmwareSet } from "./firmware.js";

/** How to flash. */
export interface FlashSetOptions {
  readonly clock: Clock;
  readonly stub: boolean;
  readonly baudRate?: number;
  /** Called when all is written and nothing has started yet. */
  readonly onWritten?: () => void;
}

/** What came of it. */
export interface FlashSetReport {
  readonly loader: "rom" | "stub";
  readonly baudRate: number;
  /** The catalogue's word for the result of the write. */
  readonly result: string;
  /** What the plan said of the bytes around the images. */
  readonly fills: readonly Fill[];
  /** The boot messages that core heard, up to the jump into the firmware. */
  readonly bootLines: readonly string[];
}

const JUMP = /^jump to run/;

/** Flashes a set. The transport stays open. What shares sectors with the images is kept, as far as the loader can. */
export async function flashSet(
  transport: Transport,
  set: FirmwareSet,
  { clock, stub, baudRate, onWritten }: FlashSetOptions,
): Promise<FlashSetReport> {
  const rate = baudRate === undefined ? {} : { baudRate };
  const session = await connect(transport, { target: esp8266, clock, stub, ...rate });
  const { images, header } = set;
  const contents = stub ? await readFills(session, images) : [];
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const { plan, data } = planFlash({ target: esp8266, chip, images, header, contents });
  const { result } = await runPlan(session, plan, data);
  onWritten?.();
  const { loader, baudRate: reached } = session;
  const bootLines = await bootLinesUntilJump((onEvent, signal) =>
    watchBoot(session, { after: session.canReset ? "hard-reset" : "soft-reset", onEvent, signal }),
  );
  return {
    loader: loader.kind,
    baudRate: reached,
    result: result.code,
    fills: plan.writes.flatMap(({ fills }) => fills),
    bootLines,
  };
}

/** Ends the watch at the line that it is for, so that no silence has to be waited out. */
async function bootLinesUntilJump(
  watch: (onEvent: (event: FlashEvent) => void, signal: AbortSignal) => Promise<unknown>,
): Promise<string[]> {
  const heard = new AbortController();
  const lines: string[] = [];
  const onEvent = (event: FlashEvent) => {
    if (event.type !== "boot" || heard.signal.aborted) return;
    lines.push(event.line);
    if (JUMP.test(event.line)) heard.abort(heard);
  };
  await watch(onEvent, heard.signal).catch((error: unknown) => {
    if (error !== heard) throw error;
  });
  return lines;
}
