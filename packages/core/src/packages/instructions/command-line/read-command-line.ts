/**
 * A flasher's command line in any text: pasted alone, in a README, in a batch file or a shell script.
 *
 * @module
 */
import { FlasherError } from "../../../errors.js";
import { type PackageFinding, PackageKind } from "../../firmware-package.js";
import type { Instructions } from "../instructions.js";
import { hasPair, isOffset, readArguments } from "./arguments.js";
import { readTable } from "./table.js";
import { assign, expand, type Variables } from "./variables.js";
import { commandsAt, isComment, plainLines, type Word } from "./words.js";

const WRITE = /^write[_-]flash$/i;
const ERASE = /^erase[_-]flash$/i;
/** Our own command, whose verb is too short to be looked for alone. */
const OWN_PROGRAM = /(?:^|[\\/])flashwright(?:\.js|\.cmd|\.exe)?$/i;
const OWN_WRITE = /^(?:flash|write[_-]flash)$/i;
const CHIPS: ReadonlySet<string> = new Set(["esp8266", "auto"]);

/** A command that writes, in words. */
interface WriteCommand {
  readonly before: readonly Word[];
  readonly after: readonly Word[];
  /** Where it begins, from 1. */
  readonly line: number;
  /** The first line that was taken without a continuation before it, from 1. */
  readonly lostLine: number | undefined;
}

/** All that a text says. */
interface ReadText {
  readonly writes: readonly WriteCommand[];
  readonly erasesBefore: boolean;
}

/**
 * The instructions in a text: of the first command that writes, or of a table of files and offsets where there is no
 * command. `undefined` where there is neither.
 * @throws FlasherError `command-…`, `package-path-unsafe`, `package-other-chip`, each with its line
 */
export function readCommandLine(text: string, fileName: string): Instructions | undefined {
  const lines = plainLines(text);
  return readWriteCommand(lines, fileName) ?? readTable(lines);
}

/**
 * The first command that writes, in lines of `plainLines`; `undefined` where there is none.
 * @throws FlasherError as `readCommandLine` does
 */
export function readWriteCommand(lines: readonly string[], fileName: string): Instructions | undefined {
  const { writes, erasesBefore } = readText(lines);
  // Prose may name the command without arguments before it shows it with some.
  const whole = writes.filter(({ after }) => hasPair(after));
  const command = whole[0] ?? writes[0];
  if (command === undefined) return undefined;
  const { files, header, erasesAll, chip, rest } = readArguments(command.before, command.after);
  if (chip !== undefined && !CHIPS.has(chip))
    throw new FlasherError("package-other-chip", { name: fileName, chip });
  if (files.length === 0) throw new FlasherError("command-no-files", { line: command.line });
  return {
    kind: PackageKind.commandLine,
    files,
    header,
    erase: erasesAll || erasesBefore ? "all" : "none",
    line: command.line,
    findings: [...describeCommand(command, whole.length), ...describeRest(rest)],
  };
}

function describeCommand({ line, lostLine }: WriteCommand, count: number): PackageFinding[] {
  const findings: PackageFinding[] = [];
  if (count > 1) findings.push({ code: "command-several", severity: "note", params: { line, count } });
  if (lostLine !== undefined) {
    findings.push({ code: "command-continuation-lost", severity: "warning", params: { line: lostLine } });
  }
  return findings;
}

function describeRest(rest: Word | undefined): PackageFinding[] {
  if (rest === undefined) return [];
  const params = { line: rest.line, word: rest.text.slice(0, 100) };
  return [{ code: "command-rest-ignored", severity: "note", params }];
}

function readText(lines: readonly string[]): ReadText {
  const variables: Variables = new Map();
  const writes: WriteCommand[] = [];
  let erasesBefore = false;
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (isComment(line) || assign(line, variables)) {
      index += 1;
      continue;
    }
    const commands = commandsAt(lines, index);
    for (const { words } of commands) {
      const write = findWrite(words);
      if (write !== undefined) writes.push({ ...write, line: index + 1, lostLine: undefined });
      else if (writes.length === 0 && words.some(({ text }) => ERASE.test(text))) erasesBefore = true;
    }
    const last = commands[commands.length - 1];
    index = last?.nextLine ?? index + 1;
    // Behind an operator the shell has gone on to something else.
    if (last !== undefined && findWrite(last.words) !== undefined)
      index = takeLostLines(lines, index, writes);
  }
  return { writes: writes.map((command) => expandCommand(command, variables)), erasesBefore };
}

/** The words before and behind the name of the command. */
function findWrite(words: readonly Word[]): Pick<WriteCommand, "before" | "after"> | undefined {
  const own = words.findIndex(({ text }) => OWN_PROGRAM.test(text));
  const isVerb = ({ text }: Word, index: number) =>
    WRITE.test(text) || (own >= 0 && index > own && OWN_WRITE.test(text));
  const verb = words.findIndex(isVerb);
  return verb < 0 ? undefined : { before: words.slice(0, verb), after: words.slice(verb + 1) };
}

/**
 * Adds lines that begin with an offset to the command before them: their continuation was lost, as it is in some releases'
 * own instructions. A command without a single pair takes lines of options too.
 */
function takeLostLines(lines: readonly string[], start: number, writes: WriteCommand[]): number {
  const command = writes[writes.length - 1];
  let { after, lostLine } = command;
  let index = start;
  while (index < lines.length && !isComment(lines[index])) {
    const [next, ...others] = commandsAt(lines, index);
    if (next === undefined || others.length > 0 || !goesOn(next.words, after)) break;
    lostLine ??= index + 1;
    after = [...after, ...next.words];
    index = next.nextLine;
  }
  writes[writes.length - 1] = { ...command, after, lostLine };
  return index;
}

function goesOn(words: readonly Word[], after: readonly Word[]): boolean {
  // A decimal number may begin a sentence; with a file's name behind it, it does not.
  const isPair = isOffset(words[0]) && words.length > 1;
  if (isPair && (/^0x/i.test(words[0].text) || /\.\w{2,4}$/.test(words[1].text))) return true;
  return !hasPair(after) && /^--?[a-z]/i.test(words[0].text);
}

function expandCommand(command: WriteCommand, variables: Variables): WriteCommand {
  const expandWords = (words: readonly Word[]) => words.flatMap((word) => expandWord(word, variables));
  return { ...command, before: expandWords(command.before), after: expandWords(command.after) };
}

/** A variable may hold several words, or none; between quotes it is one in any case. */
function expandWord(word: Word, variables: Variables): Word[] {
  const text = expand(word.text, variables);
  if (text === word.text || word.isQuoted) return [{ ...word, text }];
  return text.split(/\s+/).flatMap((part) => (part === "" ? [] : [{ ...word, text: part }]));
}
