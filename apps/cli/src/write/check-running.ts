/** Asking the firmware that runs after a flash whether it is what the plan says. @module */
import {
  FlasherError,
  type FlashPlan,
  formatStatement,
  isFlasherError,
  type OperationResult,
  type Session,
} from "@flashwright/core";
import { canCheckFirmware, checkFirmware, EspruinoConsole } from "@flashwright/core/console";
import { firmwareName } from "@flashwright/core/maps";
import type { Context } from "../context.js";
import { consoleTransport } from "../session/console-transport.js";

/** Rate of Espruino's console after every reset. */
const CONSOLE_RATE = 115_200;
/** A first start formats its storage and calibrates its radio before it listens; milliseconds. */
const START_MS = 15_000;

/**
 * Waits for the console and compares version, build, flash map and free flash with the plan. For other firmware than Espruino
 * it says that nothing was asked.
 * @param result of what was written, which stays true whatever the firmware says
 * @throws FlasherError `check-differs`, `console-no-answer`; those of `EspruinoConsole`
 */
export async function checkRunning(
  context: Context,
  session: Session,
  plan: FlashPlan,
  result: OperationResult,
): Promise<void> {
  const { emit } = context;
  if (!canCheckFirmware(plan)) {
    emit({ type: "warning", code: "check-not-asked", params: { firmware: writtenName(plan) } });
    return;
  }
  try {
    await check(context, session, plan);
  } catch (error) {
    if (isFlasherError(error)) emit({ type: "note", ...result });
    throw error;
  }
}

async function check({ emit, signal, world }: Context, session: Session, plan: FlashPlan): Promise<void> {
  const transport = consoleTransport(session);
  try {
    await transport.setBaudRate(CONSOLE_RATE);
    const board = new EspruinoConsole(transport, world.clock, { signal });
    await board.ready({ patienceMs: START_MS });
    const { outcome, facts, differences, report } = await checkFirmware(board, plan);
    emit({ type: "firmware-check", outcome, report });
    if (outcome === "differs") {
      throw new FlasherError("check-differs", { differences: differences.map(formatStatement) });
    }
    const firmware = writtenName(plan);
    if (outcome === "unknown") emit({ type: "warning", code: "check-nothing-known", params: { firmware } });
    else emit({ type: "note", code: "check-confirmed", params: { facts: facts.map(formatStatement) } });
  } finally {
    await transport.close();
  }
}

function writtenName({ firmware }: FlashPlan): string {
  return firmware === undefined ? "firmware that this program does not know" : firmwareName(firmware);
}
