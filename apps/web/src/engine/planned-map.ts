/** The map as it is, and as it will be when a plan has run. @module */
import { esp8266, type FlashPlan, intersect, parseFlashSize, planRows, type Region } from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";
import {
  type DrawnMap,
  type FlashLayout,
  type LayoutRegion,
  layoutFor,
  layoutTitle,
  mapCodeOf,
} from "@flashwright/core/maps";
import { regionReports } from "../report/regions.js";
import type { RegionReport } from "../report/reports.js";
import { words } from "../words/words.js";

const UNKNOWN = {
  owner: "unused",
  erasure: "harmless",
  writtenAt: "never",
  certainty: "uncertain",
  source: "",
} as const;

/** What a plan that puts a header right writes of its image: one sector. */
const HEADER_SECTOR = 0x1000;

/** The chip as it was found. */
export function mapNow(survey: Survey): DrawnMap {
  const { layout, slots } = survey;
  const imageEnd = endOf(imageNow(survey));
  const damaged = slots.filter(({ state }) => state === "damaged" || state === "looks-damaged");
  return {
    layout: layout ?? unknownLayout(survey.flashSize),
    title: layout === undefined ? unknownTitle(survey) : layoutTitle(layout),
    ...(imageEnd === undefined ? {} : { imageEnd }),
    states: statesOf(survey),
    damaged: damaged.map(({ offset, size }) => ({ offset, size: size ?? 0x1000 })),
  };
}

/** The regions of the chip when the plan has run. */
export function regionsPlanned(plan: FlashPlan, survey: Survey): RegionReport[] {
  const layout = layoutAfter(plan) ?? survey.layout;
  const regions = (layout?.regions ?? []).map((region) => ({
    region,
    content: contentAfter(region, plan, survey),
  }));
  return regionReports({ layout, regions });
}

/** The chip when the plan has run; as it is where the plan does not say what will be there. */
export function mapPlanned(plan: FlashPlan, survey: Survey): DrawnMap {
  const layout = layoutAfter(plan) ?? survey.layout;
  if (layout === undefined) return mapWritten(plan, survey);
  const imageEnd = imageEndOf(plan) ?? endOf(imageKept(plan, survey));
  return {
    layout,
    title: layoutTitle(layout),
    ...(imageEnd === undefined ? {} : { imageEnd }),
    states: layout.regions.map((region) => ({ region, content: contentAfter(region, plan, survey) })),
  };
}

/** Where nobody knows the layout: what is written by its file's name, between what stays. */
function mapWritten(plan: FlashPlan, survey: Survey): DrawnMap {
  const written = planRows(plan).filter(({ fate }) => fate === "written");
  if (written.length === 0) return mapNow(survey);
  const regions: LayoutRegion[] = [];
  let end = 0;
  for (const { region, name } of written) {
    if (region.offset > end) regions.push(nobodys("unused", { offset: end, size: region.offset - end }));
    regions.push({ ...nobodys(name, region), owner: "reserved" });
    end = region.offset + region.size;
  }
  if (end < plan.flashSize) regions.push(nobodys("unused", { offset: end, size: plan.flashSize - end }));
  return {
    layout: { flashSize: plan.flashSize, regions },
    title: words.map.writtenTitle,
    states: regions.map((region) => ({ region, content: contentAfter(region, plan, survey) })),
  };
}

/** Offset behind the application that the plan writes; `undefined` where it writes none. */
export function imageEndOf({ images }: FlashPlan): number | undefined {
  const written = images.find(({ offset }) => offset === 0x1000 || offset === 0x1_0000);
  return written && written.offset + written.size;
}

/** What lies where when the plan has run; `undefined` where the plan does not say. */
export function layoutAfter({ firmware, header, flashSize }: FlashPlan): FlashLayout | undefined {
  if (firmware === undefined || firmware.family === "unknown") return undefined;
  const size = header === undefined ? undefined : parseFlashSize(header.size.name, esp8266.image.flashParams);
  return layoutFor(firmware, size === undefined ? undefined : mapCodeOf(size), flashSize);
}

/** The application that starts, where its length is known; where the second slot starts a drawing does not tell. */
function imageNow({ slots, activeSlot }: Survey): Region | undefined {
  const started = slots.find(({ slot }) => slot === (activeSlot ?? "user1") || slot === "app");
  if (started?.size === undefined || started.slot === "user2") return undefined;
  return { offset: started.offset, size: started.size };
}

/** The same, where the plan leaves all of it but the header in its first sector. */
function imageKept(plan: FlashPlan, survey: Survey): Region | undefined {
  const image = imageNow(survey);
  if (image === undefined || plan.eraseChip) return undefined;
  const isOther = accountsIn(image, plan).some(
    ({ fate, region }) =>
      fate === "erased" ||
      fate === "lost" ||
      (fate === "written" && region.offset + region.size > image.offset + HEADER_SECTOR),
  );
  return isOther ? undefined : image;
}

function endOf(region: Region | undefined): number | undefined {
  return region && region.offset + region.size;
}

type Content = NonNullable<DrawnMap["states"]>[number]["content"];

/** Blank where everything that lies there is erased or known to be blank; as it was seen where nothing is done to it. */
function contentAfter(region: Region, plan: FlashPlan, survey: Survey): Content {
  const end = region.offset + region.size;
  const inside = accountsIn(region, plan);
  if (inside.some(({ fate }) => fate === "written")) return "data";
  const isBlank = survey.contents.blank.some(
    ({ offset, size }) => offset <= region.offset && offset + size >= end,
  );
  const isErased = inside.length > 0 && inside.every(({ fate }) => fate === "erased" || fate === "lost");
  if (isBlank || isErased) return "blank";
  if (inside.some(({ fate }) => fate === "equal")) return "data";
  if (plan.eraseChip) return "blank";
  const isTouched = inside.some(({ fate }) => fate === "erased" || fate === "lost");
  return isTouched ? "unseen" : contentNow(region, survey);
}

function accountsIn(region: Region, { accounts }: FlashPlan): FlashPlan["accounts"] {
  return accounts.filter((account) => intersect(account.region, region) !== undefined);
}

/** What was seen there, where a region of now has the same bytes. */
function contentNow(region: Region, survey: Survey): Content {
  const same = statesOf(survey).find(
    ({ region: { offset, size } }) => offset === region.offset && size === region.size,
  );
  return same?.content ?? "unseen";
}

/** What a look found, in the four words of a drawing: zeros are no erased flash. */
function statesOf({ regions, layout, contents, flashSize }: Survey): NonNullable<DrawnMap["states"]> {
  if (layout === undefined) {
    const whole = { offset: 0, size: flashSize };
    const isBlank = contents.blank.some(({ offset, size }) => offset === 0 && size >= flashSize);
    return [{ region: whole, content: isBlank ? "blank" : "unseen" }];
  }
  return regions.map(({ region, content }) => ({ region, content: content === "zeros" ? "data" : content }));
}

function unknownTitle({ firstByte }: Survey): string {
  return firstByte === 0xff ? words.map.blankTitle : words.map.unknownTitle;
}

/** One region that belongs to nobody. */
function unknownLayout(flashSize: number): DrawnMap["layout"] {
  return { flashSize, regions: [nobodys("unused", { offset: 0, size: flashSize })] };
}

function nobodys(id: string, { offset, size }: Region): LayoutRegion {
  return { ...UNKNOWN, id, offset, size };
}
