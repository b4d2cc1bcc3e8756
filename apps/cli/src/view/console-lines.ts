/** Remarks on a console, in lines. @module */
import { describe, formatOffset } from "@flashwright/core";
import type {
  ConsoleNote,
  ConsolePiece,
  CrashRegister,
  JsonValue,
  SymbolPlace,
} from "@flashwright/core/console";
import type { Colours } from "./colour.js";
import { inDigits } from "./json-lines.js";
import { clean, wrap } from "./text.js";

/** Marks lines that are this program's and not the board's. */
const MARK = "-- ";

/** A remark. */
export function noteLines(note: ConsoleNote, width: number, colours: Colours): string[] {
  if (note.type === "exception") return exceptionLines(note, width, colours);
  if (note.type === "stack") return stackLines(note, width, colours);
  const { message, hint } = describe(note.code, note.params);
  return marked(hint === undefined ? message : `${message} ${hint}`, width).map(colours.cyan);
}

/** Whether a remark stands in place of bytes that are not shown. */
export function isCountedNoise(piece: ConsolePiece): piece is Extract<ConsoleNote, { type: "note" }> {
  return piece.type === "note" && piece.code === "console-boot-noise";
}

/** A crash: what it was, and where. */
function exceptionLines(
  { cause, name, meaning, registers }: Extract<ConsoleNote, { type: "exception" }>,
  width: number,
  colours: Colours,
): string[] {
  return [
    ...marked(`Exception ${cause}, ${name}: ${meaning}.`, width).map(colours.red),
    ...registers.filter(isTelling).map((register) => `${MARK}  ${clean(registerText(register))}`),
  ];
}

/** A dumped stack: the calls that led there. */
function stackLines(
  { codeWords, places }: Extract<ConsoleNote, { type: "stack" }>,
  width: number,
  colours: Colours,
) {
  const code = places.length > 0 ? "console-stack" : "console-stack-unnamed";
  const { message } = describe(code, { codeWords });
  return [
    ...marked(message, width).map(colours.cyan),
    ...places.map(
      ({ address, symbol }) => `${MARK}  ${clean(`${formatOffset(address)}  ${placeText(symbol)}`)}`,
    ),
  ];
}

/** Characters that JSON lets stand and that hide or reorder others, or steer a terminal. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** A value as JSON that a program can read and no terminal is steered by. */
export function valueLines(value: JsonValue | undefined): string[] {
  const json = JSON.stringify(value, undefined, 2) ?? "undefined";
  return json.split("\n").map((line) => line.replace(UNSEEN, inDigits));
}

/** A register that was not saved holds 0; at `epc1` and `excvaddr` 0 is the very thing that went wrong. */
function isTelling({ name, value }: CrashRegister): boolean {
  return value !== 0 || name === "epc1" || name === "excvaddr";
}

function registerText({ name, value, symbol }: CrashRegister): string {
  const place = symbol === undefined ? "" : `  ${placeText(symbol)}`;
  return `${name.padEnd(8)} ${formatOffset(value)}${place}`;
}

function placeText({ name, offset }: SymbolPlace): string {
  return `${name}+0x${offset.toString(16)}`;
}

function marked(text: string, width: number): string[] {
  return wrap(`${MARK}${clean(text)}`, width, MARK.length);
}
