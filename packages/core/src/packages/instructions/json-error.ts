/**
 * Where a text stops to be JSON. Engines only tell in words, each in its own, and short texts not at all.
 *
 * @module
 */

/** Tokens of JSON; numbers and words are taken whole, so that an error points at their start. */
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON's texts may not hold them
  /[{}[\]:,]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;
const BLANKS = /[ \t\n\r]*/y;

/** What may come next. */
type Expected = "value" | "item" | "key" | "first-key" | "colon" | "next" | "end";

/** The index of the first character that cannot belong to JSON; the length of a text that is JSON or ends too early. */
export function jsonErrorOffset(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    const next: Expected | undefined = token === undefined ? undefined : advance(token, expected, open);
    if (token === undefined || next === undefined) return at;
    expected = next;
    at = skipBlanks(text, at + token.length);
  }
  return text.length;
}

function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

function tokenAt(text: string, at: number): string | undefined {
  TOKEN.lastIndex = at;
  return TOKEN.exec(text)?.[0];
}

/** What is expected behind a token, with `open` brought up to date; `undefined` where the token may not be there. */
function advance(token: string, expected: Expected, open: ("{" | "[")[]): Expected | undefined {
  const after = () => (open.length === 0 ? "end" : "next");
  const inner = open[open.length - 1];
  if (expected === "colon") return token === ":" ? "value" : undefined;
  if (expected === "key" || expected === "first-key") {
    if (token[0] === '"') return "colon";
    return token === "}" && expected === "first-key" ? close(open, after) : undefined;
  }
  if (expected === "next") {
    if (token === ",") return inner === "{" ? "key" : "value";
    return token === (inner === "{" ? "}" : "]") ? close(open, after) : undefined;
  }
  if (expected === "end") return undefined;
  if (token === "]" && expected === "item") return close(open, after);
  if (token === "{" || token === "[") {
    open.push(token);
    return token === "{" ? "first-key" : "item";
  }
  return /^[}\]:,]/.test(token) ? undefined : after();
}

function close(open: ("{" | "[")[], after: () => Expected): Expected {
  open.pop();
  return after();
}
