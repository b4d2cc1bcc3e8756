/** Numbers and times as the language that is spoken writes them. Offsets and other hex have no language. @module */
import { languageTag } from "./words.js";

/** `26.1`, with as many digits behind the point. */
export function decimal(value: number, digits = 0): string {
  const style = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
  return new Intl.NumberFormat(languageTag, style).format(value);
}

/** `8 sec`, `2 min 5 sec` */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const parts = [...(minutes > 0 ? [inUnits(minutes, "minute")] : []), inUnits(whole % 60, "second")];
  return parts.join(" ");
}

function inUnits(value: number, unit: "minute" | "second"): string {
  return new Intl.NumberFormat(languageTag, { style: "unit", unit, unitDisplay: "short" }).format(value);
}
