/** `flashwright doctor`. @module */
import { FlasherError, type OperationResult } from "@flashwright/core";
import {
  type Diagnosis,
  diagnoseText,
  examineBoard,
  examineDump,
  isWeighty,
} from "@flashwright/core/diagnose";
import type { FirmwareId } from "@flashwright/core/maps";
import { readPackageForChip } from "../arguments/package-files.js";
import { readBytesOrStdin } from "../arguments/stdin.js";
import type { Context } from "../context.js";
import { fixCommand, missingPackage, offeredCommand } from "../doctor/fix-command.js";
import { type ConnectionOptions, typedConnection } from "../session/connection-options.js";
import { examineOptions } from "../session/examine-options.js";
import { lookOptions } from "../session/survey-chip.js";
import { withBoard } from "../session/with-session.js";

/** Options of `doctor` beside those of the connection. */
export interface DoctorOptions extends ConnectionOptions {
  readonly deep?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
  /** A dump instead of a board. */
  readonly file?: string;
  /** Pasted text instead of a board; `-` for standard input. */
  readonly text?: string;
  /** What is to be on the flash. */
  readonly package?: string;
  /** Changes nothing: this command never writes. */
  readonly dryRun?: boolean;
}

/**
 * Says what is wrong with a board, a dump, or what somebody pasted, and which one command puts it right.
 * @returns `doctor-found` where something is wrong, which ends the program with exit code 1
 * @throws FlasherError `usage`, those of reading files, connecting and reading flash
 */
export async function doctor(context: Context, options: DoctorOptions): Promise<OperationResult> {
  checkOptions(options);
  if (options.dryRun) context.emit({ type: "note", code: "dry-run-needless", params: { command: "doctor" } });
  const { diagnosis, firmware } = await examine(context, options);
  const connection = options.file === undefined && options.text === undefined ? typedConnection(options) : [];
  const command = fixCommand(diagnosis, { firmware, packagePath: options.package, connection });
  const missing = missingPackage(command, { packagePath: options.package });
  const offered = offeredCommand(diagnosis, connection);
  context.emit({
    type: "diagnosis",
    ...diagnosis,
    ...(command === undefined ? {} : { command }),
    ...(offered === undefined ? {} : { offered }),
    ...(missing === undefined ? {} : { missing }),
  });
  const count = diagnosis.findings.filter(isWeighty).length;
  return count === 0 ? { code: "doctor-healthy", params: {} } : { code: "doctor-found", params: { count } };
}

async function examine(
  context: Context,
  options: DoctorOptions,
): Promise<{ diagnosis: Diagnosis; firmware?: FirmwareId }> {
  if (options.text !== undefined) {
    const bytes = await readBytesOrStdin(context.world, options.text);
    return { diagnosis: diagnoseText(new TextDecoder().decode(bytes)) };
  }
  const source =
    options.package === undefined ? undefined : await readPackageForChip(context.world, options.package);
  const { diagnosis, survey, wanted } =
    options.file === undefined
      ? await withBoard(context, options, (board) =>
          examineBoard(() => board.connect(), {
            ...examineOptions(context, board, options),
            open: source?.open,
          }),
        )
      : await examineDump(
          await readBytesOrStdin(context.world, options.file),
          source?.open,
          lookOptions(context),
        );
  return { diagnosis, firmware: wanted?.firmware ?? survey.firmware };
}

function checkOptions({ file, text, deep, package: wanted, port }: DoctorOptions): void {
  const detail =
    file !== undefined && text !== undefined
      ? "--file and --text exclude each other."
      : (file !== undefined || text !== undefined) && port !== undefined
        ? "--port goes with a board, not with --file or --text."
        : text !== undefined && (deep === true || wanted !== undefined)
          ? "--deep and --package look at flash; a text has none."
          : undefined;
  if (detail !== undefined) throw new FlasherError("usage", { detail, command: "flashwright doctor" });
}
