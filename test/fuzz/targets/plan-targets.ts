/** Plans from files, and words for the flash's parameters. @module */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  esp8266FlashParams,
  explainFlashSize,
  parseFlashFreq,
  parseFlashMode,
  parsePlan,
} from "@flashwright/core";
import { text } from "../samples.js";
import { type FuzzTarget, must } from "../target.js";

const plan = () => new Uint8Array(readFileSync(join(import.meta.dirname, "../../formats/plan-2.json")));

/** All targets of plans. */
export const planTargets: readonly FuzzTarget[] = [
  {
    name: "parsePlan",
    samples: () => [plan()],
    run: (bytes) => {
      const value = parseOrNothing(Buffer.from(bytes).toString("utf8"));
      if (value === undefined) return;
      const parsed = parsePlan(value);
      must(
        JSON.stringify(parsePlan(parsed)) === JSON.stringify(parsed),
        "a plan that was read can be read again",
      );
    },
  },
  named("parseFlashMode", ["qio", "DOUT"], (words) => parseFlashMode(words, esp8266FlashParams)),
  named("parseFlashFreq", ["40m", "26.7MHz", "80"], (words) => parseFlashFreq(words, esp8266FlashParams)),
  named("explainFlashSize", ["4MB-c1", "32Mbit-C1", "32Mbit(1024KB+1024KB)"], (words) =>
    explainFlashSize(words, esp8266FlashParams),
  ),
];

/** Most damaged JSON is none; what is not JSON never reaches a parser of plans. */
function parseOrNothing(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** A parser of words. */
function named(name: string, words: readonly string[], parse: (words: string) => unknown): FuzzTarget {
  return {
    name,
    samples: () => words.map(text),
    run: (bytes) => parse(Buffer.from(bytes).toString("latin1")),
  };
}
