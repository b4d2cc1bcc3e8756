/**
 * The JavaScript that this device understands: statements that set a variable to a value, and expressions made of values,
 * names, members and calls. There are no operators, functions of one's own, or loops.
 *
 * @module
 */
import { type Token, tokens } from "./tokens.js";
import { ScriptError } from "./values.js";

/** An expression. */
export type Expression =
  | { readonly kind: "value"; readonly value: undefined | null | boolean | number | string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: Expression; readonly key: Expression }
  | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Expression[] }
  | { readonly kind: "array"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, Expression])[] };

/** One statement; `target` is the variable that its value goes to. */
export interface Statement {
  readonly target: string | undefined;
  readonly expression: Expression;
}

const constants: ReadonlyMap<string, undefined | null | boolean> = new Map([
  ["undefined", undefined],
  ["null", null],
  ["true", true],
  ["false", false],
]);

/** Expressions inside one another that are taken; the firmware's own stack is not deep either. */
const DEEPEST = 64;

/** @throws ScriptError SyntaxError at anything else */
export function parse(source: string): readonly Statement[] {
  return new Parser(tokens(source)).statements();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  statements(): readonly Statement[] {
    const found: Statement[] = [];
    for (;;) {
      while (this.#accept(";"));
      if (this.#atEnd()) return found;
      found.push(this.#statement());
      if (!this.#atEnd()) this.#expect(";");
    }
  }

  #statement(): Statement {
    const isDeclared = ["var", "let", "const"].includes(this.#nameAhead() ?? "");
    if (isDeclared) this.#at++;
    const expression = this.#expression();
    if (expression.kind !== "name" || !this.#accept("=")) return { target: undefined, expression };
    return { target: expression.name, expression: this.#expression() };
  }

  #expression(): Expression {
    if (++this.#depth > DEEPEST)
      throw new ScriptError("Error", "Too much recursion - the stack is about to overflow");
    let expression = this.#primary();
    for (;;) {
      if (this.#accept(".")) expression = { kind: "member", of: expression, key: this.#memberName() };
      else if (this.#accept("[")) {
        expression = { kind: "member", of: expression, key: this.#expression() };
        this.#expect("]");
      } else if (this.#accept("(")) expression = { kind: "call", callee: expression, args: this.#list(")") };
      else break;
    }
    this.#depth--;
    return expression;
  }

  #primary(): Expression {
    const token = this.#next;
    this.#at++;
    if (token.kind === "number" || token.kind === "string") return { kind: "value", value: token.value };
    if (token.kind === "name") {
      if (constants.has(token.value)) return { kind: "value", value: constants.get(token.value) };
      return { kind: "name", name: token.value };
    }
    if (token.value === "[") return { kind: "array", items: this.#list("]") };
    if (token.value === "{") return this.#object();
    if (token.value === "-" && this.#next.kind === "number") return { kind: "value", value: -this.#number() };
    if (token.value !== "(") throw unexpected(token, "EOF");
    const inner = this.#expression();
    this.#expect(")");
    return inner;
  }

  #object(): Expression {
    const entries: [string, Expression][] = [];
    while (!this.#accept("}")) {
      if (entries.length > 0) this.#expect(",");
      if (this.#accept("}")) break;
      const { kind, value } = this.#next;
      if (kind === "sign" || kind === "end") throw unexpected(this.#next, "ID");
      this.#at++;
      this.#expect(":");
      entries.push([String(value), this.#expression()]);
    }
    return { kind: "object", entries };
  }

  #list(end: ")" | "]"): Expression[] {
    const items: Expression[] = [];
    while (!this.#accept(end)) {
      if (items.length > 0) this.#expect(",");
      if (items.length > 0 && this.#accept(end)) break;
      items.push(this.#expression());
    }
    return items;
  }

  #memberName(): Expression {
    const name = this.#nameAhead();
    if (name === undefined) throw unexpected(this.#next, "ID");
    this.#at++;
    return { kind: "value", value: name };
  }

  #number(): number {
    const token = this.#next;
    this.#at++;
    return Number(token.value);
  }

  get #next(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)]!;
  }

  #atEnd(): boolean {
    return this.#next.kind === "end";
  }

  #nameAhead(): string | undefined {
    const token = this.#next;
    return token.kind === "name" ? token.value : undefined;
  }

  #accept(sign: string): boolean {
    const token = this.#next;
    if (token.kind !== "sign" || token.value !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#accept(sign)) throw unexpected(this.#next, `'${sign}'`);
  }
}

function unexpected({ kind, value }: Token, expected: string): ScriptError {
  const got = kind === "name" ? `ID:${value}` : kind === "sign" ? `'${value}'` : String(value);
  return new ScriptError("SyntaxError", `Got ${got} expected ${expected}`);
}
