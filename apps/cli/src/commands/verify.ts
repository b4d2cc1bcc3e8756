/** `flashwright verify`. @module */
import {
  checkImages,
  esp8266,
  FlasherError,
  type ImageInput,
  isFlasherError,
  type OperationResult,
  patchHeader,
  type Session,
  verifyFlash,
} from "@flashwright/core";
import { type HeaderOptions, headerFor, parseHeaderOptions } from "../arguments/flash-header.js";
import { readImageFiles } from "../arguments/image-files.js";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { withSession } from "../session/with-session.js";

/** Options of `verify` beside those of the connection: a file whose header was changed for flash is changed again. */
export type VerifyOptions = ConnectionOptions & HeaderOptions;

/**
 * Compares flash with files by the MD5 that the chip computes.
 * @throws FlasherError those of reading the files; `does-not-fit`, `needs-stub`, `flash-differs`
 */
export async function verify(
  context: Context,
  pairs: readonly string[],
  options: VerifyOptions,
): Promise<OperationResult> {
  const wish = parseHeaderOptions(options, esp8266);
  const images = await readImageFiles(pairs);
  checkImages(images, esp8266, options.chipSize ?? esp8266.maxFlashSize);
  return withSession(context, options, async (first, board) => {
    checkImages(images, esp8266, first.flashSize);
    const header = headerFor(wish, first.flashSize, esp8266);
    const expected = images.map((image) => {
      const { bytes } = patchHeader(image.bytes, image.offset, header, esp8266.image);
      return { ...image, bytes };
    });
    // After a loss from the first on: the board may have started in between and changed what was equal.
    await board.through(async (session) => {
      for (const image of expected) await verifyImage(context, session, image);
    });
    await leaveAfterReading(context, board.session, options.after);
    const size = images.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return { code: "flash-verified", params: { size } };
  });
}

async function verifyImage(
  { emit, signal, world }: Context,
  session: Session,
  { name, offset, bytes }: ImageInput,
): Promise<void> {
  const loader = session.requireStub("verifying flash");
  const region = { offset, size: bytes.length };
  const start = world.clock.now();
  emit({ type: "started", operation: "verify", region });
  await verifyFlash(loader, offset, bytes, signal).catch((error: unknown) => {
    // Nothing was written here, so the words of a write that failed would accuse the flash chip.
    throw isFlasherError(error, "verify-failed") ? flashDiffers(name, error) : error;
  });
  emit({ type: "finished", operation: "verify", region, elapsedMs: world.clock.now() - start });
}

/** Core names the first sector that differs; which file that is of, only this command knows. */
function flashDiffers(name: string, error: FlasherError): FlasherError {
  return new FlasherError("flash-differs", { ...error.params, name });
}
