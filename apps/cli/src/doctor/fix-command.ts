/** The one command that puts right what was found. @module */
import type { Diagnosis, Fix } from "@flashwright/core/diagnose";
import type { FirmwareId } from "@flashwright/core/maps";

/** What the command is made of beside the findings. */
export interface FixContext {
  /** The firmware that is, or was, on the chip. */
  readonly firmware: FirmwareId | undefined;
  /** A package that was named to the doctor. */
  readonly packagePath: string | undefined;
  /** Options of the connection as they were typed. */
  readonly connection: readonly string[];
}

/**
 * Arguments of `flashwright` that make all fixes of a diagnosis; `undefined` where there is nothing that a program could
 * do. A package that has to be found first stands there by the name of its makers' archive, or as `<package>`.
 */
export function fixCommand(diagnosis: Diagnosis, context: FixContext): string[] | undefined {
  const fixes = diagnosis.findings
    .filter(({ severity }) => severity !== "note")
    .flatMap((found) => found.fixes);
  if (fixes.length === 0) return undefined;
  const install = fixes.find(({ kind }) => kind === "install");
  const needsPackage = install !== undefined || fixes.some(({ kind }) => kind === "rewrite");
  const command = install === undefined ? "recover" : "flash";
  const firmware = needsPackage ? [context.packagePath ?? packageName(context.firmware, install)] : [];
  return [command, ...firmware, ...context.connection];
}

/** Notes on a header that does no harm, which somebody may nevertheless want otherwise. */
const OFFERED: ReadonlySet<string> = new Set(["finding-map-smaller-warns", "finding-linked-for-other-map"]);

/**
 * Arguments of the command that changes what is harmless and only a matter of taste: `undefined` where there is no such
 * thing, or something worse to be put right first.
 */
export function offeredCommand(diagnosis: Diagnosis, connection: readonly string[]): string[] | undefined {
  const { findings } = diagnosis;
  if (findings.some(({ severity }) => severity !== "note")) return undefined;
  const fixes = findings.filter(({ code }) => OFFERED.has(code)).flatMap((found) => found.fixes);
  const size = fixes.flatMap((fix) => (fix.kind === "header" ? (fix.size ?? []) : []))[0];
  return size === undefined ? undefined : ["recover", "--flash-size", size, ...connection];
}

/** What somebody has to get before the command can be run. */
export interface MissingPackage {
  /** Its makers' name for it; `undefined` where the firmware is not known well enough. */
  readonly name?: string;
  /** Where its makers offer it. */
  readonly from?: string;
}

/** The package that a command of `fixCommand` names although nobody gave one; `undefined` where it names none. */
export function missingPackage(
  command: readonly string[] | undefined,
  { packagePath }: Pick<FixContext, "packagePath">,
): MissingPackage | undefined {
  const name = command?.[1];
  if (packagePath !== undefined || name === undefined) return undefined;
  if (name === PLACEHOLDER) return {};
  return /^espruino_.*\.tgz$/.test(name) ? { name, from: ESPRUINO_DOWNLOADS } : undefined;
}

const ESPRUINO_DOWNLOADS = "http://www.espruino.com/binaries/";
const PLACEHOLDER = "<package>";
const ARCHIVES: Readonly<Record<string, string>> = { ESP8266_BOARD: "esp8266", ESP8266_4MB: "esp8266_4mb" };

/** `espruino_1v95_esp8266_4mb.tgz`, as its makers publish it. */
function packageName(firmware: FirmwareId | undefined, install: Fix | undefined): string {
  const build = install?.kind === "install" && install.build !== undefined ? install.build : firmware?.build;
  const archive = ARCHIVES[build ?? ""];
  if (firmware?.family !== "espruino" || firmware.version === undefined || archive === undefined) {
    return PLACEHOLDER;
  }
  return `espruino_${firmware.version}_${archive}.tgz`;
}

/** The command as a shell takes it. */
export function shellCommand(args: readonly string[]): string {
  return ["flashwright", ...args].map(quoted).join(" ");
}

/** A placeholder stays as it is: it is to be replaced and not to be run. */
function quoted(arg: string): string {
  if (arg === PLACEHOLDER || /^[\w@%+=:,./-]+$/.test(arg)) return arg;
  return `'${arg.replaceAll("'", `'\\''`)}'`;
}
