/**
 * Whose console this is, from what passes on it.
 *
 * @module
 */
import { FirmwareFamily } from "../maps/firmware-id.js";

/** Consoles that are known. */
export const ConsoleKind = {
  espruino: "espruino",
  micropython: "micropython",
  nodemcu: "nodemcu",
  at: "at",
} as const;
export type ConsoleKind = (typeof ConsoleKind)[keyof typeof ConsoleKind];

/** Lines that only one of them prints. */
const LINES: readonly (readonly [RegExp, ConsoleKind])[] = [
  [/\bG\.Williams\b|^Espruino \d{1,2}v\d{2}|^\|?_?\|? ?(?:http:\/\/)?espruino\.com/, ConsoleKind.espruino],
  [/^Flash map .{1,40}, manuf 0x[0-9a-f]/i, ConsoleKind.espruino],
  [/^MicroPython v\d/, ConsoleKind.micropython],
  [/^NodeMCU\b|\bpowered by Lua\b/, ConsoleKind.nodemcu],
  [/^AT version:|^\[Vendor:www\.ai-thinker\.com/, ConsoleKind.at],
];
const FAMILIES: Readonly<Record<string, ConsoleKind>> = {
  [FirmwareFamily.espruino]: ConsoleKind.espruino,
  [FirmwareFamily.micropython]: ConsoleKind.micropython,
  [FirmwareFamily.nodemcu]: ConsoleKind.nodemcu,
  [FirmwareFamily.at]: ConsoleKind.at,
};

/** What a console shows when it takes the next line; where a statement goes on, also what it shows then. */
const PROMPTS: Readonly<Record<ConsoleKind, RegExp>> = {
  espruino: /^[>:]/,
  micropython: /^(?:>>>|\.\.\.) ?/,
  nodemcu: /^>{1,2} /,
  at: /^$/,
};

/** The console that a whole line gives away. */
export function consoleKindOfLine(line: string): ConsoleKind | undefined {
  return LINES.find(([pattern]) => pattern.test(line))?.[1];
}

/** The console of a firmware; `undefined` where it has none, or any. */
export function consoleKindOfFamily(family: string): ConsoleKind | undefined {
  return FAMILIES[family];
}

/** What is typed behind the prompt in the line that is not over; `undefined` where it begins with no prompt. */
export function typedBehindPrompt(kind: ConsoleKind, openLine: string): string | undefined {
  const prompt = PROMPTS[kind].exec(openLine);
  return prompt === null ? undefined : openLine.slice(prompt[0].length);
}
