/**
 * What happened on a console, for a list beside it: starts with all that they tell, crashes, remarks.
 *
 * An entry grows while its lines come, and keeps its number: whoever shows entries replaces the one with that number.
 *
 * @module
 */
import type { BootDialect } from "../boot/boot-dialect.js";
import type { BootEvent, BootEventOf } from "../boot/boot-event.js";
import type { Statement } from "../image/flash-params.js";
import type { ConsoleNote } from "./boot-notes.js";
import { firmwareRemark, type RemarkLevel } from "./firmware-remarks.js";

/** One thing that happened. */
export interface JournalEntry {
  /** From 1, in the order in which entries began. */
  readonly number: number;
  /** When it began, in milliseconds of whoever tells of it. */
  readonly at: number;
  readonly level: RemarkLevel;
  readonly what: JournalStart | JournalCrash | JournalNoise | JournalRemark;
}

/** The chip has started. */
export interface JournalStart {
  readonly type: "start";
  /** bit/s at which its words were read. */
  readonly baudRate: number;
  /** As printed, and in words; missing, like the boot mode, where the first line came at another rate. */
  readonly resetCause?: number;
  readonly resetCauseName?: string;
  readonly byWatchdog: boolean;
  readonly bootMode?: number;
  /** Bytes that the boot ROM copied into RAM, and the pieces that they came in. */
  readonly loadedBytes: number;
  readonly loadedPieces: number;
  readonly secondBoot?: { readonly loader: "sdk" | "eboot" | "rboot"; readonly version: string };
  /** Flash mode, frequency in MHz and flash map in the second boot's words. */
  readonly mode?: string;
  readonly mhz?: number;
  readonly map?: string;
  /** The update slot that was started, with its offset in flash. */
  readonly slot?: { readonly number: number; readonly offset: number };
  /** Why it goes no further. */
  readonly failure?: Statement;
  /** More than 1 where it starts and crashes again and again in the same way; the rest is of the latest start. */
  readonly count: number;
}

/** The program has crashed. */
export interface JournalCrash extends Pick<CrashNote, "cause" | "name" | "meaning" | "registers"> {
  readonly type: "crash";
  /** Words of the stack that lie in code, the latest first; missing where no stack was dumped. */
  readonly stack?: readonly number[];
  /** How often it has crashed in this very way. */
  readonly count: number;
}

/** The boot ROM has spoken at its own rate, which was not the console's. */
export interface JournalNoise {
  readonly type: "unread-boot";
  readonly baudRate: number;
  readonly byteCount: number;
}

/** Anything else, in words. */
export interface JournalRemark {
  readonly type: "remark";
  readonly statement: Statement;
  /** Set for what a console shows once and then again all the time. */
  readonly count: number;
}

type CrashNote = Extract<ConsoleNote, { type: "exception" }>;
type StackNote = Extract<ConsoleNote, { type: "stack" }>;

/** Noise that comes this soon behind other noise belongs to it, in milliseconds. */
const NEXT_NOISE_MS = 2000;
/** What tells of a start whose first line was not heard. */
const STARTS: ReadonlySet<BootEvent["type"]> = new Set(["segment-load", "image-checksum", "second-boot"]);
/** Notes that are told better by a start of their own. */
const TOLD_BY_START: ReadonlySet<string> = new Set(["console-restart"]);

/** Keeps the entries that can still grow: of bounded size however long the console runs. */
export class Journal {
  #number = 0;
  #last: JournalEntry | undefined;
  #start: JournalEntry | undefined;
  #crash: JournalEntry | undefined;
  /** The latest crash was like the one before: what follows is another round of the same. */
  #isLoop = false;

  /** @param dialect the chip's way to report its start */
  constructor(readonly dialect: BootDialect) {}

  /** What a whole line tells. @param baudRate bit/s at which it was read */
  see(event: BootEvent, at: number, baudRate: number): JournalEntry | undefined {
    if (event.type === "rom-banner") return this.#begin(event, at, baudRate);
    if (event.type === "text") return this.#remark(event.line, at);
    if (this.#start === undefined && STARTS.has(event.type)) {
      this.#start = this.#started(at, "normal", emptyStart(baudRate));
    }
    const start = this.#start?.what;
    if (start?.type !== "start") return undefined;
    if (event.type === "watchdog-reset") return this.#grow({ byWatchdog: true });
    return this.#grow(factOf(event, start));
  }

