/** `flashwright flash`. @module */
import {
  checkImages,
  esp8266,
  type ImageInput,
  isFlasherError,
  type OperationResult,
  planFlash,
  readFills,
  runPlan,
  type Session,
} from "@flashwright/core";
import {
  type HeaderOptions,
  type HeaderWish,
  headerFor,
  parseHeaderOptions,
} from "../arguments/flash-header.js";
import { readImageFiles } from "../arguments/image-files.js";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { startFirmware } from "../session/start-firmware.js";
import { afterReading, withSession } from "../session/with-session.js";

/** Options of `flash` beside those of the connection. */
export interface FlashOptions extends ConnectionOptions, HeaderOptions {
  readonly dryRun?: boolean;
  readonly eraseAll?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
}

/**
 * Plans, writes, verifies and starts. Everything that can be known without the board is checked before the port is opened.
 * @throws FlasherError those of reading the files, connecting, planning and running; the reason where the firmware does
 * not boot
 */
export async function flash(
  context: Context,
  pairs: readonly string[],
  options: FlashOptions,
): Promise<OperationResult> {
  const wish = parseHeaderOptions(options, esp8266);
  const images = await readImageFiles(pairs);
  checkImages(images, esp8266, options.chipSize ?? esp8266.maxFlashSize);
  if (wish.meaning !== undefined) context.emit({ type: "note", ...wish.meaning });
  return withSession(context, options, async (session) => {
    const { plan, data } = await makePlan(context, session, images, wish, options);
    context.emit({ type: "planned", plan });
    if (options.dryRun) {
      await session.leave(afterReading(session, options.after), context.signal);
      return { code: "plan-made", params: {} };
    }
    const outcome = await runPlan(session, plan, data, { onEvent: context.emit, signal: context.signal });
    await start(context, session, options, outcome.result);
    return outcome.result;
  });
}

/** That a board does not boot takes nothing away from what was written and verified. */
async function start(
  context: Context,
  session: Session,
  options: FlashOptions,
  written: OperationResult,
): Promise<void> {
  try {
    await startFirmware(context, session, options);
  } catch (error) {
    if (isFlasherError(error)) context.emit({ type: "note", ...written });
    throw error;
  }
}

async function makePlan(
  { emit, signal }: Context,
  session: Session,
  images: readonly ImageInput[],
  wish: HeaderWish,
  { eraseAll = false }: FlashOptions,
): Promise<ReturnType<typeof planFlash>> {
  const { chip, flashSize, loader } = session;
  checkImages(images, esp8266, flashSize);
  const canRead = loader.kind === "stub" && !eraseAll;
  return planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images,
    header: headerFor(wish, flashSize, esp8266),
    eraseChip: eraseAll,
    ...(canRead ? { contents: await readFills(session, images, { onEvent: emit, signal }) } : {}),
  });
}
