/** `flashwright erase`. @module */
import {
  checkErase,
  eraseChip,
  eraseRegion,
  esp8266,
  FlasherError,
  intersect,
  type OperationResult,
  type Region,
  resumeErase,
  type Session,
} from "@flashwright/core";
import type { Board } from "@flashwright/core/board";
import type { Survey } from "@flashwright/core/diagnose";
import { parseNumber, parsePositive } from "../arguments/numbers.js";
import { isAddress, regionNames } from "../arguments/region-names.js";
import type { Context } from "../context.js";
import { agreeToLose, type ConsentOptions } from "../session/agree.js";
import { backUpBefore } from "../session/backup-first.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { surveyChip } from "../session/survey-chip.js";
import { withSession } from "../session/with-session.js";
import { shortSize } from "../view/text.js";
import { eraseRegions, previewOf } from "./erase-regions.js";

/** Options of `erase` beside those of the connection. */
export interface EraseOptions extends ConnectionOptions, ConsentOptions {
  readonly dryRun?: boolean;
}

/** What a person types to agree to losing everything. */
const CONSENT = "erase";

/** What was named: regions, an address with a length, or nothing, which is the whole chip. */
type Wish =
  | { readonly kind: "named"; readonly names: readonly string[] }
  | { readonly kind: "region"; readonly region: Region }
  | { readonly kind: "chip" };

/**
 * Erases regions by name, a region of whole sectors, or with neither the whole chip, which has to be agreed to. What is there
 * is saved first.
 * @throws FlasherError `usage` (an address alone, a name with a length), `number-invalid`, `erase-misaligned`,
 * `erase-unconfirmed`, `backup-impossible`, `backup-refused`, `region-outside-flash`, `needs-stub`, `flash-protected`,
 * `verify-failed`; those of `eraseRegions`
 */
export async function erase(
  context: Context,
  [what, length]: readonly [string?, string?],
  options: EraseOptions,
): Promise<OperationResult> {
  const wish = parseWish(what, length);
  const agreed = options.yes === true || options.dryRun === true;
  if (wish.kind === "chip" && !agreed && context.world.prompts === undefined) {
    throw new FlasherError("erase-unconfirmed");
  }
  return withSession(context, options, async (_, board) => {
    const result =
      wish.kind === "named"
        ? await eraseRegions(context, board, wish.names, options)
        : await eraseStretch(context, board, wish, options);
    await leaveAfterReading(context, board.session, options.after);
    return result;
  });
}

function parseWish(what: string | undefined, length: string | undefined): Wish {
  if (what === undefined) return { kind: "chip" };
  if (!isAddress(what)) {
    if (length === undefined) return { kind: "named", names: regionNames(what) };
    throw new FlasherError("usage", {
      detail: "A region's name has no length.",
      command: "flashwright erase",
    });
  }
  const offset = parseNumber(what, "an address");
  if (length === undefined) {
    throw new FlasherError("usage", { detail: "An address needs a length.", command: "flashwright erase" });
  }
  const region = { offset, size: parsePositive(length, "a length") };
  checkErase(region, esp8266.maxFlashSize);
  return { kind: "region", region };
}

async function eraseStretch(
  context: Context,
  board: Board,
  wish: Exclude<Wish, { kind: "named" }>,
  options: EraseOptions,
): Promise<OperationResult> {
  const { session } = board;
  const region = wish.kind === "chip" ? { offset: 0, size: session.flashSize } : wish.region;
  checkErase(region, session.flashSize);
  if (wish.kind === "chip") session.requireStub("erasing the whole chip");
  if (options.dryRun !== true && wish.kind === "chip" && options.yes !== true) {
    await askConsent(context, session);
  }
  const survey = session.loader.kind === "stub" ? await showLosses(context, session, region) : undefined;
  if (options.dryRun) return { code: "erase-planned", params: { ...region } };
  await saveFirst(context, board, region, survey, options);
  const { emit, signal, flash } = context;
  const told = { onEvent: emit, signal };
  return board.through((now, isAgain) => {
    flash.expect({ erases: 1 });
    if (isAgain) return resumeErase(now, region, told);
    return wish.kind === "chip" ? eraseChip(now, told) : eraseRegion(now, region, told);
  });
}

/** What the firmware keeps there, where it is known. */
async function showLosses(context: Context, session: Session, region: Region): Promise<Survey> {
  const survey = await surveyChip(context, session, { depth: "quick" });
  const hit = (survey.layout?.regions ?? []).flatMap((known) => {
    const common = intersect(known, region);
    return common === undefined ? [] : [{ ...previewOf(known, survey), ...common }];
  });
  if (hit.length > 0) context.emit({ type: "erasure", regions: hit });
  return survey;
}

async function saveFirst(
  context: Context,
  board: Board,
  region: Region,
  survey: Survey | undefined,
  options: EraseOptions,
): Promise<void> {
  if (!options.backup) {
    await agreeToLose(context, `${shortSize(region.size)} will be erased.`, options);
    return;
  }
  if (survey === undefined) throw new FlasherError("backup-impossible");
  await backUpBefore(context, board, [region], "erase", survey);
}

async function askConsent({ world }: Context, { chip, flashSize }: Session): Promise<void> {
  const question = `All ${shortSize(flashSize)} of ${chip.mac} will be erased. Type "${CONSENT}" to go on:`;
  const answer = await world.prompts?.type(question);
  if (answer?.trim().toLowerCase() !== CONSENT) throw new FlasherError("erase-unconfirmed");
}
