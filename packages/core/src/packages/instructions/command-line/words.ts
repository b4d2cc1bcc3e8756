/**
 * Lines of a shell, a batch file or a README as words.
 *
 * @module
 */

/** A word, without its quotes. */
export interface Word {
  readonly text: string;
  /** Of the text, from 1. */
  readonly line: number;
  /** Between quotes: never an option. */
  readonly isQuoted: boolean;
}

/** Longer lines are cut; no command is. */
const LONGEST_LINE = 0x1_0000;

/** Lines that are comments in sh, make and batch files, and headings in Markdown. */
const COMMENT = /^\s*(?:#|\/\/|::|@?rem(?:\s|$))/i;

/** A prompt in front of a command: `$ `, `> `, `PS C:\esp> `, `C:\esp>`. */
const PROMPT = /^\s*(?:\$\s+|(?:PS )?[A-Za-z]:\\[^>]{0,200}>\s*|>\s+)/;

/** What ends a command within a line: operators and redirections. */
const OPERATOR = /^(?:&&|\|\||[;&|]|\d?>>?(?:&\d)?|<)/;

/** What instructions write for the reader to fill in: `<port>`. */
const PLACEHOLDER = /^<[\w ./:-]{1,40}>/;

/** Ends of lines that go on in the next: sh, cmd.exe, PowerShell. Blanks behind them break a real shell, and are let pass. */
const CONTINUES = /(?:\s|^)[\\^`]\s*$|\\\s*$/;

/** One command of a text: the words of a line and of those that continue it. */
export interface CommandWords {
  readonly words: readonly Word[];
  /** The line behind the last one. */
  readonly nextLine: number;
}

/** The lines of a text, with what word processors and forums do to quotes, dashes and blanks undone. */
export function plainLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/).map((line) => plain(line.slice(0, LONGEST_LINE)));
}

function plain(line: string): string {
  return line
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\u200b\u2060]/g, "")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(^|\s)[\u2013\u2014](?=[a-z])/g, "$1--")
    .replace(PROMPT, "");
}

/** Whether a line is a comment or holds nothing. */
export function isComment(line: string): boolean {
  return COMMENT.test(line) || line.trim() === "";
}

/** Whether a line says that it goes on in the next. */
export function continues(line: string): boolean {
  return CONTINUES.test(line);
}

/**
 * The commands that begin in line `first` (from 0): several where operators separate them. Continued lines are joined;
 * comments between them are skipped, as people write them there although no shell lets them.
 */
export function commandsAt(lines: readonly string[], first: number): CommandWords[] {
  const commands: Word[][] = [[]];
  let index = first;
  for (; index < lines.length; index++) {
    const goesOn = continues(lines[index]);
    const line = goesOn ? lines[index].replace(CONTINUES, " ") : lines[index];
    if (index === first || !isComment(line)) splitWords(line, index + 1, commands);
    if (!goesOn) break;
  }
  const nextLine = Math.min(index + 1, lines.length);
  return commands.filter((words) => words.length > 0).map((words) => ({ words, nextLine }));
}

/** Adds the words of a line to the last command; an operator begins the next one. */
function splitWords(line: string, lineNumber: number, commands: Word[][]): void {
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at])) {
      at += 1;
      continue;
    }
    if (line[at] === "#") return;
    const placeholder = PLACEHOLDER.exec(line.slice(at, at + 50));
    if (placeholder !== null) {
      commands[commands.length - 1].push({ text: placeholder[0], line: lineNumber, isQuoted: true });
      at += placeholder[0].length;
      continue;
    }
    const operator = OPERATOR.exec(line.slice(at, at + 8));
    if (operator !== null) {
      commands.push([]);
      at += operator[0].length;
      continue;
    }
    const word = readWord(line, at);
    commands[commands.length - 1].push({ text: word.text, line: lineNumber, isQuoted: word.isQuoted });
    at = word.end;
  }
}

/**
 * One word from `at`. A backslash counts as itself, being a separator of Windows' paths, except before a blank or a quote
 * outside of quotes. A quote that is never closed counts as itself too.
 */
function readWord(line: string, at: number): { text: string; end: number; isQuoted: boolean } {
  let text = "";
  let isQuoted = false;
  let end = at;
  while (end < line.length && !/\s/.test(line[end])) {
    const char = line[end];
    const close = char === '"' || char === "'" ? line.indexOf(char, end + 1) : -1;
    if (close > 0) {
      text += line.slice(end + 1, close);
      isQuoted = true;
      end = close + 1;
    } else if (char === "\\" && /[\s"']/.test(line[end + 1] ?? "")) {
      text += line[end + 1];
      end += 2;
    } else if ((char === ";" || char === "&" || char === "|") && text !== "") {
      break;
    } else {
      // Markdown's code in backticks is no quoting: its words are words.
      if (char !== "`") text += char;
      end += 1;
    }
  }
  return { text, end, isQuoted };
}
