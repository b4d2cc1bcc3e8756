/** The AT firmware, known by texts that its image holds. @module */
import { latin1 } from "../../bytes.js";

/** What an AT firmware's image says of itself. */
export interface AtBuild {
  /** `1.7.6`, from `Bin version(Wroom 02):1.7.6`; empty where the image does not say. */
  readonly version: string;
  readonly binLabel: string;
  readonly sdkVersion: string;
  readonly compileTime: string;
}

/** The AT firmware in an image; `undefined` when it is none. */
export function recogniseAt(image: Uint8Array): AtBuild | undefined {
  const text = latin1(image);
  if (!text.includes("AT version:")) return undefined;
  const bin = /Bin version(?:\([^)]*\))?:(\d[\d.]*)/.exec(text);
  return {
    version: bin?.[1] ?? "",
    binLabel: bin?.[0] ?? "",
    sdkVersion: /\d\.\d\.\d(?:-dev)?\([0-9a-f]{7}\)/.exec(text)?.[0] ?? "",
    compileTime: /compile time:([A-Z][a-z]{2} [ \d]\d \d{4} [\d:]{8})/.exec(text)?.[1] ?? "",
  };
}
