/** JSON that knows its lines. @module */
import { type ObjectNode, parse } from "@humanwhocodes/momoa";

/** A value, and the line on which each key of the outermost object stands. */
export interface PlacedJson {
  readonly value: unknown;
  /** Lines count from 1. */
  lineOf(key: string): number;
}

/** JSON that is none. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";

  /** @param detail what is wrong, without a full stop; lines and columns count from 1 */
  constructor(
    readonly detail: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(detail);
  }
}

/**
 * Parses JSON, without comments.
 * @throws JsonSyntaxError
 */
export function parsePlacedJson(text: string): PlacedJson {
  const body = parseTree(text);
  return { value: parseValue(text), lineOf: (key) => (body === undefined ? 1 : lineIn(body, key)) };
}

/** The tree has the places, and lets things through that are no JSON; the value comes from the platform. */
function parseTree(text: string): ObjectNode | undefined {
  try {
    const { body } = parse(text, { mode: "json" });
    return body.type === "Object" ? body : undefined;
  } catch (error) {
    if (error instanceof RangeError) throw new JsonSyntaxError("it is nested too deeply", 1, 1);
    const { message, line, column } = error as Error & { line?: number; column?: number };
    if (line === undefined || column === undefined) throw error;
    if (/end of input/.test(message)) throw errorAt(text, text.length, "unexpected end of input");
    throw new JsonSyntaxError(inWords(message), line, column);
  }
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    const detail = message.replace(/ in JSON at position.*/s, "");
    throw errorAt(text, at, detail[0].toLowerCase() + detail.slice(1));
  }
}

function errorAt(text: string, at: number, detail: string): JsonSyntaxError {
  const before = text.slice(0, at).split("\n");
  return new JsonSyntaxError(detail, before.length, before[before.length - 1].length + 1);
}

/** The last one of a key that stands there twice, for that is the one that counts. */
function lineIn({ members }: ObjectNode, key: string): number {
  const found = members.filter(({ name }) => (name.type === "String" ? name.value : name.name) === key);
  return found.at(-1)?.loc.start.line ?? 1;
}

const TOKENS: Readonly<Record<string, string>> = {
  LBrace: "{",
  RBrace: "}",
  LBracket: "[",
  RBracket: "]",
  Comma: ",",
  Colon: ":",
};

/** The parser's "Unexpected token RBrace found. (1:7)" as "unexpected }". */
function inWords(message: string): string {
  const words = message.replace(/ found\. \(\d+:\d+\)$/, "").replace(/^Unexpected /, "unexpected ");
  return words.replace(/token (\w+)/, (_, name: string) => TOKENS[name] ?? name.toLowerCase());
}
