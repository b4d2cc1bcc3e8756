/** The package that a repair needs and nobody has given. @module */
import type { Diagnosis } from "@flashwright/core/diagnose";
import type { FirmwareId } from "@flashwright/core/maps";

const ESPRUINO_DOWNLOADS = "http://www.espruino.com/binaries/";
const ARCHIVES: Readonly<Record<string, string>> = { ESP8266_BOARD: "esp8266", ESP8266_4MB: "esp8266_4mb" };

/** `undefined` where no fix needs one; without a name where its makers' name for it is not known. */
export function neededPackage(
  { findings }: Diagnosis,
  firmware: FirmwareId,
): { readonly name?: string; readonly from?: string } | undefined {
  const fixes = findings.filter(({ severity }) => severity !== "note").flatMap((found) => found.fixes);
  const install = fixes.find((fix) => fix.kind === "install");
  if (install === undefined && !fixes.some(({ kind }) => kind === "rewrite")) return undefined;
  const archive = ARCHIVES[install?.build ?? firmware.build ?? ""];
  if (firmware.family !== "espruino" || firmware.version === undefined || archive === undefined) return {};
  return { name: `espruino_${firmware.version}_${archive}.tgz`, from: ESPRUINO_DOWNLOADS };
}
