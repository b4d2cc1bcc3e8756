/** `flashwright recover`. @module */
import {
  type BootVerdict,
  esp8266,
  FlasherError,
  isFlasherError,
  modeRecovery,
  type OperationResult,
  parseFlashMode,
} from "@flashwright/core";
import type { Board } from "@flashwright/core/board";
import { type Examination, examineBoard, type Fix, isWeighty } from "@flashwright/core/diagnose";
import { type HeaderOptions, headerFor, parseHeaderOptions } from "../arguments/flash-header.js";
import { packageSummary, readPackageForChip } from "../arguments/package-files.js";
import type { Context } from "../context.js";
import { examineOptions } from "../session/examine-options.js";
import { withBoard } from "../session/with-session.js";
import { checkWish } from "../write/check-wish.js";
import { type Repair, type RepairOptions, repair } from "../write/repair.js";
import { restore } from "./restore.js";

/** Options of `recover` beside those of the connection. */
export interface RecoverOptions extends Omit<RepairOptions, "backup">, HeaderOptions {
  readonly deep?: boolean;
  /** A backup to bring back; `false` after `--no-backup`. */
  readonly backup?: string | false;
}

/** The boot ROM reads zeros behind the first bytes: the flash mode in the header is not wired on this board. */
const MODE_NOT_WIRED: BootVerdict["code"] = "boot-mode-not-wired";

/**
 * Finds out what is wrong and puts it right in one go; where nothing is, a header that was asked for is written. Where the
 * flash mode is what is wrong, slower ones are tried, the first sector alone, until the board starts.
 * @param source the firmware's package; without it only what the chip still holds, or what can be made, is put right
 * @throws FlasherError `recover-needs-package` with what cannot be brought back without one; `recover-by-hand`;
 * `map-contradicts-package` where the size that was asked for ruins the firmware; those of examining and repairing
 */
export async function recover(
  context: Context,
  source: string | undefined,
  options: RecoverOptions,
): Promise<OperationResult> {
  if (typeof options.backup === "string") return bringBack(context, source, options.backup, options);
  const header = parseHeaderOptions(options, esp8266);
  const files = source === undefined ? undefined : await readPackageForChip(context.world, source);
  return withBoard(context, options, async (board) => {
    const found = await examineBoard(() => board.connect(), {
      ...examineOptions(context, board, options),
      open: files?.open,
    });
    const firmware = found.wanted;
    if (firmware !== undefined) context.emit({ type: "package", ...packageSummary(firmware) });
    context.emit({ type: "diagnosis", ...found.diagnosis, before: "recover" });
    const weighty = found.diagnosis.findings.filter(isWeighty);
    const wish = headerFor(header, found.survey.flashSize, esp8266);
    if (weighty.length === 0 && Object.keys(wish).length === 0)
      return { code: "nothing-to-recover", params: {} };
    const fixes = weighty.flatMap((finding) => finding.fixes);
    if (fixes.length === 0 && weighty.length > 0) throw new FlasherError("recover-by-hand");
    if (firmware === undefined && options.force !== true) checkWish(wish, found.survey);
    const how = { ...options, backup: options.backup !== false };
    return repairUntilItStarts(context, board, { fixes, firmware, header }, found, how);
  });
}

/** A backup knows all that there was; what is wrong beside is found by looking once more. */
async function bringBack(
  context: Context,
  source: string | undefined,
  file: string,
  options: RecoverOptions,
): Promise<OperationResult> {
  checkAlone(source, options);
  const result = await restore(context, file, { ...options, backup: true });
  if (options.dryRun) return result;
  return withBoard(context, options, async (board) => {
    const { diagnosis } = await examineBoard(() => board.connect(), examineOptions(context, board, options));
    context.emit({ type: "diagnosis", ...diagnosis });
    const count = diagnosis.findings.filter(isWeighty).length;
    return count === 0 ? result : { code: "doctor-found", params: { count } };
  });
}

/** @throws FlasherError `usage` */
function checkAlone(
  source: string | undefined,
  { flashMode, flashFreq, flashSize, deep }: RecoverOptions,
): void {
  if ([source, flashMode, flashFreq, flashSize, deep].every((wish) => wish === undefined)) return;
  const detail = "--backup brings back what it holds; a package, --deep and a header do not go with it.";
  throw new FlasherError("usage", { detail, command: "flashwright recover" });
}

/** The diagnosis' own fixes, and where the board then still cannot read its flash, one mode after the other. */
async function repairUntilItStarts(
  context: Context,
  board: Board,
  wanted: Repair,
  { survey }: Examination,
  options: RepairOptions,
): Promise<OperationResult> {
  try {
    return await repair(context, board, wanted, options);
  } catch (error) {
    const modes = modesBehind(wanted, survey.header);
    if (!isFlasherError(error, MODE_NOT_WIRED) || modes.length === 0) throw error;
    return tryModes(context, board, { ...wanted, modes }, options);
  }
}

/** @throws FlasherError `boot-mode-not-wired` where the board starts with none of them */
async function tryModes(
  context: Context,
  board: Board,
  { modes, ...wanted }: Repair & { readonly modes: readonly ModeFix[] },
  options: RepairOptions,
): Promise<OperationResult> {
  const [fix, ...slower] = modes;
  context.emit({ type: "note", code: "mode-next", params: { mode: fix.mode, freq: fix.freq } });
  try {
    return await repair(context, board, { ...wanted, fixes: [fix] }, options);
  } catch (error) {
    if (!isFlasherError(error, MODE_NOT_WIRED) || slower.length === 0) throw error;
    return tryModes(context, board, { ...wanted, modes: slower }, options);
  }
}

type ModeFix = Extract<Fix, { readonly kind: "header" }>;

/** Those that are slower than the one that the first attempt has written, or than the present one. */
function modesBehind({ fixes }: Repair, present: Examination["survey"]["header"]): ModeFix[] {
  const written = fixes.flatMap((fix) => (fix.kind === "header" ? (fix.mode ?? []) : [])).at(-1);
  const mode = written === undefined ? present?.mode : parseFlashMode(written, esp8266.image.flashParams);
  return modeRecovery(present && { ...present, mode }, esp8266).filter((fix) => fix.kind === "header");
}
