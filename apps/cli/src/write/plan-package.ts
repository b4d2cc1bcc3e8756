/** From a package and a connected chip to a plan. @module */
import { esp8266, Intent, planFlash, type Session, type SurveyedChip } from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";
import type { FirmwarePackage } from "@flashwright/core/packages";
import { type HeaderWish, headerFor } from "../arguments/flash-header.js";
import type { Context } from "../context.js";
import { surveyChip } from "../session/survey-chip.js";
import { type MadePlan, planByContents } from "./plan-by-contents.js";

/** What somebody may want of a plan for a package. */
export interface PackageWish {
  readonly header: HeaderWish;
  /** Without it an update where the same firmware is there, and an installation elsewhere. */
  readonly intent: typeof Intent.install | typeof Intent.update | undefined;
  readonly force: boolean;
  readonly eraseAll: boolean;
}

/**
 * Looks at the chip and plans. Nothing of the chip is asked twice; with the ROM loader nothing can be asked at all.
 * @throws FlasherError those of reading and of `planFlash`
 */
export async function planPackage(
  context: Context,
  session: Session,
  firmware: FirmwarePackage,
  wish: PackageWish,
): Promise<MadePlan> {
  const canLook = session.loader.kind === "stub";
  const survey = canLook ? await surveyChip(context, session, { depth: "quick" }) : undefined;
  const request = {
    target: esp8266,
    chip: chipOf(session),
    package: firmware,
    intent: wish.intent ?? usualIntent(firmware, survey),
    header: headerFor(wish.header, session.flashSize, esp8266),
    force: wish.force,
    eraseChip: wish.eraseAll,
  };
  if (survey === undefined) return { ...planFlash(request), survey };
  return planByContents(context, session, { ...request, survey });
}

function usualIntent(firmware: FirmwarePackage, survey: Survey | undefined): PackageWish["intent"] & string {
  const { family } = firmware.firmware;
  return family !== "unknown" && survey?.firmware.family === family ? Intent.update : Intent.install;
}

/** The chip as a plan is bound to it. */
export function chipOf({ chip, flash, flashSize, loader }: Session): SurveyedChip {
  return {
    mac: chip.mac,
    flashSize,
    loader: loader.kind,
    flashId: flash.id,
    ...(chip.embeddedFlash === undefined ? {} : { embeddedFlash: chip.embeddedFlash }),
  };
}
