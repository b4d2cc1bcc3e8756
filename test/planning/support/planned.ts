/** From a chip's content to a plan, the way a flasher goes. @module */
import {
  esp8266,
  type FlashPlan,
  formatStatement,
  gatherContents,
  type PackageRequest,
  type PlannedFlash,
  planFlash,
  type SectorAccount,
} from "@flashwright/core";
import { dumpSource, type Survey, surveyFlash } from "@flashwright/core/diagnose";

export const mac = "5c:cf:7f:02:9a:b7";

/** What a flasher asks for. */
export type Wish = Omit<PackageRequest, "target" | "chip" | "survey" | "contents"> & {
  readonly hashKept?: "data" | "all";
  readonly flashId?: number;
  readonly embeddedFlash?: number;
};

/** Looks at a flash quickly and plans with all that has to be known. */
export async function planned(
  flash: Uint8Array,
  { hashKept = "data", flashId, embeddedFlash, ...wish }: Wish,
): Promise<PlannedFlash & { readonly survey: Survey; readonly request: PackageRequest }> {
  const source = dumpSource(flash);
  const survey = await surveyFlash(source, { depth: "quick" });
  const chip = {
    mac,
    flashSize: flash.length,
    loader: "stub" as const,
    ...(flashId === undefined ? {} : { flashId }),
    ...(embeddedFlash === undefined ? {} : { embeddedFlash }),
  };
  const request: PackageRequest = { ...wish, target: esp8266, chip, survey };
  const contents = await gatherContents(source, request, { hashKept });
  return { ...planFlash({ ...request, contents }), survey, request };
}

/** The flash when the plan has run: erases first, then writes; both as a flash does them. */
export function after({ plan, data }: PlannedFlash, flash: Uint8Array): Uint8Array {
  const result = flash.slice();
  if (plan.eraseChip) result.fill(0xff);
  for (const { offset, size } of plan.erases) result.fill(0xff, offset, offset + size);
  for (const { region, erases, sha256 } of plan.writes) {
    result.fill(0xff, erases.offset, erases.offset + erases.size);
    result.set(data.get(sha256)!, region.offset);
  }
  return result;
}

/** One account in a line: `0x077000..0x077fff lost (user1) eeprom: … [backed up]`. */
export function accountLine({ region, fate, owner, holds, reason, backedUp }: SectorAccount): string {
  const hex = (offset: number) => `0x${offset.toString(16).padStart(6, "0")}`;
  const end = region.offset + region.size - 1;
  const parts = [
    `${hex(region.offset)}..${hex(end)}`,
    fate,
    owner ?? "-",
    holds.length > 0 ? `<${holds.join(" ")}>` : "",
    reason?.code ?? "",
    backedUp ? "backed up" : "",
  ];
  return parts.filter((text) => text !== "").join(" ");
}

/** What a plan says of the chip. */
export function story(plan: FlashPlan): string[] {
  return plan.accounts.map(accountLine);
}

/** Header and warnings in words. */
export function words(plan: FlashPlan): string[] {
  const { header } = plan;
  const fields = (["mode", "freq", "size"] as const).map((field) =>
    header === undefined ? "" : `${field} ${header[field].name}: ${formatStatement(header[field].reason)}`,
  );
  return [...fields, ...plan.warnings.map(formatStatement)];
}
