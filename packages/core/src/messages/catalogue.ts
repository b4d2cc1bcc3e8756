/**
 * One catalogue of words, beside codes and parameters. Nothing else in core holds a sentence for people.
 *
 * A text names its parameters in braces, with a unit where a bare number would not say enough: `{offset:hex}` prints
 * `0x00001000`, `{size:bytes}` prints `4 KB (4096 bytes)`, `{list:list}` prints `a, b and c`, `{list:or}` prints `a, b or c`.
 * `{count|one:file|other:files}` prints the word that goes with a number, by the plurals of the language (CLDR).
 *
 * @module
 */
import { catalogue, type MessageCode } from "./english.js";
import { joinList, pluralOf, translated } from "./language.js";
import { PARAMETER } from "./placeholder.js";
import type { MessageParams, MessageTemplate } from "./template.js";

export { catalogue, isMessageCode, type MessageCode } from "./english.js";
export type { MessageParams, MessageTemplate } from "./template.js";

/** The words for a code with its parameters put in. A parameter that is missing is shown as `?`, never hidden. */
export function describe(code: MessageCode, params: MessageParams): MessageTemplate {
  const { title, message, hint }: MessageTemplate = { ...catalogue[code], ...translated(code) };
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

/** The words of a text that stands within sentences, or is a name. */
export function phrase(code: MessageCode, params: MessageParams = {}): string {
  return describe(code, params).message;
}

function fill(template: string, params: MessageParams): string {
  return template.replace(PARAMETER, (_, name: string, unit?: string, plurals?: string) =>
    plurals === undefined ? format(params[name], unit) : plural(params[name], plurals),
  );
}

function format(value: MessageParams[string], unit: string | undefined): string {
  if (value === undefined) return "?";
  if (unit === "hex" && typeof value === "number") return formatOffset(value);
  if (unit === "byte" && typeof value === "number") return `0x${value.toString(16).padStart(2, "0")}`;
  if (unit === "bytes" && typeof value === "number") return formatSize(value);
  if (Array.isArray(value)) return joinList(value, unit === "or" ? "disjunction" : "conjunction");
  return String(value);
}

/** @param plurals `|one:byte|other:bytes` */
function plural(value: MessageParams[string], plurals: string): string {
  const words = new Map(
    plurals
      .slice(1)
      .split("|")
      .map((part) => part.split(":") as [string, string]),
  );
  const rule = typeof value === "number" ? pluralOf(value) : "other";
  return words.get(rule) ?? words.get("other") ?? "?";
}

/** An offset or address as `0x` and 8 digits. */
export function formatOffset(offset: number): string {
  return `0x${(offset >>> 0).toString(16).padStart(8, "0")}`;
}

/** A size in the largest unit that divides it, with the bytes: `4 MB (4194304 bytes)`, `100 bytes`. */
export function formatSize(size: number): string {
  const exact = phrase("size-bytes", { count: size });
  return size < 0x400 || size % 0x400 !== 0
    ? exact
    : phrase("size-exact", { rounded: shortSize(size), exact });
}

/** A size in the largest unit that divides it: `456 KB`, `3856 B`. */
export function shortSize(size: number): string {
  if (size >= 0x100000 && size % 0x100000 === 0) return phrase("size-megabytes", { count: size / 0x100000 });
  if (size >= 0x400 && size % 0x400 === 0) return phrase("size-kilobytes", { count: size / 0x400 });
  return phrase("size-short-bytes", { count: size });
}
