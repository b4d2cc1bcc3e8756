/**
 * Whether what instructions say of the flash size agrees with what the firmware was linked for.
 *
 * @module
 */
import { type FlashSize, megabitsOf } from "../../image/flash-params.js";
import { mapCodeOf } from "../../maps/flash-map.js";
import { judgeMap, MapVerdict } from "../../maps/judge-map.js";
import { formatStatement } from "../../messages/catalogue.js";
import type { Draft, DraftPart, Linked } from "../draft.js";
import type { PackageFinding } from "../firmware-package.js";
import { isLeftOpen } from "../instructions/header-choice.js";
import { megabytesMeant } from "./size-units.js";

/** What contradicts itself between the instructed size, the files and the firmware. Empty where there are no instructions. */
export function checkMap(draft: Draft, linked: Linked): PackageFinding[] {
  const { instructed } = draft;
  if (instructed === undefined) return [];
  const { size } = instructed.choice;
  const text = instructed.texts.size;
  if (size === undefined)
    return text === undefined || isLeftOpen(text) ? checkOpenSize(draft, linked, text) : [];
  const beyond = checkBeyond(draft.parts, size, text ?? size.name);
  return beyond.length > 0 ? beyond : checkSize(size, linked);
}

/** Verdicts under which a board would not live long. */
const FATAL: ReadonlySet<string> = new Set([MapVerdict.fatal, MapVerdict.forbidden, MapVerdict.undefined]);

function checkSize(size: FlashSize, { firmware, map, main }: Linked): PackageFinding[] {
  if (map === undefined || map.code === size.code) return [];
  const params = { instructed: size.name, linked: map.name };
  const judgement = judgeMap({
    firmware,
    map: mapCodeOf(size),
    linkedMap: mapCodeOf(map),
    ...(main?.content.image?.image === undefined
      ? {}
      : { imageEnd: endOf(main, main.content.image.image.size) }),
  });
  if (judgement === undefined) {
    return size.split === map.split ? [] : [{ code: "package-map-differs", severity: "warning", params }];
  }
  const [worst] = judgement.hazards;
  if (FATAL.has(judgement.verdict) && worst !== undefined) {
    const reason = formatStatement(worst.what);
    return [{ code: "package-map-contradicts", severity: "error", params: { ...params, reason } }];
  }
  if (judgement.verdict === MapVerdict.ok) return [];
  return [{ code: "package-map-differs", severity: "warning", params }];
}

function endOf({ place }: DraftPart, size: number): number {
  return place.from === "start" ? place.offset + size : size;
}

/** Nothing set, or detection: the header keeps what the boot loader's file says, or gets the plain map of the chip's size. */
function checkOpenSize(draft: Draft, linked: Linked, text: string | undefined): PackageFinding[] {
  const { map } = linked;
  if (map === undefined) return [];
  if (text?.toLowerCase() === "detect") {
    if (!map.name.includes("-")) return [];
    return [{ code: "package-size-detected", severity: "error", params: { linked: map.name } }];
  }
  const first = draft.parts.find(({ place }) => place.from === "start" && place.offset === 0);
  const kept = first?.content.image?.header?.flashParams.size;
  if (first === undefined || kept === undefined || kept.code === map.code) return [];
  const params = { name: first.name, kept: kept.name, linked: map.name };
  return [{ code: "package-size-missing", severity: "error", params }];
}

/** Files behind the end that was set: often megabits taken for megabytes. */
function checkBeyond(parts: readonly DraftPart[], size: FlashSize, text: string): PackageFinding[] {
  const ends = parts.map((part) => ({ name: part.name, end: endOf(part, part.content.bytes.length) }));
  const last = ends.reduce((furthest, next) => (next.end > furthest.end ? next : furthest), ends[0]);
  if (last === undefined || last.end <= size.size) return [];
  const meant = megabytesMeant(text, last.end);
  if (meant !== undefined) {
    const params = {
      text,
      megabits: megabitsOf(size),
      size: size.size,
      needed: last.end,
      meant: meant.name,
    };
    return [{ code: "package-size-units", severity: "error", params }];
  }
  const params = { name: last.name, end: last.end, size: size.size };
  return [{ code: "package-beyond-size", severity: "error", params }];
}
