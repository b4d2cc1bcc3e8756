/**
 * Header fields as somebody wrote them, understood; what cannot be understood is a finding and no choice.
 *
 * @module
 */
import { isFlasherError } from "../../errors.js";
import { parseFlashFreq, parseFlashMode, parseFlashSize } from "../../image/flash-params.js";
import type { HeaderChoice } from "../../image/patch-header.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";
import type { PackageFinding } from "../firmware-package.js";
import type { HeaderTexts } from "./instructions.js";

/** A choice, and what was odd in the words for it. */
export interface ReadHeader {
  readonly choice: HeaderChoice;
  readonly findings: readonly PackageFinding[];
}

/** Whether the words leave a field to the file or to the tool. */
export function isLeftOpen(text: string): boolean {
  return /^(?:keep|detect)$/i.test(text);
}

/** The choice that the words stand for. */
export function readHeaderTexts(texts: HeaderTexts): ReadHeader {
  const findings: PackageFinding[] = [];
  const read = <T>(
    text: string | undefined,
    parse: (text: string, tables: typeof esp8266FlashParams) => T,
  ) => {
    if (text === undefined || isLeftOpen(text)) return undefined;
    try {
      return parse(text, esp8266FlashParams);
    } catch (error) {
      // Words that a person may have got wrong do not make the files unusable; anything else is our own fault.
      if (!isFlasherError(error)) throw error;
      findings.push({ code: error.code, params: error.params, severity: "error" });
      return undefined;
    }
  };
  const choice = {
    mode: read(texts.mode, parseFlashMode),
    freq: read(texts.freq, parseFlashFreq),
    size: read(texts.size, parseFlashSize),
  };
  return { choice, findings };
}
