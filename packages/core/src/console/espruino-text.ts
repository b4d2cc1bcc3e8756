/** What Espruino's console prints around what its user asks for. @module */

/** The prompt, `>` without a line end: it stands at the start of a line, behind a line end or what clears a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that clears a line begins with one
export const PROMPT = /(?:^|[\r\n]|\x1b\[J)>$/;

/** What a console that is locked asks for. */
export const PASSWORD = /(?:^|[\r\n])password>$/;

/** An error that nothing has caught, at the start of a line: "ReferenceError: ...". */
export const ERROR = /(?:^|\n)Uncaught ([^\r\n]*)/;
