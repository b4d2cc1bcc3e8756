/**
 * From a package and a connected chip to a plan.
 *
 * @module
 */
import type { LookOptions } from "../diagnose/look-event.js";
import type { Survey } from "../diagnose/survey.js";
import { surveySession } from "../diagnose/survey-session.js";
import { Intent } from "../flash/account.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { Session } from "../loader/session.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import type { SurveyedChip } from "./package-request.js";
import { type MadePlan, planByContents } from "./plan-by-contents.js";
import { planFlash } from "./plan-flash.js";

/** What somebody may want of a plan for a package. */
export interface PackageWish {
  readonly header: HeaderChoice;
  /** Without it an update where the same firmware is there, and an installation elsewhere. */
  readonly intent: typeof Intent.install | typeof Intent.update | undefined;
  /** Take the map that was asked for although the firmware was linked for another. */
  readonly force: boolean;
  /** Erase the whole chip first. */
  readonly eraseAll: boolean;
}

/**
 * Looks at the chip and plans. Nothing of the chip is asked twice; with the ROM loader nothing can be asked at all.
 * @throws FlasherError those of reading and of `planFlash`
 */
export async function planPackage(
  session: Session,
  firmware: FirmwarePackage,
  wish: PackageWish,
  options: LookOptions = {},
): Promise<MadePlan> {
  const canLook = session.loader.kind === "stub";
  const survey = canLook ? await surveySession(session, { depth: "quick" }, options) : undefined;
  const request = {
    target: session.target,
    chip: surveyedChip(session),
    package: firmware,
    intent: wish.intent ?? usualIntent(firmware, survey),
    header: wish.header,
    force: wish.force,
    eraseChip: wish.eraseAll,
  };
  if (survey === undefined) return { ...planFlash(request), survey };
  return planByContents(session, { ...request, survey }, options);
}

function usualIntent(
  firmware: FirmwarePackage,
  survey: Survey | undefined,
): NonNullable<PackageWish["intent"]> {
  const { family } = firmware.firmware;
  return family !== "unknown" && survey?.firmware.family === family ? Intent.update : Intent.install;
}

/** The chip as a plan is bound to it. */
export function surveyedChip({ chip, flash, flashSize, loader }: Session): SurveyedChip {
  return {
    mac: chip.mac,
    flashSize,
    loader: loader.kind,
    flashId: flash.id,
    ...(chip.embeddedFlash === undefined ? {} : { embeddedFlash: chip.embeddedFlash }),
  };
}
