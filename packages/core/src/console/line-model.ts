/**
 * The line that a program is writing, as a terminal would show it.
 *
 * @module
 */

/** Columns of a line; a longer one goes on in the next. */
export const LONGEST_LINE = 2048;
/** Characters of a column; a pile of marks reaches into the lines above. */
const MOST_COMBINED = 4;

/** One step in writing a line. None of them leaves the line, so that nothing above it can be changed. */
export type LineStep =
  /** Printable text at the cursor. */
  | { readonly type: "text"; readonly text: string }
  /** The cursor goes back; never past the start of the line. */
  | { readonly type: "back"; readonly columns: number }
  /** From the cursor to the end of the line all is erased; so many columns were there. */
  | { readonly type: "clear"; readonly columns: number }
  /** The line is over; as it stood then. `isCut`: it is only too long, and goes on. */
  | { readonly type: "line"; readonly line: string; readonly isCut: boolean };

/** Characters by column, and a cursor. */
export class LineModel {
  #columns: string[] = [];
  #cursor = 0;

  /** The line as it stands. */
  get text(): string {
    return this.#columns.join("");
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** Writes printable characters, over what stands there. */
  write(characters: readonly string[]): LineStep[] {
    const steps: LineStep[] = [];
    for (const character of characters) {
      if (this.#cursor === LONGEST_LINE) steps.push(this.end(true));
      this.#columns[this.#cursor++] = character;
      const last = steps.at(-1);
      if (last?.type === "text") steps[steps.length - 1] = { type: "text", text: last.text + character };
      else steps.push({ type: "text", text: character });
    }
    return steps;
  }

  /** Puts a mark on the character before the cursor; `undefined` where none is or it carries enough. */
  combine(mark: string): LineStep[] | undefined {
    const before = this.#columns[this.#cursor - 1];
    if (before === undefined || before === " " || [...before].length >= MOST_COMBINED) return undefined;
    this.#columns[this.#cursor - 1] = before + mark;
    return [{ type: "text", text: mark }];
  }

  back(columns: number): LineStep[] {
    const moved = Math.min(columns, this.#cursor);
    this.#cursor -= moved;
    return moved === 0 ? [] : [{ type: "back", columns: moved }];
  }

  /** The cursor goes to the right, over what stands there. */
  forward(columns: number): LineStep[] {
    return this.write(this.#columns.slice(this.#cursor, this.#cursor + columns));
  }

  clear(): LineStep[] {
    const columns = this.#columns.length - this.#cursor;
    this.#columns.length = this.#cursor;
    return columns === 0 ? [] : [{ type: "clear", columns }];
  }

  /** Begins a new line. */
  end(isCut = false): LineStep {
    const line = this.text;
    this.#columns = [];
    this.#cursor = 0;
    return { type: "line", line, isCut };
  }
}
