/** `flashwright flash` and `flashwright plan`. @module */
import {
  checkImages,
  esp8266,
  type FlashPlan,
  type ImageInput,
  type Intent,
  type OperationResult,
  planFlash,
  readFills,
  type Session,
} from "@flashwright/core";
import {
  type HeaderOptions,
  type HeaderWish,
  headerFor,
  parseHeaderOptions,
} from "../arguments/flash-header.js";
import { packageSummary } from "../arguments/package-files.js";
import { readWriteInput, type WriteInput } from "../arguments/write-input.js";
import type { Context } from "../context.js";
import { checkWritable } from "../files.js";
import type { ConsentOptions } from "../session/agree.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { afterReading, withSession } from "../session/with-session.js";
import { acceptLosses } from "../write/accept-losses.js";
import type { MadePlan } from "../write/plan-by-contents.js";
import { planPackage } from "../write/plan-package.js";
import { runAndWatch } from "../write/run-plan.js";
import { checkStoredPlan, readPlan, savePlan } from "../write/stored-plan.js";

/** Options that shape a plan, beside those of the connection. */
export interface PlanOptions extends ConnectionOptions, HeaderOptions {
  readonly eraseAll?: boolean;
  readonly intent?: typeof Intent.install | typeof Intent.update;
  readonly force?: boolean;
  /** Where to save the plan. */
  readonly save?: string;
}

/** Options of `flash` beside those. */
export interface FlashOptions extends PlanOptions, ConsentOptions {
  readonly dryRun?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
  /** A stored plan. */
  readonly plan?: string;
}

/** What was named to be written, understood before the port is opened. */
interface Wanted {
  readonly input: WriteInput;
  readonly header: HeaderWish;
}

/**
 * Plans, saves what would be lost, writes, verifies and starts. Everything that can be known without the board is checked
 * before the port is opened.
 * @throws FlasherError those of reading the files, connecting, planning and running; `backup-refused`; the reason where
 * the firmware does not boot
 */
export async function flash(
  context: Context,
  inputs: readonly string[],
  options: FlashOptions,
): Promise<OperationResult> {
  const stored = options.plan === undefined ? undefined : await readPlan(options.plan);
  const wanted = await understand(context, inputs, options);
  return withSession(context, options, async (session) => {
    const made = await makePlan(
      context,
      session,
      wanted,
      stored === undefined ? options : like(stored, options),
    );
    if (stored !== undefined) await checkStoredPlan(session, stored, made, context.signal);
    const plan = stored ?? made.plan;
    context.emit({ type: "planned", plan });
    if (options.dryRun) return leaveWith(context, session, options, { code: "plan-made", params: {} });
    const really = { ...made, plan };
    const accepted = await acceptLosses(context, session, really, "flash", options);
    return runAndWatch(context, session, really, accepted, options);
  });
}

/** Plans and writes nothing. @throws FlasherError as `flash`, but those of running; `file-unwritable` */
export async function plan(
  context: Context,
  inputs: readonly string[],
  options: PlanOptions,
): Promise<OperationResult> {
  const wanted = await understand(context, inputs, options);
  if (options.save !== undefined) await checkWritable(options.save);
  return withSession(context, options, async (session) => {
    const made = await makePlan(context, session, wanted, options);
    context.emit({ type: "planned", plan: made.plan });
    const { save } = options;
    if (save !== undefined) await savePlan(save, made.plan);
    const result: OperationResult =
      save === undefined ? { code: "plan-made", params: {} } : { code: "plan-saved", params: { name: save } };
    return leaveWith(context, session, options, result);
  });
}

async function understand(
  context: Context,
  inputs: readonly string[],
  options: PlanOptions,
): Promise<Wanted> {
  const header = parseHeaderOptions(options, esp8266);
  const input = await readWriteInput(context.world, inputs);
  if (input.kind === "images") {
    checkImages(input.images, esp8266, options.chipSize ?? esp8266.maxFlashSize);
  } else context.emit({ type: "package", ...packageSummary(input.firmware) });
  if (header.meaning !== undefined) context.emit({ type: "note", ...header.meaning });
  return { input, header };
}

/** A stored plan is made again with what it was made with. */
function like({ intent, eraseChip }: FlashPlan, options: FlashOptions): FlashOptions {
  const sameIntent = intent === "install" || intent === "update" ? { intent } : {};
  return { ...options, ...sameIntent, eraseAll: eraseChip, force: true };
}

async function makePlan(
  context: Context,
  session: Session,
  { input, header }: Wanted,
  options: PlanOptions,
): Promise<MadePlan> {
  const { intent, force = false, eraseAll = false } = options;
  if (input.kind === "images") return planImages(context, session, input.images, header, eraseAll);
  return planPackage(context, session, input.firmware, { header, intent, force, eraseAll });
}

async function planImages(
  { emit, signal }: Context,
  session: Session,
  images: readonly ImageInput[],
  wish: HeaderWish,
  eraseChip: boolean,
): Promise<MadePlan> {
  const { chip, flashSize, loader } = session;
  checkImages(images, esp8266, flashSize);
  const canRead = loader.kind === "stub" && !eraseChip;
  const planned = planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images,
    header: headerFor(wish, flashSize, esp8266),
    eraseChip,
    ...(canRead ? { contents: await readFills(session, images, { onEvent: emit, signal }) } : {}),
  });
  return { ...planned, survey: undefined };
}

async function leaveWith(
  { signal }: Context,
  session: Session,
  options: ConnectionOptions,
  result: OperationResult,
): Promise<OperationResult> {
  await session.leave(afterReading(session, options.after), signal);
  return result;
}
