/**
 * Variables of shells and batch files, as far as firmware's scripts use them: plain assignments, put in by name.
 *
 * @module
 */

/** Longer values are not put in: a text must not grow by its own variables. */
const LONGEST_VALUE = 4096;

/** `set A=b`, `set "A=b"`, `export A=b`, `A="b"`, `$A = "b"`, `A := b`; group 3 is all that follows. */
const ASSIGNMENT = /^\s*@?(set\s+"?|export\s+|\$)?([A-Za-z_]\w{0,63})\s*[:?]?=(.*)$/i;

/** The folder of the script itself, which is where its files are: `%~dp0`, `$(dirname "$0")/`, `$PSScriptRoot\`. */
const OWN_FOLDER = /%~dp0[\\/]?|\$\(dirname "?\$0"?\)[\\/]?|\$(?:\{PSScriptRoot\}|PSScriptRoot)[\\/]?/gi;

/** `%NAME%`, `$NAME`, `${NAME}`, `$(NAME)`. */
const REFERENCE = /%(\w{1,64})%|\$\{(\w{1,64})\}|\$\((\w{1,64})\)|\$(\w{1,64})/g;

/** What has been assigned. Names count without their case, as in batch files. */
export type Variables = Map<string, string>;

/** Notes the assignment that a line is; whether it was one. A command with an assignment before it (`A=b esptool`) is none. */
export function assign(line: string, variables: Variables): boolean {
  const match = ASSIGNMENT.exec(line.slice(0, LONGEST_VALUE));
  if (match === null) return false;
  const [, keyword, name, rest] = match;
  const value = unquoted(rest.trim());
  const takesBlanks = keyword !== undefined && /^set/i.test(keyword);
  if (value === undefined || (!takesBlanks && value === rest.trim() && /\s/.test(value))) return false;
  variables.set(name.toLowerCase(), expand(value, variables).slice(0, LONGEST_VALUE));
  return true;
}

/** Without the quotes around it; `undefined` where one begins and text follows the other. */
function unquoted(text: string): string | undefined {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text.endsWith('"') ? text.slice(0, -1) : text;
  return text.indexOf(quote, 1) === text.length - 1 && text.length > 1 ? text.slice(1, -1) : undefined;
}

/** The text with every variable that is known put in; the others stay as they are. */
export function expand(text: string, variables: Variables): string {
  let size = text.length;
  return text.replace(OWN_FOLDER, "").replace(REFERENCE, (whole, ...names: (string | undefined)[]) => {
    const name = names.slice(0, 4).find((candidate) => candidate !== undefined);
    const value = variables.get((name ?? "").toLowerCase());
    size += value?.length ?? 0;
    return value === undefined || size > LONGEST_VALUE ? whole : value;
  });
}

/** Whether a variable is left in a text. */
export function hasVariable(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}
