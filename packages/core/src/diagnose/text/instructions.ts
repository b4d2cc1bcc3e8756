/**
 * A flasher's command in a text, without the files that it names: what of it can be judged all the same.
 *
 * @module
 */
import { isFlasherError } from "../../errors.js";
import type { FlashMode, FlashSize, Statement } from "../../image/flash-params.js";
import type { PackageFinding } from "../../packages/firmware-package.js";
import { readCommandLine } from "../../packages/instructions/command-line/read-command-line.js";
import { readHeaderTexts } from "../../packages/instructions/header-choice.js";
import type { InstructedFile } from "../../packages/instructions/instructions.js";

/** What a command says. */
export interface InstructedText {
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  readonly erases: boolean;
  readonly findings: readonly PackageFinding[];
}

/** A name for messages: the text has none. */
const NAME = "the command";
const COMMAND = /\bwrite[_-]flash\b|\bflashwright(?:\.js)? flash\b/i;
/** The place of init data and blank sector, back from the end of the declared flash. */
const PHY_INIT_FROM_END = 0x4000;
const BLANK_FROM_END = 0x2000;
/** AT's own parameters are erased too. */
const AT_BLANKS: readonly number[] = [0x7_e000, 0xf_e000];
/** An old README's slip for 0x3FE000. */
const SLIP = 0x37_e000;

/** Reads the first command that writes; `undefined` where there is none. */
export function readCommandText(text: string): InstructedText | undefined {
  if (!COMMAND.test(text)) return undefined;
  try {
    const instructions = readCommandLine(text, NAME);
    if (instructions === undefined) return undefined;
    const { choice, findings } = readHeaderTexts(instructions.header);
    const places = choice.size === undefined ? [] : misplaced(instructions.files, choice.size);
    return {
      map: choice.size,
      mode: choice.mode,
      erases: instructions.erase === "all",
      findings: [...instructions.findings, ...findings, ...places],
    };
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    const found: PackageFinding = { code: error.code, params: error.params, severity: "warning" };
    return { map: undefined, mode: undefined, erases: false, findings: [found] };
  }
}

function misplaced(files: readonly InstructedFile[], { size }: FlashSize): PackageFinding[] {
  return files.flatMap((file): PackageFinding[] => {
    const statement = /init_data/i.test(file.path)
      ? phyInitPlace(file, size)
      : /blank[^/]*\.bin$/i.test(file.path)
        ? blankPlace(file, size)
        : updateImagePlace(file);
    return statement === undefined ? [] : [{ ...statement, severity: "warning" }];
  });
}

function phyInitPlace({ path, offset }: InstructedFile, size: number): Statement | undefined {
  const expected = size - PHY_INIT_FROM_END;
  if (offset === expected) return undefined;
  return { code: "package-phy-init-misplaced", params: { name: path, offset, expected, size } };
}

function blankPlace({ path, offset }: InstructedFile, size: number): Statement | undefined {
  const expected = size - BLANK_FROM_END;
  if (offset === expected || AT_BLANKS.includes(offset) || offset === size - 0x5000) return undefined;
  const params = { name: path, offset, expected, size };
  return { code: offset === SLIP ? "package-blank-typo" : "package-blank-misplaced", params };
}

/** An image for the second boot does not start from 0, whoever wrote the command. */
function updateImagePlace({ path, offset }: InstructedFile): Statement | undefined {
  if (offset !== 0 || !/user[12][^/]*\.bin$/i.test(path)) return undefined;
  return { code: "update-image-at-start", params: { name: path } };
}
