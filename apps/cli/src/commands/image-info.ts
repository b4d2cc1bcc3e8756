/** `flashwright image info`. @module */
import { basename } from "node:path";
import { FlasherError, type OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";
import { readBytes } from "../files.js";
import { reportImages } from "../image/image-report.js";

/** Options of `image info`. */
export interface InfoOptions {
  /** Changes nothing: this command never writes. */
  readonly dryRun?: boolean;
}

/**
 * Says all that a file tells of the images in it.
 * @throws FlasherError `file-missing`, `file-unreadable`, `file-empty`; after the report, the first defect that would keep
 * an image from running
 */
export async function imageInfo(
  context: Context,
  file: string,
  { dryRun }: InfoOptions = {},
): Promise<OperationResult> {
  if (dryRun) context.emit({ type: "note", code: "dry-run-needless", params: { command: "image info" } });
  const bytes = await readBytes(file);
  const name = basename(file);
  if (bytes.length === 0) throw new FlasherError("file-empty", { name });
  const images = reportImages(bytes);
  context.emit({ type: "image", file: name, size: bytes.length, images });
  const defect = images.flatMap(({ findings }) => findings).find(({ severity }) => severity === "error");
  if (defect !== undefined) throw new FlasherError(defect.code, defect.params);
  return { code: "image-described", params: { name, count: images.length } };
}