  /** What a note of the console's tells. */
  note(note: ConsoleNote, at: number): JournalEntry | undefined {
    if (note.type === "exception") return this.#crashed(note, at);
    if (note.type === "stack") return this.#stack(note, at);
    if (TOLD_BY_START.has(note.code)) return undefined;
    if (note.code === "console-boot-noise") return this.#noise(note.params, at);
    const statement = { code: note.code, params: note.params };
    if (note.code.startsWith("boot-") && this.#start !== undefined) return this.#grow({ failure: statement });
    const level = note.code.startsWith("boot-") ? "alarm" : "normal";
    return this.#add(at, level, { type: "remark", statement, count: 1 });
  }

  #begin({ resetCause, bootMode }: BootEventOf<"rom-banner">, at: number, baudRate: number): JournalEntry {
    const byWatchdog = this.dialect.isWatchdogCause(resetCause);
    this.#start = this.#started(at, byWatchdog ? "warning" : "normal", {
      ...emptyStart(baudRate),
      resetCause,
      resetCauseName: this.dialect.resetCauseName(resetCause),
      byWatchdog,
      bootMode: bootMode[0],
    });
    return this.#start;
  }

  #started(at: number, level: RemarkLevel, what: JournalStart): JournalEntry {
    const before = this.#isLoop ? this.#start : undefined;
    this.#isLoop = false;
    if (before?.what.type !== "start") return this.#add(at, level, what);
    return this.#replace({ ...before, at, level, what: { ...what, count: before.what.count + 1 } });
  }

  #crashed({ type: _, ...crash }: CrashNote, at: number): JournalEntry {
    const before = this.#crash;
    this.#isLoop = before?.what.type === "crash" && isSameCrash(before.what, crash);
    if (before?.what.type === "crash" && this.#isLoop) {
      const { count } = before.what;
      this.#crash = this.#replace({ ...before, at, what: { type: "crash", ...crash, count: count + 1 } });
    } else this.#crash = this.#add(at, "alarm", { type: "crash", ...crash, count: 1 });
    return this.#crash;
  }

  #grow(fact: Partial<JournalStart> | undefined): JournalEntry | undefined {
    const entry = this.#start;
    if (fact === undefined || entry?.what.type !== "start") return undefined;
    const what = { ...entry.what, ...fact };
    const level = what.failure !== undefined ? "alarm" : what.byWatchdog ? "warning" : "normal";
    this.#start = { ...entry, level, what };
    if (this.#last?.number === entry.number) this.#last = this.#start;
    return this.#start;
  }

  #stack({ addresses }: StackNote, at: number): JournalEntry {
    const last = this.#last;
    if (last?.what.type === "crash" && last.what.stack === undefined) {
      this.#crash = this.#replace({ ...last, what: { ...last.what, stack: addresses } });
      return this.#crash;
    }
    const statement: Statement = { code: "journal-stack", params: { codeWords: addresses.length } };
    return this.#add(at, "warning", { type: "remark", statement, count: 1 });
  }

  #noise({ baudRate, byteCount }: Statement["params"], at: number): JournalEntry {
    const last = this.#last;
    const more = Number(byteCount);
    // What comes next belongs to a start of its own.
    this.#start = undefined;
    if (last?.what.type === "unread-boot" && at - last.at < NEXT_NOISE_MS) {
      return this.#replace({ ...last, what: { ...last.what, byteCount: last.what.byteCount + more } });
    }
    return this.#add(at, "warning", { type: "unread-boot", baudRate: Number(baudRate), byteCount: more });
  }

  /** The same remark again and again is one, and counted. */
  #remark(line: string, at: number): JournalEntry | undefined {
    const remark = firmwareRemark(line);
    if (remark === undefined) return undefined;
    const { statement, level } = remark;
    const last = this.#last;
    if (last?.what.type === "remark" && isSame(last.what.statement, statement)) {
      return this.#replace({ ...last, what: { ...last.what, count: last.what.count + 1 } });
    }
    return this.#add(at, level, { type: "remark", statement, count: 1 });
  }

  #add(at: number, level: RemarkLevel, what: JournalEntry["what"]): JournalEntry {
    return this.#replace({ number: ++this.#number, at, level, what });
  }

  #replace(entry: JournalEntry): JournalEntry {
    this.#last = entry;
    return entry;
  }
}

function emptyStart(baudRate: number): JournalStart {
  return { type: "start", baudRate, byWatchdog: false, loadedBytes: 0, loadedPieces: 0, count: 1 };
}

function factOf(event: BootEvent, start: JournalStart): Partial<JournalStart> | undefined {
  switch (event.type) {
    case "segment-load":
      return {
        loadedBytes: start.loadedBytes + event.size,
        loadedPieces: start.loadedPieces + (event.size === 0 ? 0 : 1),
      };
    case "second-boot":
      return { secondBoot: { loader: event.loader, version: event.version } };
    case "spi-mode":
      return { mode: event.mode };
    case "spi-speed":
      return { mhz: event.mhz };
    case "flash-map":
      return { map: event.map };
    case "jump-to-user":
      return { slot: { number: event.slot, offset: event.offset } };
    default:
      return undefined;
  }
}

function isSameCrash(one: JournalCrash, other: Omit<CrashNote, "type">): boolean {
  return one.cause === other.cause && JSON.stringify(one.registers) === JSON.stringify(other.registers);
}

function isSame(one: Statement, other: Statement): boolean {
  return one.code === other.code && JSON.stringify(one.params) === JSON.stringify(other.params);
}
