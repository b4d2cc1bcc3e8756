/** What a look at a chip found, in lines. @module */
import { formatOffset } from "@flashwright/core";
import type { SlotState } from "@flashwright/core/diagnose";
import { bootLoaderName, firmwareName, paramsName } from "@flashwright/core/maps";
import type { SurveySummary } from "../cli-event.js";
import { table } from "./text.js";

const STATES: Readonly<Record<SlotState["state"], string>> = {
  "looks-whole": "looks whole",
  "looks-damaged": "looks damaged",
  intact: "intact",
  damaged: "DAMAGED",
  absent: "nothing there",
  blank: "blank",
};

/** Firmware, boot loader, header, and what is in the slots. */
export function surveyLines(survey: SurveySummary): string[] {
  const { firmware, bootLoader, header, slots, activeSlot } = survey;
  const rows: string[][] = [];
  if (firmware.family !== "unknown") rows.push(["Firmware", firmwareName(firmware)]);
  else rows.push(["Firmware", survey.firstByte === 0xff ? "none, the flash starts blank" : "not recognised"]);
  if (bootLoader !== undefined) rows.push(["Boot", bootLoaderName(bootLoader)]);
  if (header !== undefined) {
    const map = header.size === undefined ? "" : ` (map ${header.size.split})`;
    rows.push(["Header", `${paramsName(header)}${map}`]);
  }
  for (const slot of slots) rows.push(slotRow(slot, activeSlot));
  return table(rows);
}

function slotRow(
  { slot, offset, state, linkedParams }: SurveySummary["slots"][number],
  active: string | undefined,
): string[] {
  const linked = linkedParams?.size === undefined ? "" : `, linked for ${linkedParams.size.name}`;
  const starts = slot === active ? ", starts" : "";
  const told = state === "blank" || state === "absent" ? "" : `${linked}${starts}`;
  return [slot, `${STATES[state]}, at ${formatOffset(offset)}${told}`];
}
