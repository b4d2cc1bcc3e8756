/**
 * Spellings that hands know from esptool, brought into the one that this program has: options may stand before the
 * command, names may have underscores, commands may have esptool's names.
 *
 * @module
 */

const COMMANDS: Readonly<Record<string, string>> = {
  "write-flash": "flash",
  "read-flash": "read",
  "erase-flash": "erase",
  "erase-region": "erase",
  "verify-flash": "verify",
  "flash-id": "info",
  "chip-id": "info",
  "read-mac": "info",
  "list-ports": "ports",
  "image-info": "image info",
  "merge-bin": "image merge",
};

/** Commands that are followed by one of their own. */
const GROUPS: ReadonlySet<string> = new Set(["image", "agent"]);

const SHORT: Readonly<Record<string, string>> = {
  "-fm": "--flash-mode",
  "-ff": "--flash-freq",
  "-fs": "--flash-size",
};

/**
 * The arguments with the command, and behind a group its own command, first.
 * @param takesValue whether an option is followed by a value
 */
export function normaliseArgv(argv: readonly string[], takesValue: (option: string) => boolean): string[] {
  const spelled = argv.map(spellOption);
  const at = commandIndex(spelled, takesValue);
  if (at === undefined) return spelled;
  const [command, rest] = taken(spelled, at);
  const names = (COMMANDS[command] ?? command).split(" ");
  if (names.length > 1 || !GROUPS.has(command)) return [...names, ...rest];
  const inner = commandIndex(rest, takesValue);
  if (inner === undefined) return [command, ...rest];
  const [innerCommand, others] = taken(rest, inner);
  return [command, innerCommand, ...others];
}

/** The command at `at` in this program's spelling, and the arguments without it. */
function taken(argv: readonly string[], at: number): [string, string[]] {
  return [argv[at].replaceAll("_", "-"), [...argv.slice(0, at), ...argv.slice(at + 1)]];
}

function spellOption(text: string): string {
  const short = SHORT[text];
  if (short !== undefined) return short;
  if (!text.startsWith("--")) return text;
  const [name, ...value] = text.split("=");
  return [name.replaceAll("_", "-"), ...value].join("=");
}

function commandIndex(argv: readonly string[], takesValue: (option: string) => boolean): number | undefined {
  for (let at = 0; at < argv.length; at++) {
    const text = argv[at];
    if (text === "--") return undefined;
    if (!text.startsWith("-")) return at;
    if (!text.includes("=") && takesValue(text)) at++;
  }
  return undefined;
}
