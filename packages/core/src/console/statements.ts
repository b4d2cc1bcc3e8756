/**
 * Cuts a script into the statements that a console takes one after the other.
 *
 * A console runs what was typed as soon as its brackets are closed, so that `else` in a line of its own comes too late there.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { scriptTokens, type Token } from "./script-tokens.js";

/** One statement, or several that share a line. */
export interface ScriptStatement {
  /** With `\n` where it goes over several lines, and without comments around it. */
  readonly text: string;
  /** Line of its beginning, from 1. */
  readonly line: number;
}

const HEADERS: ReadonlySet<string> = new Set(["if", "for", "while", "with"]);
/** What a statement does not end with. */
const GOES_ON = /^(?:[=+\-*/%&|^<>?:,.(![{~]|=>|else|do|try|return|typeof|in|of|new|var|let|const|function)$/;
/** What a statement does not begin with. */
const CONTINUES = /^(?:[.?:,=*/%&|^<>)\]}]|=>|else|catch|finally|instanceof|in)$/;

/**
 * The statements of a script, in order.
 * @param name of the script, for the error
 * @throws FlasherError `console-text-unfinished` where a bracket, text or comment is still open at the end
 */
export function splitStatements(source: string, name: string): ScriptStatement[] {
  const cutter = new Cutter(name);
  const tokens = scriptTokens(source.replace(/\r\n?/g, "\n"));
  const code = tokens.map(({ kind }) => kind === "literal" || kind === "word" || kind === "sign");
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "newline" && cutter.canEnd) {
      const next = code.indexOf(true, index);
      if (next < 0 || !CONTINUES.test(tokens[next].text)) cutter.end();
    }
    cutter.push(token);
  }
  return cutter.finish();
}

class Cutter {
  readonly #statements: ScriptStatement[] = [];
  /** Open brackets, with the line of each and whether it is the head of a loop or condition. */
  #open: { readonly line: number; readonly isHead: boolean }[] = [];
  #text = "";
  #last = "";
  #afterHead = false;
  #line = 1;
  #firstLine = 1;

  constructor(readonly name: string) {}

  get canEnd(): boolean {
    return this.#open.length === 0 && !this.#afterHead && !GOES_ON.test(this.#last);
  }

  push(token: Token): void {
    if (token.kind === "unfinished") throw this.#unfinished(this.#line);
    if (this.#last === "" && token.kind !== "newline" && isCode(token)) this.#firstLine = this.#line;
    if (this.#last !== "" || isCode(token)) this.#text += token.text;
    if (isCode(token)) this.#read(token);
    this.#line += token.text.split("\n").length - 1;
  }

  end(): void {
    if (this.#last !== "") this.#statements.push({ text: this.#text.trimEnd(), line: this.#firstLine });
    this.#text = "";
    this.#last = "";
    this.#afterHead = false;
  }

  finish(): ScriptStatement[] {
    const bracket = this.#open.at(-1);
    if (bracket !== undefined) throw this.#unfinished(bracket.line);
    this.end();
    return this.#statements;
  }

  #read({ kind, text }: Token): void {
    const before = this.#last;
    this.#last = kind === "literal" ? "literal" : text;
    this.#afterHead = false;
    if (kind !== "sign") return;
    if ("([{".includes(text)) this.#open.push({ line: this.#line, isHead: HEADERS.has(before) });
    else if (")]}".includes(text)) this.#afterHead = this.#open.pop()?.isHead === true;
  }

  #unfinished(line: number): FlasherError {
    return new FlasherError("console-text-unfinished", { what: this.name, line });
  }
}

function isCode({ kind }: Token): boolean {
  return kind === "literal" || kind === "word" || kind === "sign";
}
