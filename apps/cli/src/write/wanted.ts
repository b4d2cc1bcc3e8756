/** What is to be written, understood before the port is opened. @module */
import { checkImages, esp8266, FlasherError, type ImageInput, type Intent } from "@flashwright/core";
import type { FirmwarePackage } from "@flashwright/core/packages";
import { type HeaderOptions, type HeaderWish, parseHeaderOptions } from "../arguments/flash-header.js";
import { openForAnyChip, type PackageSource, packageSummary } from "../arguments/package-files.js";
import { readWriteInput } from "../arguments/write-input.js";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";

/** Options that shape a plan, beside those of the connection. */
export interface PlanOptions extends ConnectionOptions, HeaderOptions {
  readonly eraseAll?: boolean;
  readonly intent?: typeof Intent.install | typeof Intent.update;
  readonly force?: boolean;
}

/** Images with their offsets, or a package, and the header that was asked for. */
export interface Wanted {
  readonly what: readonly ImageInput[] | { open(flashSize: number): FirmwarePackage };
  readonly header: HeaderWish;
}

/**
 * Reads and checks what was named on a command line.
 * @param command for usage errors: "flashwright flash"
 * @throws FlasherError those of reading and opening; `images-overlap`, `does-not-fit`, `offset-misaligned`,
 * `image-other-chip`, `usage` (options that mean nothing here)
 */
export async function understand(
  context: Context,
  inputs: readonly string[],
  options: PlanOptions,
  command: string,
): Promise<Wanted> {
  const header = parseHeaderOptions(options, esp8266);
  const input = await readWriteInput(context.world, inputs);
  if (input.kind === "images") checkPairs(input.images, options, command);
  const what = input.kind === "images" ? input.images : openOnce(context, input.source, options.chipSize);
  if (header.meaning !== undefined) context.emit({ type: "note", ...header.meaning });
  return { what, header };
}

function checkPairs(images: readonly ImageInput[], options: PlanOptions, command: string): void {
  checkImages(images, esp8266, options.chipSize ?? esp8266.maxFlashSize);
  if (options.intent === undefined && options.force === undefined) return;
  const detail = "--intent and --force go with a firmware package, not with addresses and files.";
  throw new FlasherError("usage", { detail, command });
}

/** Opened before the port; again for the chip's own size where the package holds builds for several. */
function openOnce({ emit }: Context, source: PackageSource, chipSize: number | undefined) {
  const told = (firmware: FirmwarePackage): FirmwarePackage => {
    emit({ type: "package", ...packageSummary(firmware) });
    return firmware;
  };
  const firmware = openForAnyChip(source, chipSize);
  if (firmware === undefined) return { open: (flashSize: number) => told(source.open(flashSize)) };
  told(firmware);
  return { open: () => firmware };
}
