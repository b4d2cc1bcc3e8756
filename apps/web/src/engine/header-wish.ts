/** The header that somebody asked for. @module */
import {
  esp8266,
  type HeaderChoice,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
} from "@flashwright/core";
import type { PlanWish } from "./engine.js";

/** @throws FlasherError `flash-mode-unknown`, `flash-freq-unknown`, `flash-size-unknown`, `flash-size-ambiguous` */
export function headerChoice({ mode, freq, size }: PlanWish["header"]): HeaderChoice {
  const tables = esp8266.image.flashParams;
  return {
    ...(mode === undefined ? {} : { mode: parseFlashMode(mode, tables) }),
    ...(freq === undefined ? {} : { freq: parseFlashFreq(freq, tables) }),
    ...(size === undefined ? {} : { size: parseFlashSize(size, tables) }),
  };
}
