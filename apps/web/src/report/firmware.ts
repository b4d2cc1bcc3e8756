/** A firmware package in words. @module */
import { formatOffset, formatStatement, shortSize } from "@flashwright/core";
import { firmwareName, sizeInAllNames } from "@flashwright/core/maps";
import type { FirmwarePackage } from "@flashwright/core/packages";

/** What was opened. */
export interface FirmwareReport {
  readonly title: string;
  readonly name: string;
  /** The flash size that it was built for, in every tool's words. */
  readonly linkedFor?: string;
  readonly parts: readonly {
    readonly place: string;
    readonly sizeText: string;
    readonly name: string;
    readonly isSpare: boolean;
  }[];
  readonly findings: readonly { readonly severity: "error" | "warning" | "note"; readonly text: string }[];
  /** Whether its own instructions erase the whole chip first, or want it asked. */
  readonly erase: "none" | "ask" | "all";
  /** What its manifest calls it. */
  readonly announced?: { readonly name?: string; readonly version?: string; readonly fundingUrl?: string };
}

/** In words. */
export function firmwareReport(firmware: FirmwarePackage): FirmwareReport {
  const { name, linkedMap, parts, findings, instructedErase, announced } = firmware;
  return {
    title: firmwareName(firmware.firmware),
    name,
    ...(linkedMap === undefined ? {} : { linkedFor: sizeInAllNames(linkedMap) }),
    parts: parts.map((part) => ({
      place: placeOf(part.place),
      sizeText: shortSize(part.bytes.length),
      name: part.name,
      isSpare: part.spare === true,
    })),
    findings: findings.map((finding) => ({ severity: finding.severity, text: formatStatement(finding) })),
    erase: instructedErase,
    ...(announced === undefined ? {} : { announced }),
  };
}

/** `0x00001000`, or `end-0x4000` where the map decides. */
function placeOf({ from, offset }: FirmwarePackage["parts"][number]["place"]): string {
  return from === "start" ? formatOffset(offset) : `end-0x${offset.toString(16)}`;
}
