/**
 * Arguments of a write command: options anywhere, pairs of offset and file between them.
 *
 * @module
 */
import { FlasherError } from "../../../errors.js";
import {
  type HeaderTexts,
  type InstructedFile,
  instructedPath,
  MAX_FILES,
  parseOffset,
} from "../instructions.js";
import { hasVariable } from "./variables.js";
import type { Word } from "./words.js";

/** What was found. */
export interface WriteArguments {
  readonly files: readonly InstructedFile[];
  readonly header: HeaderTexts;
  readonly erasesAll: boolean;
  /** The chip that was named, in lower case. */
  readonly chip: string | undefined;
  /** The first word behind the pairs that is neither an option nor a pair: where prose goes on. */
  readonly rest: Word | undefined;
}

/** Options that set a header field, without their dashes. */
const headerOptions: Readonly<Record<string, keyof HeaderTexts>> = {
  fs: "size",
  "flash-size": "size",
  fm: "mode",
  "flash-mode": "mode",
  ff: "freq",
  "flash-freq": "freq",
};
const ERASE_OPTIONS: ReadonlySet<string> = new Set(["e", "erase-all"]);
const CHIP_OPTIONS: ReadonlySet<string> = new Set(["c", "chip"]);

/** Collects as the words go by. */
interface Draft {
  readonly files: InstructedFile[];
  readonly header: { -readonly [Field in keyof HeaderTexts]: HeaderTexts[Field] };
  erasesAll: boolean;
  chip: string | undefined;
  rest: Word | undefined;
}

/**
 * Reads the words around the name of the command: options in front of it, options and pairs behind it. Options that are not
 * known are passed over, with the word behind them where that cannot be anything else.
 * @throws FlasherError `command-file-missing`, `command-word`, `command-variable`, `package-path-unsafe`,
 *   `package-too-many-parts`, each with its line
 */
export function readArguments(before: readonly Word[], after: readonly Word[]): WriteArguments {
  const draft: Draft = { files: [], header: {}, erasesAll: false, chip: undefined, rest: undefined };
  for (let index = 0; index < before.length; ) {
    index += isOption(before[index]) ? readOption(before, index, draft) : 1;
  }
  for (let index = 0; index < after.length && draft.rest === undefined; ) {
    index += isOption(after[index]) ? readOption(after, index, draft) : readPair(after, index, draft);
  }
  return draft;
}

/** Whether a pair of offset and file is among the words. */
export function hasPair(words: readonly Word[]): boolean {
  return words.some((word, index) => isOffset(word) && words[index + 1] !== undefined);
}

/** Whether a word begins a pair. */
export function isOffset(word: Word | undefined): boolean {
  return word !== undefined && parseOffset(word.text) !== undefined;
}

function isOption({ text, isQuoted }: Word): boolean {
  return !isQuoted && /^--?[a-z]/i.test(text);
}

/** Reads the option at `index`; how many words it took. */
function readOption(words: readonly Word[], index: number, draft: Draft): number {
  const [, name, inline] = /^--?([^=]+)=?(.*)$/s.exec(words[index].text)!;
  const option = name.toLowerCase().replace(/_/g, "-");
  const hasInline = words[index].text.includes("=");
  const field = headerOptions[option];
  if (field !== undefined) {
    const value = hasInline ? inline : words[index + 1]?.text;
    if (value === undefined) throw wordError(words[index]);
    draft.header[field] = known(value, words[index].line);
    return hasInline ? 1 : 2;
  }
  if (ERASE_OPTIONS.has(option)) {
    draft.erasesAll = true;
    return 1;
  }
  if (CHIP_OPTIONS.has(option)) draft.chip = (hasInline ? inline : words[index + 1]?.text)?.toLowerCase();
  return !hasInline && takesNext(words, index) ? 2 : 1;
}

/** Whether the word behind an option that is not known must be its value: it begins no pair and is no option. */
function takesNext(words: readonly Word[], index: number): boolean {
  const next = words[index + 1];
  if (next === undefined || isOption(next)) return false;
  const second = words[index + 2];
  // A number is a value where no file follows it: `--baud 460800 0x0 boot.bin`.
  return !isOffset(next) || second === undefined || isOffset(second) || isOption(second);
}

/** Reads the pair at `index`, or notes that there is none; how many words it took. */
function readPair(words: readonly Word[], index: number, draft: Draft): number {
  const word = words[index];
  const offset = parseOffset(word.text);
  if (offset === undefined) {
    if (hasVariable(word.text)) throw variableError(word.text, word.line);
    if (draft.files.length === 0) throw wordError(word);
    draft.rest = word;
    return 1;
  }
  const file = words[index + 1];
  if (file === undefined || isOption(file)) {
    throw new FlasherError("command-file-missing", { offset, line: word.line });
  }
  if (draft.files.length === MAX_FILES) {
    throw new FlasherError("package-too-many-parts", { expected: MAX_FILES, line: word.line });
  }
  const path = instructedPath(known(file.text, file.line), { line: file.line });
  draft.files.push({ path, offset, line: word.line });
  return 2;
}

function known(text: string, line: number): string {
  if (hasVariable(text)) throw variableError(text, line);
  return text;
}

function wordError({ text, line }: Word): FlasherError {
  return new FlasherError("command-word", { word: text.slice(0, 100), line });
}

function variableError(text: string, line: number): FlasherError {
  return new FlasherError("command-variable", { word: text.slice(0, 100), line });
}
