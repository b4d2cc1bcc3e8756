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
};

const SHORT: Readonly<Record<string, string>> = {
  "-fm": "--flash-mode",
  "-ff": "--flash-freq",
  "-fs": "--flash-size",
};

/**
 * The arguments with the command first.
 * @param takesValue whether an option is followed by a value
 */
export function normaliseArgv(argv: readonly string[], takesValue: (option: string) => boolean): string[] {
  const spelled = argv.map(spellOption);
  const at = commandIndex(spelled, takesValue);
  if (at === undefined) return spelled;
  const command = spelled[at].replaceAll("_", "-");
  return [COMMANDS[command] ?? command, ...spelled.slice(0, at), ...spelled.slice(at + 1)];
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
