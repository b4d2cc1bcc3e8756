/**
 * What the doctor looks at: a board, its flash and how it starts, or a dump.
 *
 * @module
 */
import type { BootVerdict } from "../boot/verdict.js";
import { watchBoot } from "../boot/watch-boot.js";
import type { After, Session } from "../loader/session.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import { diagnose } from "./diagnose.js";
import type { DiagnosedChip } from "./facts.js";
import { type Diagnosis, Severity } from "./finding.js";
import type { LookOptions } from "./look-event.js";
import { dumpSource, isChipSize } from "./sources/dump-source.js";
import { surveyFlash } from "./survey/survey-flash.js";
import type { Survey } from "./survey.js";
import { surveySession } from "./survey-session.js";

/** How a board started. */
export interface HeardStart {
  readonly boot: BootVerdict;
  /** Its lines. */
  readonly bootLog: string;
}

/** How far to look at a board. */
export interface ExamineOptions extends LookOptions {
  /** Look at every byte at once; otherwise only where something is wrong. */
  readonly deep?: boolean;
  /** `false`: the board is started and not listened to. */
  readonly watch: boolean;
  /** How to leave the board; started where the port can, as it was found elsewhere. */
  readonly after?: After | undefined;
  /** Starts the board and listens, where the port may go away over it; `undefined` where nothing was to be heard. */
  readonly start?: (session: Session, after: Exclude<After, "no-reset">) => Promise<HeardStart | undefined>;
  /** Leaves the board without listening; as `after` says by default. */
  readonly leave?: (session: Session) => Promise<void>;
  /** What is to be there: of several builds the one for a chip of that many bytes. */
  readonly open?: ((flashSize: number) => FirmwarePackage) | undefined;
}

/** What was found, and on what. */
export interface Examination {
  readonly diagnosis: Diagnosis;
  readonly survey: Survey;
  /** What is to be there. */
  readonly wanted?: FirmwarePackage;
  /** `undefined` where nothing was watched. */
  readonly boot?: BootVerdict;
}

/** Findings from here on are worth doing something about; notes are not. */
export function isWeighty({ severity }: { readonly severity: Severity }): boolean {
  return severity !== Severity.note;
}

/**
 * Looks at a board: at its flash, closer where something is wrong with it, and at how it starts, where the port can start
 * it. The board runs afterwards, and the session that looked is over.
 * @param connect makes a session; called again where the first look has to be repeated
 * @throws FlasherError those of connecting and reading
 */
export async function examineBoard(
  connect: () => Promise<Session>,
  options: ExamineOptions,
): Promise<Examination> {
  const session = await connect();
  const wanted = options.open?.(session.flashSize);
  const evidence = { package: wanted, chip: chipOf(session) };
  const depth = options.deep ? "deep" : "quick";
  let survey = await surveySession(session, { depth, package: wanted }, options);
  if (survey.depth === "quick" && diagnose({ ...evidence, survey }).findings.some(isWeighty)) {
    survey = await surveySession(session, { depth: "deep", package: wanted, earlier: survey }, options);
  }
  const heard = options.watch ? await listen(session, options) : await leave(session, options);
  if (survey.depth === "quick" && heard?.boot.verdict === "does-not-boot") {
    survey = await lookAgain(connect, wanted, options);
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
  connect: () => Promise<Session>,
  wanted: FirmwarePackage | undefined,
  options: ExamineOptions,
): Promise<Survey> {
  const session = await connect();
  const survey = await surveySession(session, { depth: "deep", package: wanted }, options);
  await leave(session, options);
  return survey;
}

/**
 * A dump has no chip around it, and nothing to wait for: every byte is looked at.
 * @param open what is to be there; told the size of the flash where the dump is a whole one
 * @throws FlasherError `dump-empty`
 */
export async function examineDump(
  bytes: Uint8Array,
  open: ((flashSize: number | undefined) => FirmwarePackage) | undefined,
  { onEvent = () => {}, signal }: LookOptions = {},
): Promise<Examination> {
  const isWhole = isChipSize(bytes.length);
  if (bytes.length > 0 && !isWhole) {
    onEvent({ type: "note", code: "dump-partial", params: { size: bytes.length } });
  }
  const wanted = open?.(isWhole ? bytes.length : undefined);
  const survey = await surveyFlash(dumpSource(bytes), { depth: "deep", package: wanted, signal });
  onEvent({ type: "surveyed", survey });
  const diagnosis = diagnose({ survey, package: wanted });
  return { survey, diagnosis, ...(wanted === undefined ? {} : { wanted }) };
}

async function listen(session: Session, options: ExamineOptions): Promise<HeardStart | undefined> {
  const { onEvent = () => {}, start = watch } = options;
  const after = options.after ?? usualAfter(session);
  if (after !== "no-reset") return start(session, after);
  if (options.after === undefined) onEvent({ type: "note", code: "boot-not-watched", params: {} });
  return leave(session, options);

  async function watch(): Promise<HeardStart> {
    const { signal } = options;
    const lines: string[] = [];
    const boot = await watchBoot(session, {
      ...(after === "no-reset" ? {} : { after }),
      ...(signal && { signal }),
      onEvent(event) {
        if (event.type === "boot") lines.push(event.line);
        onEvent(event);
      },
    });
    onEvent({ type: "verdict", ...boot });
    return { boot, bootLog: lines.join("\n") };
  }
}

async function leave(session: Session, options: ExamineOptions): Promise<undefined> {
  const { after, signal } = options;
  if (options.leave !== undefined) await options.leave(session);
  else await session.leave(after ?? usualAfter(session), signal);
}

/** After work that has changed nothing: as found, which without a reset line is in the loader. */
function usualAfter(session: Session): After {
  return session.canReset ? "hard-reset" : "no-reset";
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
