/** `flashwright erase`. @module */
import {
  checkErase,
  eraseChip,
  eraseRegion,
  esp8266,
  FlasherError,
  type OperationResult,
  type Region,
  type Session,
} from "@flashwright/core";
import { parseNumber, parsePositive } from "../arguments/numbers.js";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { afterReading, withSession } from "../session/with-session.js";
import { shortSize } from "../view/text.js";

/** Options of `erase` beside those of the connection. */
export interface EraseOptions extends ConnectionOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** What a person types to agree to losing everything. */
const CONSENT = "erase";

/**
 * Erases a region of whole sectors, or with no region the whole chip, which has to be agreed to.
 * @throws FlasherError `usage` (an address alone), `number-invalid`, `erase-misaligned`, `erase-unconfirmed`,
 * `region-outside-flash`, `needs-stub`, `flash-protected`, `verify-failed`
 */
export async function erase(
  context: Context,
  [address, length]: readonly [string?, string?],
  options: EraseOptions,
): Promise<OperationResult> {
  const region = parseRegion(address, length);
  const agreed = options.yes === true || options.dryRun === true;
  if (region === undefined && !agreed && context.world.prompts === undefined) {
    throw new FlasherError("erase-unconfirmed");
  }
  return withSession(context, options, async (session) => {
    const target = region ?? { offset: 0, size: session.flashSize };
    checkErase(target, session.flashSize);
    if (region === undefined) session.requireStub("erasing the whole chip");
    const result = options.dryRun ? planned(target) : await run(context, session, region, agreed);
    await session.leave(afterReading(session, options.after), context.signal);
    return result;
  });
}

async function run(
  context: Context,
  session: Session,
  region: Region | undefined,
  agreed: boolean,
): Promise<OperationResult> {
  const { emit, signal } = context;
  if (region !== undefined) return eraseRegion(session, region, { onEvent: emit, signal });
  if (!agreed) await askConsent(context, session);
  return eraseChip(session, { onEvent: emit, signal });
}

function parseRegion(address: string | undefined, length: string | undefined): Region | undefined {
  if (address === undefined) return undefined;
  const offset = parseNumber(address, "an address");
  if (length === undefined) {
    throw new FlasherError("usage", { detail: "An address needs a length.", command: "flashwright erase" });
  }
  const region = { offset, size: parsePositive(length, "a length") };
  checkErase(region, esp8266.maxFlashSize);
  return region;
}

async function askConsent({ world }: Context, { chip, flashSize }: Session): Promise<void> {
  const question = `All ${shortSize(flashSize)} of ${chip.mac} will be erased. Type "${CONSENT}" to go on:`;
  const answer = await world.prompts?.type(question);
  if (answer?.trim().toLowerCase() !== CONSENT) throw new FlasherError("erase-unconfirmed");
}

function planned(region: Region): OperationResult {
  return { code: "erase-planned", params: { ...region } };
}
