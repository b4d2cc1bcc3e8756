/**
 * Files and offsets without a command: what the vendor's window tool shows, and tables in instructions.
 *
 * @module
 */
import { FlasherError } from "../../../errors.js";
import { PackageKind } from "../../firmware-package.js";
import {
  type HeaderTexts,
  type InstructedFile,
  type Instructions,
  instructedPath,
  MAX_FILES,
  parseOffset,
} from "../instructions.js";

/** Rows of a table are short; prose may not be. */
const LONGEST_ROW = 1024;

/** A file's name, in quotes where it has blanks. */
const FILE = /"([^"]{1,200}\.bin)"|([^\s"`*|,;=<>()[\]]{1,200}\.bin)\b/i;
const OFFSET = /(?<![\w.])0x[0-9a-f]{1,8}(?![\w.])/gi;
const SIZE = /(?<!\w)(\d{1,3}Mbit(?:-C\d)?)(?!\w)/i;
const MODE = /(?<!\w)(QIO|QOUT|DIO|DOUT)(?!\w)/i;
const FREQ = /(?<!\w)(20|26(?:\.7)?|40|80) ?MHz(?!\w)/i;

/**
 * The pairs of a table, one on each line, file or offset first; with the flash's size, mode and clock as the window tool
 * names them. `undefined` where no line has exactly one of each.
 * @throws FlasherError `package-path-unsafe` with the line, `package-too-many-parts`
 */
export function readTable(lines: readonly string[]): Instructions | undefined {
  const files = lines.flatMap((line, index) => readRow(line, index + 1));
  if (files.length === 0) return undefined;
  if (files.length > MAX_FILES) throw new FlasherError("package-too-many-parts", { expected: MAX_FILES });
  return { kind: PackageKind.commandLine, files, header: readSettings(lines), erase: "none", findings: [] };
}

function readRow(text: string, number: number): InstructedFile[] {
  const line = text.slice(0, LONGEST_ROW);
  const file = FILE.exec(line);
  if (file === null) return [];
  const name = file[1] ?? file[2];
  // A name such as 0x10000.bin is no offset; a line with two offsets gives a choice, and so none.
  const offsets = line.replace(file[0], " ").match(OFFSET) ?? [];
  const offset = offsets.length === 1 ? parseOffset(offsets[0]) : undefined;
  return offset === undefined ? [] : [{ path: instructedPath(name, { line: number }), offset, line: number }];
}

/** The first of each kind. */
function readSettings(lines: readonly string[]): HeaderTexts {
  const first = (pattern: RegExp) => {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match !== null) return match[1];
    }
    return undefined;
  };
  const [size, mode, freq] = [first(SIZE), first(MODE), first(FREQ)];
  return {
    ...(size === undefined ? {} : { size }),
    ...(mode === undefined ? {} : { mode }),
    ...(freq === undefined ? {} : { freq }),
  };
}
