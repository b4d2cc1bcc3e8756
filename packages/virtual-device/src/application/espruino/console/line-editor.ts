/** The console's line: what each received byte does to it and what is echoed. @module */

/** What came of one byte. */
export interface Edit {
  /** What the console prints back, `\n` at line ends; nothing while echo is off. */
  readonly echo: string;
  /** A whole line to execute. */
  readonly line?: string;
  /** The line came behind DLE: its result is not printed and no prompt follows it. */
  readonly quiet?: boolean;
  /** ENQ on an empty line: the host asks who this is. */
  readonly enquiry?: boolean;
}

const Control = {
  break: 0x03,
  enquiry: 0x05,
  backspace: 0x08,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  echoOffForLine: 0x10,
  deleteLine: 0x15,
  deleteWord: 0x17,
  escape: 0x1b,
  delete: 0x7f,
} as const;

/** Characters of a line that are kept; on a real chip variables run out at about as many. */
const LONGEST_LINE = 8192;
const CLEAR_LINE = "\r\x1b[J";
export const PROMPT = ">";
const PROMPT_INSIDE = ":";

/** The line that is being typed. */
export class LineEditor {
  /** Echo and prompt, until `echo()` changes it. */
  echo = true;
  #line = "";
  #quiet = false;
  #afterReturn = false;
  #escape: "none" | "escape" | "sequence" = "none";

  /** Takes one byte. */
  put(byte: number): Edit {
    const isSecondHalf = this.#afterReturn && byte === Control.lineFeed;
    this.#afterReturn = byte === Control.carriageReturn;
    if (isSecondHalf) return { echo: "" };
    if (this.#escape !== "none") return this.#inEscape(byte);
    switch (byte) {
      case Control.carriageReturn:
      case Control.lineFeed:
        return this.#newLine();
      case Control.break:
      case Control.deleteLine:
        return this.#clear();
      case Control.echoOffForLine:
        if (this.#line === "") this.#quiet = true;
        return { echo: "" };
      case Control.enquiry:
        return { echo: "", enquiry: this.#line === "" };
      case Control.backspace:
      case Control.delete:
        return this.#remove(1);
      case Control.deleteWord:
        return this.#remove(/\w*\W*$/.exec(this.#line)![0].length);
      case Control.escape:
        this.#escape = "escape";
        return { echo: "" };
      default:
        return byte < 0x20 && byte !== 0x09 ? { echo: "" } : this.#append(String.fromCharCode(byte));
    }
  }

  #newLine(): Edit {
    if (isOpen(this.#line)) return this.#append("\n", `\n${PROMPT_INSIDE}`);
    const edit = { echo: this.#echoed("\n"), line: this.#line, quiet: this.#quiet };
    this.#line = "";
    this.#quiet = false;
    return edit;
  }

  #append(text: string, echo = text): Edit {
    if (this.#line.length + text.length > LONGEST_LINE) return { echo: "" };
    this.#line += text;
    return { echo: this.#echoed(echo) };
  }

  #remove(count: number): Edit {
    const removed = Math.min(count, this.#line.length);
    this.#line = this.#line.slice(0, this.#line.length - removed);
    return { echo: this.#echoed("\b \b".repeat(removed)) };
  }

  #clear(): Edit {
    const echo = this.#line === "" ? "" : this.#echoed(CLEAR_LINE + PROMPT);
    this.#line = "";
    this.#quiet = false;
    return { echo };
  }

  /** ESC LF is a new line that does not execute; sequences for the cursor are swallowed. */
  #inEscape(byte: number): Edit {
    const isStart = this.#escape === "escape";
    this.#escape = isStart && byte === 0x5b ? "sequence" : "none";
    if (isStart && byte === Control.lineFeed) return this.#append("\n", `\n${PROMPT_INSIDE}`);
    if (!isStart && byte < 0x40) this.#escape = "sequence";
    return { echo: "" };
  }

  #echoed(text: string): string {
    return this.echo && !this.#quiet ? text : "";
  }
}

/** Whether brackets, a text in backquotes or a comment are still open, so that a new line goes on with the statement. */
function isOpen(line: string): boolean {
  const bare = line.replace(/"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|\/\/[^\n]*/g, "");
  let depth = 0;
  for (const character of bare) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
  }
  return depth > 0;
}
