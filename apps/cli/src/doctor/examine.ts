/** What the doctor looks at, as evidence for core to judge. @module */
import type { BootVerdict, Session } from "@flashwright/core";
import {
  type DiagnosedChip,
  type Diagnosis,
  diagnose,
  dumpSource,
  isChipSize,
  Severity,
  type Survey,
  surveyFlash,
} from "@flashwright/core/diagnose";
import type { FirmwarePackage } from "@flashwright/core/packages";
import type { PackageSource } from "../arguments/package-files.js";
import type { Context } from "../context.js";
import type { Board } from "../session/board.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { afterReading, leaveAfterReading } from "../session/leave-board.js";
import { summaryOf, surveyChip } from "../session/survey-chip.js";
import { type Start, watchStart } from "../session/watch-start.js";

/** How far to look. */
export interface ExamineOptions extends ConnectionOptions {
  readonly deep?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
}

/** What was found, and on what. */
export interface Examination {
  readonly diagnosis: Diagnosis;
  readonly survey: Survey;
  /** What is to be there: of several builds the one for this chip. */
  readonly wanted?: FirmwarePackage;
  /** `undefined` where nothing was watched. */
  readonly boot?: BootVerdict;
}

/** Findings from here on are worth a command; notes are not. */
export function isWeighty({ severity }: { readonly severity: Severity }): boolean {
  return severity !== Severity.note;
}

/**
 * Looks at a board: at its flash, closer where something is wrong with it, and at how it starts, where the port can start
 * it. The board runs afterwards.
 * @throws FlasherError those of connecting and reading
 */
export async function examineBoard(
  context: Context,
  board: Board,
  source: PackageSource | undefined,
  options: ExamineOptions,
): Promise<Examination> {
  const session = await board.connect();
  const wanted = source?.open(session.flashSize);
  const evidence = { package: wanted, chip: chipOf(session) };
  let survey = await surveyChip(context, session, {
    depth: options.deep ? "deep" : "quick",
    package: wanted,
  });
  if (survey.depth === "quick" && diagnose({ ...evidence, survey }).findings.some(isWeighty)) {
    survey = await surveyChip(context, session, { depth: "deep", package: wanted, earlier: survey });
  }
  const heard = options.watch
    ? await listen(context, board, options)
    : await leave(context, session, options);
  if (survey.depth === "quick" && heard?.boot.verdict === "does-not-boot") {
    survey = await lookAgain(context, board, wanted, options);
  }
  const diagnosis = diagnose({ ...evidence, survey, ...heard });
  return {
    survey,
    diagnosis,
    ...(wanted === undefined ? {} : { wanted }),
    ...(heard === undefined ? {} : { boot: heard.boot }),
  };
}

/** The firmware has run since the first look and may have written, so that nothing of that look is reused. */
async function lookAgain(
  context: Context,
  board: Board,
  wanted: FirmwarePackage | undefined,
  options: ExamineOptions,
): Promise<Survey> {
  const session = await board.connect();
  const survey = await surveyChip(context, session, { depth: "deep", package: wanted });
  await leave(context, session, options);
  return survey;
}

/** A dump has no chip around it, and nothing to wait for: every byte is looked at. */
export async function examineDump(
  { emit, signal }: Context,
  bytes: Uint8Array,
  source: PackageSource | undefined,
): Promise<Examination> {
  const isWhole = isChipSize(bytes.length);
  if (bytes.length > 0 && !isWhole) {
    emit({ type: "note", code: "dump-partial", params: { size: bytes.length } });
  }
  const wanted = source?.open(isWhole ? bytes.length : undefined);
  const survey = await surveyFlash(dumpSource(bytes), { depth: "deep", package: wanted, signal });
  emit({ type: "survey", ...summaryOf(survey) });
  const diagnosis = diagnose({ survey, package: wanted });
  return { survey, diagnosis, ...(wanted === undefined ? {} : { wanted }) };
}

/** @returns how the board started; `undefined` where that was not to be seen, which was said then */
async function listen(context: Context, board: Board, options: ExamineOptions): Promise<Start | undefined> {
  const { session } = board;
  const after = afterReading(session, options.after);
  if (after !== "no-reset") return watchStart(context, board, after);
  if (options.after === undefined) context.emit({ type: "note", code: "boot-not-watched", params: {} });
  return leave(context, session, options);
}

async function leave(context: Context, session: Session, options: ExamineOptions): Promise<undefined> {
  await leaveAfterReading(context, session, options.after);
}

function chipOf({ chip, flash, flashSize }: Session): DiagnosedChip {
  const { crystalMHz, crystalMeasuredMHz, target, embeddedFlash } = chip;
  return {
    target,
    flashSize,
    flashId: flash.id,
    crystalMHz,
    crystalMeasuredMHz,
    ...(embeddedFlash === undefined ? {} : { embeddedFlash }),
  };
}
