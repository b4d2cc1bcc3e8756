/**
 * One catalogue of words, beside codes and parameters. Nothing else in core holds a sentence for people.
 *
 * A text names its parameters in braces, with a unit where a bare number would not say enough: `{offset:hex}` prints
 * `0x00001000`, `{size:bytes}` prints `4 KB (4096 bytes)`, `{list:list}` prints `a, b and c`, `{list:or}` prints `a, b or c`.
 *
 * @module
 */
import { agentMessages } from "./agent.js";
import { backupMessages } from "./backup.js";
import { bootMessages } from "./boot.js";
import { cliMessages } from "./cli.js";
import { connectMessages } from "./connect.js";
import { consoleMessages } from "./console.js";
import { findingMessages } from "./finding.js";
import { imageMessages } from "./image.js";
import { loaderMessages } from "./loader.js";
import { mapMessages } from "./map.js";
import { packageMessages } from "./package.js";
import { planMessages } from "./plan.js";
import { portMessages } from "./port.js";

/** Values that a text can name: plain data that survives JSON and `structuredClone`. */
export type MessageParams = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** A sentence and, where a person can do something about it, one action; for findings also a title. */
export interface MessageTemplate {
  /** A few words without a full stop: "The flash is empty". */
  readonly title?: string;
  readonly message: string;
  readonly hint?: string;
}

/** All texts by code. The codes are stable; the words are not. */
export const catalogue = {
  ...agentMessages,
  ...backupMessages,
  ...bootMessages,
  ...cliMessages,
  ...connectMessages,
  ...consoleMessages,
  ...findingMessages,
  ...imageMessages,
  ...loaderMessages,
  ...mapMessages,
  ...packageMessages,
  ...planMessages,
  ...portMessages,
} as const satisfies Record<string, MessageTemplate>;

export type MessageCode = keyof typeof catalogue;

/** Whether a text from outside is a code of this version. */
export function isMessageCode(text: string): text is MessageCode {
  return Object.hasOwn(catalogue, text);
}

/** The words for a code with its parameters put in. A parameter that is missing is shown as `?`, never hidden. */
export function describe(code: MessageCode, params: MessageParams): MessageTemplate {
  const { title, message, hint }: MessageTemplate = catalogue[code];
  return {
    ...(title === undefined ? {} : { title: fill(title, params) }),
    message: fill(message, params),
    ...(hint === undefined ? {} : { hint: fill(hint, params) }),
  };
}

/** A statement's sentence. */
export function formatStatement(statement: {
  readonly code: MessageCode;
  readonly params: MessageParams;
}): string {
  return describe(statement.code, statement.params).message;
}

function fill(template: string, params: MessageParams): string {
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, unit: string | undefined) =>
    format(params[name], unit),
  );
}

function format(value: MessageParams[string], unit: string | undefined): string {
  if (value === undefined) return "?";
  if (unit === "hex" && typeof value === "number") return formatOffset(value);
  if (unit === "byte" && typeof value === "number") return `0x${value.toString(16).padStart(2, "0")}`;
  if (unit === "bytes" && typeof value === "number") return formatSize(value);
  if (Array.isArray(value)) return formatList(value, unit === "or" ? "or" : "and");
  return String(value);
}

/** An offset or address as `0x` and 8 digits. */
export function formatOffset(offset: number): string {
  return `0x${(offset >>> 0).toString(16).padStart(8, "0")}`;
}

/** A size in the largest unit that divides it, with the bytes: `4 MB (4194304 bytes)`, `100 bytes`. */
export function formatSize(size: number): string {
  if (size > 0 && size % 0x100000 === 0) return `${size / 0x100000} MB (${size} bytes)`;
  if (size > 0 && size % 0x400 === 0) return `${size / 0x400} KB (${size} bytes)`;
  return size === 1 ? "1 byte" : `${size} bytes`;
}

/** A size in the largest unit that divides it: `456 KB`, `3856 B`. */
export function shortSize(size: number): string {
  if (size >= 0x100000 && size % 0x100000 === 0) return `${size / 0x100000} MB`;
  if (size >= 0x400 && size % 0x400 === 0) return `${size / 0x400} KB`;
  return `${size} B`;
}

function formatList(items: readonly string[], conjunction: string): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${conjunction} ${items[items.length - 1]}`;
}
