/** Values as text: as the console shows them, and as JSON. @module */
import { asText, isArray, isObject, type Value } from "./values.js";

/** How a value is shown. */
interface Style {
  /** Long texts and arrays are cut in the middle. */
  readonly limited: boolean;
}

const LONGEST_ARRAY = 15;
const ARRAY_ENDS = 5;
const LONGEST_TEXT = 40;
const TEXT_ENDS = 17;

/** The value behind `=`: long ones cut. */
export function shown(value: Value): string {
  return pretty(value, { limited: true }, 0);
}

/** An argument of `print`: a text as it is, anything else as behind `=` but whole. */
export function printed(value: Value): string {
  return typeof value === "string" ? value : pretty(value, { limited: false }, 0);
}

/** `JSON.stringify`: bytes become an array of numbers, functions are left out. */
export function json(value: Value): string | undefined {
  if (value === undefined || typeof value === "function") return undefined;
  if (value instanceof Uint8Array) return `[${value.join(",")}]`;
  if (isArray(value)) return `[${value.map((item) => json(item) ?? "null").join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).flatMap(([name, item]) => {
    const text = json(item);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${entries.join(",")}}`;
}

function pretty(value: Value, style: Style, depth: number): string {
  if (typeof value === "string") return quoted(value, style);
  if (value instanceof Uint8Array) {
    return `new Uint8Array(${listed(Array.from(value), style, depth, oneLine)})`;
  }
  if (isArray(value)) return listed(value, style, depth, arrayLayout);
  if (!isObject(value)) return asText(value);
  const items = Object.entries(value).map(([name, item]) => ({
    text: `${JSON.stringify(name)}: ${pretty(item, style, depth + 1)}`,
    isPlain: isPlain(item),
  }));
  return laidOut(items, objectLayout, depth);
}

function quoted(text: string, { limited }: Style): string {
  if (!limited || text.length <= LONGEST_TEXT) return JSON.stringify(text);
  const head = JSON.stringify(text.slice(0, TEXT_ENDS));
  return `${head} ... ${JSON.stringify(text.slice(-TEXT_ENDS))}`;
}

interface Layout {
  readonly open: string;
  readonly close: string;
  readonly perLine: number;
}

const objectLayout: Layout = { open: "{ ", close: " }", perLine: 4 };
const arrayLayout: Layout = { open: "[ ", close: " ]", perLine: 8 };
const oneLine: Layout = { open: "[", close: "]", perLine: Number.POSITIVE_INFINITY };

function listed(values: readonly Value[], style: Style, depth: number, layout: Layout): string {
  const item = (value: Value) => ({ text: pretty(value, style, depth + 1), isPlain: isPlain(value) });
  if (!style.limited || values.length <= LONGEST_ARRAY) {
    return laidOut(values.map(item), layout, depth);
  }
  const text = (part: readonly Value[]) => part.map((value) => item(value).text).join(", ");
  const [head, tail] = [values.slice(0, ARRAY_ENDS), values.slice(-ARRAY_ENDS)];
  return `${layout.open}${text(head)} ... ${text(tail)}${layout.close}`;
}

/** Numbers and the like share lines; texts and what has items of its own begin a line and end it. */
function laidOut(
  items: readonly { readonly text: string; readonly isPlain: boolean }[],
  { open, close, perLine }: Layout,
  depth: number,
): string {
  const newLine = (indent: number) => `\n${"  ".repeat(indent)}`;
  let text = open.trimEnd();
  let afterOpen = open.slice(text.length);
  let onLine = 0;
  let endsLine = false;
  for (const [index, item] of items.entries()) {
    onLine++;
    if (index > 0) text += ",";
    if (endsLine || !item.isPlain || onLine > perLine) {
      text += newLine(depth + 1);
      onLine = 0;
    } else text += index > 0 ? " " : afterOpen;
    text += item.text;
    endsLine = !item.isPlain;
    afterOpen = "";
  }
  if (items.length === 0) text += afterOpen;
  return text + (endsLine ? newLine(depth) : "") + close;
}

function isPlain(value: Value): boolean {
  return value === undefined || value === null || typeof value === "number" || typeof value === "boolean";
}
