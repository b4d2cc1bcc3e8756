/** `flashwright image split`. @module */
import { join } from "node:path";
import { FlasherError, formatOffset, type OperationResult, SECTOR_SIZE } from "@flashwright/core";
import { dumpSource, surveyFlash } from "@flashwright/core/diagnose";
import type { Context } from "../context.js";
import { makeFolder, readBytes, writeBytes } from "../files.js";
import { type FlashPart, splitFlash } from "../image/split-flash.js";
import { summaryOf } from "../session/survey-chip.js";

/** Options of `image split`. */
export interface SplitOptions {
  /** The folder for the parts. */
  readonly output: string;
  readonly dryRun?: boolean;
}

/**
 * Takes a combined file or a dump apart: boot loader, applications, and what the regions of the recognised firmware hold,
 * each with its offset in its name, and says how to flash them.
 * @throws FlasherError `file-missing`, `file-unreadable`, `nothing-to-split`, `file-unwritable`
 */
export async function imageSplit(
  context: Context,
  file: string,
  options: SplitOptions,
): Promise<OperationResult> {
  const { emit, signal } = context;
  const bytes = await readBytes(file);
  if (bytes.length < SECTOR_SIZE) throw new FlasherError("nothing-to-split", { name: file });
  const survey = await surveyFlash(dumpSource(bytes), { depth: "deep", signal });
  emit({ type: "survey", ...summaryOf(survey) });
  const parts = splitFlash(bytes, survey).map((part) => ({
    ...part,
    path: join(options.output, nameOf(part)),
  }));
  if (parts.length === 0) throw new FlasherError("nothing-to-split", { name: file });
  if (options.dryRun !== true) await makeFolder(options.output);
  for (const { path, offset, size } of parts) {
    if (options.dryRun !== true) await writeBytes(path, bytes.subarray(offset, offset + size));
    emit({ type: "part", file: path, offset, size });
  }
  const pairs = parts.flatMap(({ path, offset }) => [`0x${offset.toString(16)}`, path]);
  emit({ type: "command", command: ["flash", ...pairs] });
  const params = { count: parts.length, folder: options.output };
  return { code: options.dryRun ? "split-planned" : "image-split", params };
}

function nameOf({ what, offset }: FlashPart): string {
  return `${formatOffset(offset)}-${what}.bin`;
}
