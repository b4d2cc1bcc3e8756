/** What happened on a console, in words. @module */
import {
  cleanText,
  describe,
  formatOffset,
  formatSize,
  formatStatement,
  type Statement,
} from "@flashwright/core";
import {
  addressPlace,
  type JournalCrash,
  type JournalEntry,
  type JournalNoise,
  type JournalRemark,
  type JournalStart,
  type RunningProgram,
} from "@flashwright/core/console";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";
import type { Fact } from "./reports.js";

/** What can be done about an entry by a button. */
export type EntryOffer = "read-boot" | "boot-rate" | "examine";

/** One thing that happened, in words; one with the same number takes its place. */
export interface ConsoleEntry {
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: "normal" | "warning" | "alarm";
  readonly title: string;
  readonly text?: string;
  readonly rows: readonly Fact[];
  /** The one thing to do. */
  readonly hint?: string;
  readonly offers: readonly EntryOffer[];
}

type Words = Omit<ConsoleEntry, "number" | "at" | "level">;

/** An entry in words. @param program what runs, to name the regions of addresses */
export function journalReport(
  { number, at, level, what }: JournalEntry,
  program: RunningProgram,
): ConsoleEntry {
  return { number, at, level, ...wordsOf(what, program) };
}

function wordsOf(what: JournalEntry["what"], program: RunningProgram): Words {
  switch (what.type) {
    case "start":
      return startWords(what);
    case "crash":
      return crashWords(what, program);
    case "unread-boot":
      return noiseWords(what);
    case "remark":
      return remarkWords(what);
  }
}

function startWords(start: JournalStart): Words {
  const { journal } = words.console;
  const { failure, slot, secondBoot, bootMode, loadedBytes, loadedPieces } = start;
  const flash = [start.mode, start.mhz && journal.megahertz(start.mhz), start.map].filter(Boolean).join(", ");
  return {
    title: counted(start.byWatchdog ? journal.watchdog : journal.start, start.count),
    ...(failure === undefined ? {} : statementWords(failure)),
    rows: [
      row(journal.cause, cleanText(start.resetCauseName ?? journal.unheard)),
      ...(bootMode === undefined ? [] : [row(journal.mode, journal.modes[bootMode] ?? String(bootMode))]),
      ...(loadedPieces === 0
        ? []
        : [row(journal.loaded, journal.pieces(formatSize(loadedBytes), loadedPieces))]),
      ...(secondBoot === undefined
        ? []
        : [row(journal.secondBoot, cleanText(`${journal.boots[secondBoot.loader]} ${secondBoot.version}`))]),
      ...(flash === "" ? [] : [row(journal.flash, cleanText(flash), true)]),
      ...(slot === undefined ? [] : [row(journal.slot, journal.at(slot.number, formatOffset(slot.offset)))]),
      row(journal.read, journal.baud(start.baudRate), true),
    ],
    ...(failure === undefined && start.byWatchdog ? { hint: journal.watchdogHint } : {}),
    offers: failure === undefined ? [] : ["examine"],
  };
}

function crashWords(
  { cause, name, meaning, registers, stack, count }: JournalCrash,
  program: RunningProgram,
): Words {
  const { journal } = words.console;
  const told = registers.filter(
    (register) => register.value !== 0 || register.name === "epc1" || register.name === "excvaddr",
  );
  return {
    title: counted(journal.crash(cause, name), count),
    text: meaning,
    rows: [
      ...told.map((register) => row(register.name, addressText(register.value, program), true)),
      ...(stack ?? [])
        .slice(0, MOST_STACK)
        .map((word) => row(journal.stack, addressText(word, program), true)),
    ],
    hint: journal.crashHint,
    offers: ["examine"],
  };
}

/** More of a stack is to be read in the terminal. */
const MOST_STACK = 12;

function noiseWords({ baudRate, byteCount }: JournalNoise): Words {
  const { journal } = words.console;
  return {
    title: journal.unread,
    text: journal.unreadText(byteCount, baudRate),
    rows: [],
    hint: journal.unreadHint,
    offers: ["read-boot", "boot-rate"],
  };
}

function remarkWords({ statement, count }: JournalRemark): Words {
  const { title, text, hint } = statementWords(statement);
  return {
    title: counted(title ?? text, count),
    rows: [],
    ...(hint === undefined ? {} : { hint }),
    offers:
      statement.code === "console-noise"
        ? ["read-boot"]
        : statement.code.startsWith("boot-")
          ? ["examine"]
          : [],
  };
}

function statementWords({ code, params }: Statement): { title?: string; text: string; hint?: string } {
  const { hint } = describe(code, params);
  const shown = pageHint(code, hint);
  const text = cleanText(formatStatement({ code, params }));
  return { text, ...(shown === undefined ? {} : { hint: cleanText(shown) }) };
}

function counted(title: string, count: number): string {
  return count === 1 ? title : words.console.journal.times(title, count);
}

function addressText(address: number, program: RunningProgram): string {
  return `${formatOffset(address)} · ${formatStatement(addressPlace(address, program))}`;
}

function row(term: string, value: string, isCode = false): Fact {
  return { term, value, ...(isCode ? { isCode } : {}) };
}
