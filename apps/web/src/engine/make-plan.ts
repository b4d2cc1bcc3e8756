/** Plans on a live session: for a firmware, for what puts findings right, for a backup. @module */
import {
  esp8266,
  gatherContents,
  Intent,
  type MadePlan,
  planByContents,
  planFlash,
  planPackage,
  type Session,
  surveyedChip,
} from "@flashwright/core";
import { openBackup, planRestore } from "@flashwright/core/backup";
import { type Fix, sessionSource, surveySession } from "@flashwright/core/diagnose";
import type { LinkWork } from "./board-link.js";
import type { NamedFile, PlanWish, RestoreChoice } from "./engine.js";
import type { FirmwareSource } from "./firmware-source.js";
import { headerChoice } from "./header-wish.js";

/** @throws FlasherError those of opening the package, of reading and of `planPackage` */
export function planFirmware(
  session: Session,
  source: FirmwareSource,
  { intent, eraseAll, force, header }: PlanWish,
  work: LinkWork,
): Promise<MadePlan> {
  const wish = { intent, eraseAll, force, header: headerChoice(header, session.flashSize) };
  return planPackage(session, source.open(session.flashSize), wish, work);
}

/**
 * @param source is opened where a fix writes firmware
 * @throws FlasherError `recover-needs-package`, those of reading and of `planByContents`
 */
export async function planFixes(
  session: Session,
  fixes: readonly Fix[],
  source: FirmwareSource | undefined,
  work: LinkWork,
): Promise<MadePlan> {
  const survey = await surveySession(session, { depth: "quick" }, work);
  const needsFirmware = fixes.some((fix) => fix.kind === "rewrite" || fix.kind === "install");
  const firmware = needsFirmware ? source?.open(session.flashSize) : undefined;
  const request = {
    intent: Intent.recover,
    target: esp8266,
    chip: surveyedChip(session),
    survey,
    fixes,
    ...(firmware === undefined ? {} : { package: firmware }),
  };
  return planByContents(session, request, work);
}

/** @throws FlasherError those of `openBackup` and `planRestore`, of reading and of `planFlash` */
export async function planBackup(
  session: Session,
  { file }: NamedFile,
  { regions, force }: RestoreChoice,
  work: LinkWork,
): Promise<MadePlan> {
  const backup = openBackup(new Uint8Array(await file.arrayBuffer()));
  const { chip, flashSize } = session;
  const { images, erases, warnings } = planRestore({
    backup,
    chip: { mac: chip.mac, flashSize },
    regions,
    force,
  });
  for (const warning of warnings) work.onEvent({ type: "warning", ...warning });
  const survey = await surveySession(session, { depth: "quick" }, work);
  const request = {
    intent: Intent.restore,
    target: esp8266,
    chip: surveyedChip(session),
    survey,
    regions: images,
    blank: erases,
  };
  const { signal } = work;
  const contents = await gatherContents(sessionSource(session, { signal }), request, { signal });
  return { ...planFlash({ ...request, contents }), survey: { ...survey, contents } };
}
