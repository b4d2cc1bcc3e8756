/**
 * A flasher's command in a text, without the files that it names: what of it can be judged all the same.
 *
 * @module
 */
import { isFlasherError } from "../../errors.js";
import type { FlashMode, FlashSize, Statement } from "../../image/flash-params.js";
import { EspruinoBuild } from "../../maps/firmware/espruino-4mb.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import type { PackageFinding } from "../../packages/firmware-package.js";
import { readCommandLine } from "../../packages/instructions/command-line/read-command-line.js";
import { readHeaderTexts } from "../../packages/instructions/header-choice.js";
import type { InstructedFile } from "../../packages/instructions/instructions.js";
import { AT_BLANK, BLANK_FROM_END, BLANK_SLIP, PHY_INIT_FROM_END } from "../../packages/places.js";

/** What a command says. */
export interface InstructedText {
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  /** By the names of its files. */
  readonly firmware: FirmwareId | undefined;
  readonly erases: boolean;
  /** Bytes of flash to whose end the addresses belong, where that is eight times what the size says. */
  readonly meantSize: number | undefined;
  readonly findings: readonly PackageFinding[];
}

/** A name for messages: the text has none. */
const NAME = "the command";
const COMMAND = /\bwrite[_-]flash\b|\bflashwright(?:\.js)? flash\b/i;

const nothing = {
  map: undefined,
  mode: undefined,
  firmware: undefined,
  erases: false,
  meantSize: undefined,
} as const;

/** Reads the first command that writes; `undefined` where there is none. */
export function readCommandText(text: string): InstructedText | undefined {
  if (!COMMAND.test(text)) return undefined;
  try {
    const instructions = readCommandLine(text, NAME);
    if (instructions === undefined) return undefined;
    const { choice, findings } = readHeaderTexts(instructions.header);
    const meantSize = sizeMeant(instructions.files, choice.size);
    const isAsSaid = choice.size !== undefined && meantSize === undefined;
    const places = isAsSaid ? misplaced(instructions.files, choice.size) : [];
    return {
      map: choice.size,
      mode: choice.mode,
      firmware: firmwareOf(text, instructions.files),
      erases: instructions.erase === "all",
      meantSize,
      findings: [...instructions.findings, ...findings, ...places],
    };
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    const found: PackageFinding = { code: error.code, params: error.params, severity: "warning" };
    return { ...nothing, findings: [found] };
  }
}

/** Releases of Espruino come in folders that name version and build; the files in them have the same names for both. */
const RELEASE = /espruino_(\d{1,2}v\d{2})(?:\.\d{1,5})?_esp8266(_4mb)?(?![\w])/i;

function firmwareOf(text: string, files: readonly InstructedFile[]): FirmwareId | undefined {
  const isEspruino = files.some(({ path }) => /espruino_/i.test(path));
  if (!isEspruino) return undefined;
  const line = text.split(/\r\n|\r|\n/).find((candidate) => COMMAND.test(candidate)) ?? "";
  const release = RELEASE.exec(line) ?? RELEASE.exec(files.map(({ path }) => path).join(" "));
  if (release === null) return { family: FirmwareFamily.espruino };
  const build = release[2] === undefined ? EspruinoBuild.board : EspruinoBuild.fourMegabytes;
  return { family: FirmwareFamily.espruino, build, version: release[1]! };
}

/** PHY init data goes near the end of the flash that somebody has in mind; eight times the size is megabits for megabytes. */
function sizeMeant(files: readonly InstructedFile[], said: FlashSize | undefined): number | undefined {
  const init = files.find(({ path }) => /init_data/i.test(path));
  if (init === undefined || said === undefined) return undefined;
  return init.offset + PHY_INIT_FROM_END === said.size * 8 ? said.size * 8 : undefined;
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
  if (offset === expected || Object.values(AT_BLANK).includes(offset) || offset === size - 0x5000)
    return undefined;
  const params = { name: path, offset, expected, size };
  return { code: offset === BLANK_SLIP ? "package-blank-typo" : "package-blank-misplaced", params };
}

/** An image for the second boot does not start from 0, whoever wrote the command. */
function updateImagePlace({ path, offset }: InstructedFile): Statement | undefined {
  if (offset !== 0 || !/user[12][^/]*\.bin$/i.test(path)) return undefined;
  return { code: "update-image-at-start", params: { name: path } };
}
