/**
 * What the fuzzer runs, and what has to hold for every input.
 *
 * @module
 */
import {
  FlasherError,
  formatStatement,
  isFlasherError,
  type MessageParams,
  type Statement,
} from "@flashwright/core";

/** A parser of foreign bytes. */
export interface FuzzTarget {
  readonly name: string;
  /** Sound inputs, which are damaged; made once. */
  readonly samples: () => readonly Uint8Array[];
  /**
   * Reads the bytes, and throws for what must not be, beside a `FlasherError`, which is an answer. What it returns is not
   * looked at: it checks itself what has to hold of it.
   */
  readonly run: (bytes: Uint8Array) => unknown;
}

/** Runs a target on an input: what it throws must be an error for people, whole, that survives JSON. */
export async function runTarget({ run }: FuzzTarget, bytes: Uint8Array): Promise<void> {
  const before = bytes.slice();
  try {
    await run(bytes);
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    checkError(error);
  }
  if (Buffer.compare(before, bytes) !== 0) throw new Error("the input was changed");
}

function checkError(error: FlasherError): void {
  const again = FlasherError.fromJSON(JSON.parse(JSON.stringify(error)));
  if (again.message !== error.message)
    throw new Error(`${error.code} does not survive JSON`, { cause: error });
  checkWords(error.code, error.message, error.params);
}

/** A finding's sentence must have all of its values. */
export function checkStatement(statement: Statement): void {
  checkWords(statement.code, formatStatement(statement), statement.params);
}

/** A parameter that is missing is shown as a question mark; values may hold one of their own. */
function checkWords(code: string, words: string, params: MessageParams): void {
  if (words.includes("?") && !JSON.stringify(params).includes("?")) {
    throw new Error(`${code} lacks a parameter: ${words}`);
  }
}

/** Fails unless `holds`. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`must be: ${what}`);
}
