/**
 * A program that somebody saved on the board, and that crashes it at every start.
 *
 * @module
 */
import { bytesOf } from "../../flash/contents.js";
import { readSaveArea } from "../../formats/espruino-save.js";
import { readStorage, SAVED_CODE_FILES, type StorageFile } from "../../formats/espruino-storage.js";
import { type LayoutRegion, RegionOwner } from "../../maps/layout.js";
import { crashes, type Facts, isDamaged, type Rule, startedSlot } from "../facts.js";
import { type Fix, Severity } from "../finding.js";
import type { RegionState } from "../survey.js";
import { finding } from "./make-finding.js";

/** The board crashes although its firmware looks whole, and a saved program is there that it starts. */
export const savedCodeLoop: Rule = (facts) => {
  const slot = startedSlot(facts);
  if (!crashes(facts) || slot === undefined || isDamaged(slot)) return [];
  const saved = savedProgram(facts);
  if (saved === undefined) return [];
  const { region, files } = saved;
  // Only a firmware that was proven to be whole leaves nothing else to blame.
  const isProven = slot.state === "intact" && files !== undefined;
  const fixes: Fix[] = [{ kind: "erase", regions: [region.id] }];
  return [
    finding(facts, "finding-saved-code-loop", isProven ? Severity.fatal : Severity.warning, {
      params: { region: region.id, offset: region.offset, files: files?.map(({ name }) => name) },
      evidence: [{ code: "evidence-saved-code", params: { offset: region.offset, size: region.size } }],
      fixes,
    }),
  ];
};

interface SavedProgram {
  readonly region: LayoutRegion;
  /** The files that start; empty for an area without files. `undefined` where nobody has read it. */
  readonly files: readonly StorageFile[] | undefined;
}

function savedProgram({ survey }: Facts): SavedProgram | undefined {
  const state = survey?.regions.find(holdsCode);
  if (state === undefined || survey === undefined) return undefined;
  const { region } = state;
  const area = bytesOf(region, survey.contents);
  if (area === undefined) return { region, files: undefined };
  if (region.owner === RegionOwner.savedCode) {
    return readSaveArea(area).state === "saved" ? { region, files: [] } : undefined;
  }
  const files = readStorage(area).files.filter(
    ({ name, deleted }) => !deleted && SAVED_CODE_FILES.includes(name),
  );
  return files.length === 0 ? undefined : { region, files };
}

function holdsCode({ region, content }: RegionState): boolean {
  const isKept = region.owner === RegionOwner.savedCode || region.owner === RegionOwner.storage;
  return isKept && (content === "data" || content === "partly");
}
