/** What runs on the board, as far as it was examined: what a console needs to know of it. @module */
import type { FlashPlan } from "@flashwright/core";
import {
  type ConsoleKind,
  consoleKindOfFamily,
  type RunningProgram,
  type SavingDangers,
  savingDangers,
} from "@flashwright/core/console";
import type { Survey } from "@flashwright/core/diagnose";
import { type FlashLayout, judgeMap, mapCodeOf } from "@flashwright/core/maps";
import { imageEndOf, layoutAfter, mapNow } from "../planned-map.js";

/** Facts of the firmware that runs; nothing where it is not known. */
export interface Running {
  readonly kind?: ConsoleKind | undefined;
  readonly program: RunningProgram;
  readonly dangers: SavingDangers;
}

/** Nobody has looked. */
export const unknownRunning: Running = { program: {}, dangers: {} };

/** @param ran what was written since the survey */
export function runningOf(survey: Survey, ran: FlashPlan | undefined): Running {
  const written = ran === undefined ? undefined : layoutAfter(ran);
  if (ran !== undefined && written !== undefined) {
    return {
      kind: kindOf(written),
      program: { layout: written },
      dangers: dangersOf(written, imageEndOf(ran)),
    };
  }
  const { layout, slots, activeSlot } = survey;
  if (layout === undefined) return { ...unknownRunning, kind: consoleKindOfFamily(survey.firmware.family) };
  const slot = slots.find(({ slot }) => slot === (activeSlot ?? "user1"));
  const linked = slot?.linkedParams?.size;
  return {
    kind: kindOf(layout),
    program: { layout, slotOffset: slot?.offset },
    dangers: dangersOf(layout, mapNow(survey).imageEnd, linked && mapCodeOf(linked)),
  };
}

function kindOf({ firmware }: FlashLayout): ConsoleKind | undefined {
  return consoleKindOfFamily(firmware.family);
}

function dangersOf(
  { firmware, map, flashSize }: FlashLayout,
  imageEnd: number | undefined,
  linkedMap?: number,
): SavingDangers {
  if (map === undefined) return {};
  const judgement = judgeMap({
    firmware,
    map,
    flashSize,
    ...(imageEnd === undefined ? {} : { imageEnd }),
    ...(linkedMap === undefined ? {} : { linkedMap }),
  });
  return judgement === undefined ? {} : savingDangers(judgement);
}
