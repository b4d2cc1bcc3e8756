/**
 * A flasher's command in a text, without the files that it names: what of it can be judged all the same.
 *
 * @module
 */

import { isFlasherError } from "../../errors.js";
import type { FlashMode, FlashSize } from "../../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { phrase } from "../../messages/catalogue.js";
import { checkBlankPlace, checkPhyInitPlace, checkUpdateStart } from "../../packages/checks/place-rules.js";
import { megabytesMeant } from "../../packages/checks/size-units.js";
import type { PackageFinding } from "../../packages/firmware-package.js";
import { readReleaseName } from "../../packages/identify/release-name.js";
import { readWriteCommand } from "../../packages/instructions/command-line/read-command-line.js";
import { plainLines } from "../../packages/instructions/command-line/words.js";
import { readHeaderTexts } from "../../packages/instructions/header-choice.js";
import type { InstructedFile, Instructions } from "../../packages/instructions/instructions.js";
import { AT_BLANK } from "../../packages/places.js";

/** What a command says. */
export interface InstructedText {
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  /** By the names of its files. */
  readonly firmware: FirmwareId | undefined;
  readonly erases: boolean;
  /** The map of as many megabytes as were written megabits, where the offsets belong to that. */
  readonly meant: FlashSize | undefined;
  readonly findings: readonly PackageFinding[];
}

const nothing = {
  map: undefined,
  mode: undefined,
  firmware: undefined,
  erases: false,
  meant: undefined,
} as const;

/** Reads the first command that writes; `undefined` where there is none. */
export function readCommandText(lines: readonly string[]): InstructedText | undefined {
  try {
    const instructions = readWriteCommand(plainLines(lines.join("\n")), phrase("part-command"));
    return instructions === undefined ? undefined : judge(instructions, lines);
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    return { ...nothing, findings: [{ code: error.code, params: error.params, severity: "warning" }] };
  }
}

function judge(instructions: Instructions, lines: readonly string[]): InstructedText {
  const { files, header, erase } = instructions;
  const { choice, findings } = readHeaderTexts(header);
  const meant = meantSize(files, header.size, choice.size);
  const places = choice.size === undefined || meant !== undefined ? [] : misplaced(files, choice.size);
  return {
    map: choice.size,
    mode: choice.mode,
    firmware: firmwareOf(files, lines[(instructions.line ?? 1) - 1] ?? ""),
    erases: erase === "all",
    meant,
    findings: [...instructions.findings, ...findings, ...places],
  };
}

/** The folder in the prompt counts too: the files in it have the same names for both builds. */
function firmwareOf(files: readonly InstructedFile[], line: string): FirmwareId | undefined {
  const paths = files.map(({ path }) => path).join(" ");
  if (!/espruino_/i.test(paths)) return undefined;
  const release = readReleaseName(line) ?? readReleaseName(paths);
  if (release === undefined) return { family: FirmwareFamily.espruino };
  const { build, version } = release;
  return { family: FirmwareFamily.espruino, build, ...(version === undefined ? {} : { version }) };
}

function meantSize(
  files: readonly InstructedFile[],
  text: string | undefined,
  said: FlashSize | undefined,
): FlashSize | undefined {
  // How long the files are nobody knows here: each has a byte at least.
  const needed = Math.max(...files.map(({ offset }) => offset)) + 1;
  if (text === undefined || said === undefined || needed <= said.size) return undefined;
  return megabytesMeant(text, needed);
}

/** By their names alone, so that none of it is more than a warning. */
function misplaced(files: readonly InstructedFile[], size: FlashSize): PackageFinding[] {
  const found = files.flatMap(({ path: name, offset }) => {
    if (/init_data/i.test(name)) return checkPhyInitPlace({ name, offset }, size);
    if (/blank[^/]*\.bin$/i.test(name))
      return checkBlankPlace({ name, offset }, size, Object.values(AT_BLANK));
    return /user[12][^/]*\.bin$/i.test(name) ? checkUpdateStart({ name, offset }) : [];
  });
  return found.map((finding) => ({ ...finding, severity: "warning" }));
}
