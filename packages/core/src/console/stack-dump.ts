/**
 * Reads the stack that Arduino cores print behind a crash, a panic or a watchdog's reset.
 *
 * ```
 * >>>stack>>>
 *
 * ctx: cont
 * sp: 3ffffdc0 end: 3fffffc0 offset: 0190
 * 3fffff50:  00000000 3ffe8594 40201d3e 40100a5c
 * <<<stack<<<
 * ```
 *
 * Nothing in it marks a return address: a word is one where it lies in code.
 *
 * @module
 */

const START = /^>>>stack>>>$/;
const END = /^<<<stack<<<$/;
/** An address and up to four words; a core marks those that it takes for the latest frame by `<`. */
const WORDS = /^([0-9a-f]{8}): {1,4}((?:[0-9a-f]{8}[ <]{0,4}){1,4})$/i;

/** CPU addresses of code: mask ROM, RAM for instructions, flash. */
const CODE: readonly (readonly [start: number, end: number])[] = [
  [0x4000_0000, 0x4001_0000],
  [0x4010_0000, 0x4010_c000],
  [0x4020_0000, 0x4030_0000],
];
/** Words that are kept; the deepest stack of this chip holds 1024 words, and few of them are code. */
const MOST_WORDS = 256;
/** Lines without its end after which a dump is over: what follows is something else. */
const MOST_OTHER_LINES = 8;

/** An incremental reader of lines. */
export class StackDump {
  #codeWords: number[] | undefined;
  #otherLines = 0;

  /**
   * Takes a line.
   * @returns at the end of a dump, its words that lie in code, from the top of the stack on; each place once
   */
  read(line: string): readonly number[] | undefined {
    if (START.test(line)) {
      this.#codeWords = [];
      this.#otherLines = 0;
    } else if (this.#codeWords !== undefined) return this.#readInside(this.#codeWords, line);
    return undefined;
  }

  #readInside(codeWords: number[], line: string): readonly number[] | undefined {
    const words = WORDS.exec(line)?.[2].match(/[0-9a-f]{8}/gi);
    if (words === undefined || words === null) {
      if (!END.test(line) && ++this.#otherLines <= MOST_OTHER_LINES) return undefined;
      this.#codeWords = undefined;
      return END.test(line) ? codeWords : undefined;
    }
    for (const word of words.map((digits) => Number.parseInt(digits, 16))) {
      if (isCode(word) && !codeWords.includes(word) && codeWords.length < MOST_WORDS) codeWords.push(word);
    }
    return undefined;
  }
}

function isCode(word: number): boolean {
  return CODE.some(([start, end]) => word >= start && word < end);
}
