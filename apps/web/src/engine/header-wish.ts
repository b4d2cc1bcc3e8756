/** The header that somebody asked for. @module */
import {
  esp8266,
  FlasherError,
  type FlashSize,
  flashSizeOfCapacity,
  formatSize,
  type HeaderChoice,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
} from "@flashwright/core";
import type { PlanWish } from "./engine.js";

/**
 * @param flashSize bytes of the chip, for `detect`
 * @throws FlasherError `flash-mode-unknown`, `flash-freq-unknown`, `flash-size-unknown`, `flash-size-ambiguous`
 */
export function headerChoice({ mode, freq, size }: PlanWish["header"], flashSize: number): HeaderChoice {
  const tables = esp8266.image.flashParams;
  return {
    ...(mode === undefined ? {} : { mode: parseFlashMode(mode, tables) }),
    ...(freq === undefined ? {} : { freq: parseFlashFreq(freq, tables) }),
    ...(size === undefined ? {} : { size: sizeOf(size, flashSize) }),
  };
}

function sizeOf(name: string, flashSize: number): FlashSize {
  const tables = esp8266.image.flashParams;
  if (name !== "detect") return parseFlashSize(name, tables);
  const size = flashSizeOfCapacity(flashSize, tables);
  if (size !== undefined) return size;
  const known = tables.sizes.map((one) => one.name);
  throw new FlasherError("flash-size-unknown", { text: formatSize(flashSize), known });
}
