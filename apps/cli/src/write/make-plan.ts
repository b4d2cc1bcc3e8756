/** From what is wanted and a connected chip to a plan. @module */
import {
  checkImages,
  esp8266,
  type ImageInput,
  type MadePlan,
  planFlash,
  planPackage,
  readFills,
  type Session,
} from "@flashwright/core";
import { type HeaderWish, headerFor } from "../arguments/flash-header.js";
import type { Context } from "../context.js";
import { lookOptions } from "../session/survey-chip.js";
import type { PlanOptions, Wanted } from "./wanted.js";

/** @throws FlasherError those of reading the chip and of `planFlash` */
export async function makePlan(
  context: Context,
  session: Session,
  { what, header }: Wanted,
  { intent, force = false, eraseAll = false }: Pick<PlanOptions, "intent" | "force" | "eraseAll">,
): Promise<MadePlan> {
  if (!("open" in what)) return planImages(context, session, what, header, eraseAll);
  return planPackage(
    session,
    what.open(session.flashSize),
    { header: headerFor(header, session.flashSize, esp8266), intent, force, eraseAll },
    lookOptions(context),
  );
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
