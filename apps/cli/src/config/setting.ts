/** What can be set once instead of typed each time: in a file, or in the environment. @module */
import { FlasherError } from "@flashwright/core";
import { choiceOf } from "../arguments/choices.js";
import {
  AFTER_CHOICES,
  attempts,
  BEFORE_CHOICES,
  baudRate,
  chipSize,
  resetText,
} from "../program/options.js";

/** Key of a setting in the file; the option of that name is what it stands for. */
export type SettingName =
  | "port"
  | "baud"
  | "reset"
  | "package"
  | "chipSize"
  | "before"
  | "after"
  | "connectAttempts";

/** One setting. */
export interface Setting {
  readonly name: SettingName;
  /** This program's own environment variable. */
  readonly variable: string;
  /** Variables of other flashers that mean the same, the first one first. */
  readonly foreign: readonly string[];
  /** What its value is, for errors: "a baud rate". */
  readonly what: string;
  /** What happens where nobody sets it, in a few words. */
  readonly byDefault: string;
  /** From text to the value that the option would have; throws where it is none. */
  readonly parse: (text: string) => string | number;
}

/**
 * Every setting, in the order in which they are shown. `ESPTOOL_*` are esptool's, `ESPPORT` and `ESPBAUD` those of
 * Espressif's build systems. esptool's before and after know more than an ESP8266 can do; what is not understood is refused
 * by name and not taken for something else.
 */
export const settings: readonly Setting[] = [
  {
    name: "port",
    variable: "FLASHWRIGHT_PORT",
    foreign: ["ESPTOOL_PORT", "ESPPORT"],
    what: "a port",
    byDefault: "the only USB port",
    parse: (text) => text,
  },
  {
    name: "baud",
    variable: "FLASHWRIGHT_BAUD",
    foreign: ["ESPTOOL_BAUD", "ESPBAUD"],
    what: "a baud rate",
    byDefault: "as fast as the board takes it",
    parse: baudRate,
  },
  {
    name: "reset",
    variable: "FLASHWRIGHT_RESET",
    foreign: [],
    what: "a reset",
    byDefault: "what fits the adapter",
    parse: resetText,
  },
  {
    name: "package",
    variable: "FLASHWRIGHT_PACKAGE",
    foreign: [],
    what: "a firmware package",
    byDefault: "none",
    parse: (text) => text,
  },
  {
    name: "chipSize",
    variable: "FLASHWRIGHT_CHIP_SIZE",
    foreign: [],
    what: "a chip size",
    byDefault: "what the chip's id tells",
    parse: chipSize,
  },
  {
    name: "before",
    variable: "FLASHWRIGHT_BEFORE",
    foreign: ["ESPTOOL_BEFORE"],
    what: "default-reset or no-reset",
    byDefault: "default-reset",
    parse: choiceOf("before", BEFORE_CHOICES),
  },
  {
    name: "after",
    variable: "FLASHWRIGHT_AFTER",
    foreign: ["ESPTOOL_AFTER"],
    what: "hard-reset, soft-reset or no-reset",
    byDefault: "the best that the port can do",
    parse: choiceOf("after", AFTER_CHOICES),
  },
  {
    name: "connectAttempts",
    variable: "FLASHWRIGHT_CONNECT_ATTEMPTS",
    foreign: ["ESPTOOL_CONNECT_ATTEMPTS"],
    what: "a number of attempts",
    byDefault: "7",
    parse: attempts,
  },
];

/**
 * The value of a setting.
 * @param place where the text stands, for the error
 * @throws FlasherError `setting-invalid`
 */
export function parseSetting({ name, what, parse }: Setting, text: string, place: string): string | number {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof FlasherError)) throw cause;
    throw new FlasherError("setting-invalid", { place, name, text, what }, { cause });
  }
}
