/** Words of a line of JavaScript. @module */
import { ScriptError } from "./values.js";

/** One word. */
export type Token =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "name" | "sign"; readonly value: string }
  | { readonly kind: "end"; readonly value: "EOF" };

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][\w$]*/y;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S])*`/y;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|([\s\S]))/g;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v" };

/** @throws ScriptError SyntaxError at a text that is not closed */
export function tokens(source: string): readonly Token[] {
  const found: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    at += text?.length ?? 0;
    return text;
  };
  for (;;) {
    take(BLANK);
    if (at >= source.length) break;
    found.push(nextToken(take) ?? signAt(source, at++));
  }
  return [...found, { kind: "end", value: "EOF" }];
}

function nextToken(take: (pattern: RegExp) => string | undefined): Token | undefined {
  const number = take(NUMBER);
  if (number !== undefined) return { kind: "number", value: Number(number) };
  const name = take(NAME);
  if (name !== undefined) return { kind: "name", value: name };
  const string = take(STRING);
  return string === undefined ? undefined : { kind: "string", value: unescaped(string.slice(1, -1)) };
}

function signAt(source: string, at: number): Token {
  const value = source[at]!;
  if (/["'`]/.test(value)) throw new ScriptError("SyntaxError", "Got UNFINISHED STRING expected EOF");
  return { kind: "sign", value };
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, hex2, hex4, octal, other) => {
    if (hex2 ?? hex4) return String.fromCharCode(Number.parseInt(hex2 ?? hex4, 16));
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    return other === "\n" ? "" : (escapes[other] ?? other);
  });
}
