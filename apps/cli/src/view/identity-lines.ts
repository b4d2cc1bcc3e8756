/** Who is there, in lines. @module */
import { type ChipInfo, type FlashInfo, formatSize } from "@flashwright/core";
import { table } from "./text.js";

/** All that the loader told of chip and flash. */
export interface Identity {
  readonly chip: ChipInfo;
  readonly flash: FlashInfo;
  readonly flashSize: number;
  readonly loader: "rom" | "stub";
  readonly baudRate: number;
}

/** The answer to "what is this?". */
export function identityLines({ chip, flash, flashSize, loader, baudRate }: Identity): string[] {
  return table([
    ["Chip", `${chip.name}, crystal ${chip.crystalMHz} MHz${measured(chip)}`],
    ["MAC", `${chip.mac} (chip id 0x${chip.chipId.toString(16).padStart(8, "0")})`],
    ["Flash", `${formatSize(flashSize)}, id ${flashId(flash)}${flashNote(chip, flash, flashSize)}`],
    ["Loader", `${loader === "stub" ? "stub" : "ROM loader"} at ${baudRate} baud`],
  ]);
}

function measured({ crystalMHz, crystalMeasuredMHz }: ChipInfo): string {
  const off = Math.abs(crystalMHz - crystalMeasuredMHz);
  return off > 1 ? ` (measured ${crystalMeasuredMHz.toFixed(1)} MHz)` : "";
}

function flashId({ manufacturer, device, manufacturerName }: FlashInfo): string {
  const id = `${hex(manufacturer, 2)} ${hex(device, 4)}`;
  return manufacturerName === undefined ? id : `${id} (${manufacturerName})`;
}

function flashNote(chip: ChipInfo, flash: FlashInfo, flashSize: number): string {
  const notes: string[] = [];
  if (chip.embeddedFlash !== undefined) notes.push("inside the chip's package");
  if (flash.size !== flashSize) {
    notes.push(flash.size === undefined ? "size as you named it" : `its id says ${formatSize(flash.size)}`);
  }
  return notes.map((note) => `, ${note}`).join("");
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
