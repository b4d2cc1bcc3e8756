/**
 * JavaScript in tokens, as far as it takes to know where a statement ends.
 *
 * @module
 */

/** What a token is. */
export type TokenKind = "space" | "newline" | "comment" | "literal" | "word" | "sign" | "unfinished";

/** One token; all of them together are the source. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** In the order of trial. A text in backquotes is taken to its next backquote; one inside `${}` in it is not understood. */
const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ["newline", /\n/y],
  ["space", /[^\S\n]+/y],
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ["unfinished", /\/\*/y],
  ["literal", /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/y],
  ["unfinished", /["'`]/y],
  ["word", /[\w$\x80-\uffff]+/y],
];
const REGEX = /\/(?:[^/\\\n[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/\w*/y;
const SIGN = /\+\+|--|=>|[\s\S]/y;

/** A slash begins a regular expression behind one of these, and divides behind anything else. */
const BEFORE_REGEX = /^(?:[(,=:[!&|?{};+\-*%<>~^]|=>|return|typeof|case|in|of|void|delete)$/;

/** Takes a source apart. Goes on to its end whatever it holds, and takes time in proportion to its length. */
export function scriptTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let last: Token | undefined;
  for (let at = 0; at < source.length; ) {
    const token = tokenAt(source, at, last === undefined || BEFORE_REGEX.test(last.text));
    tokens.push(token);
    at += token.text.length;
    // What is open from here to the end makes all that follows a part of it.
    if (token.kind === "unfinished") return [...tokens, { kind: "unfinished", text: source.slice(at) }];
    if (token.kind === "literal" || token.kind === "word" || token.kind === "sign") last = token;
  }
  return tokens;
}

function tokenAt(source: string, at: number, canBeRegex: boolean): Token {
  for (const [kind, pattern] of PATTERNS) {
    const text = matchAt(pattern, source, at);
    if (text !== undefined) return { kind, text };
  }
  const regex = canBeRegex ? matchAt(REGEX, source, at) : undefined;
  if (regex !== undefined) return { kind: "literal", text: regex };
  return { kind: "sign", text: matchAt(SIGN, source, at) ?? source[at] };
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
