/**
 * What a boot log tells, after its end.
 *
 * @module
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { BootEvent, BootEventOf, BootFact } from "../boot/boot-event.js";
import { BootLogParser } from "../boot/boot-log.js";
import { type BootState, foldBoot, initialBootState } from "../boot/boot-run.js";
import { type BootVerdict, bootVerdict, defaultVerdictLimits } from "../boot/verdict.js";
import { isFlasherError } from "../errors.js";
import { type FlashMode, type FlashSize, parseFlashMode, parseFlashSize } from "../image/flash-params.js";
import { esp8266BootDialect as dialect } from "../targets/esp8266/boot-dialect.js";
import { esp8266FlashParams as tables } from "../targets/esp8266/flash-params.js";
import type { CaughtException } from "./facts.js";

/** What a log tells besides the verdict. */
export interface BootFacts {
  /** `undefined` where the text holds no boot messages. */
  readonly verdict: BootVerdict | undefined;
  readonly exceptions: readonly CaughtException[];
  /** As the second boot prints them. */
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  readonly startedSlot: number | undefined;
}

/** Exceptions that are kept; a loop prints them for ever. */
const MOST_EXCEPTIONS = 64;

/** Reads a log that has ended, also one with other text around it. */
export function readBootLog(log: string): BootFacts {
  const parser = new BootLogParser(dialect);
  const events = [...parser.push(utf8ToBytes(log)), ...parser.flush()];
  const of = <Type extends BootFact["type"]>(type: Type) =>
    events.filter((event): event is BootEventOf<Type> => event.type === type);
  return {
    verdict: verdictOf(events),
    exceptions: of("fatal-exception").slice(0, MOST_EXCEPTIONS),
    map: known(of("flash-map").at(-1)?.map, (text) => parseFlashSize(text, tables)),
    mode: known(of("spi-mode").at(-1)?.mode, (text) => parseFlashMode(text, tables)),
    startedSlot: of("jump-to-user").at(-1)?.slot,
  };
}

/** Only where there is a boot message at all: other text says nothing of a start. */
function verdictOf(events: readonly BootEvent[]): BootVerdict | undefined {
  if (!events.some(({ type }) => type !== "text" && type !== "garbage")) return undefined;
  const state = events.reduce<BootState>(
    (before, event) => foldBoot(before, event, dialect),
    initialBootState,
  );
  return bootVerdict(state, defaultVerdictLimits.silenceMs, dialect);
}

/** The exceptions in the lines that a verdict kept. */
export function exceptionsOf(verdict: BootVerdict | undefined): readonly CaughtException[] {
  const lines = (verdict?.evidence ?? []).join("\n").replace(/:? epc1=/g, ":\nepc1=");
  return readBootLog(lines).exceptions;
}

/** A name of a table; `undefined` for one that it does not have. */
function known<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (error) {
    if (isFlasherError(error)) return undefined;
    throw error;
  }
}
