/**
 * Whether a package is complete, fits the places of its firmware, and is what its names say.
 *
 * @module
 */
import { baseName } from "../../archives/safe-path.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { flashMap, mapCodeOf } from "../../maps/flash-map.js";
import { linkedMapOf } from "../../maps/judge-map.js";
import { layoutFor } from "../../maps/layout-for.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";
import type { Draft, Linked } from "../draft.js";
import { type PackageFinding, PackageKind, PartRole } from "../firmware-package.js";
import { readReleaseName } from "../identify/release-name.js";
import { missing } from "../sets/draft-set.js";

/** What instructions forget: the boot loader's companions. Sets say of themselves what they lack. */
export function checkComplete({ instructed, parts }: Draft): PackageFinding[] {
  if (instructed === undefined) return [];
  const has = (role: PartRole) => parts.some((part) => part.role === role);
  const user1 = parts.find(({ role }) => role === PartRole.user1);
  if (user1 === undefined) return [];
  const findings: PackageFinding[] = [];
  const startsAtZero = parts.some(({ place }) => place.from === "start" && place.offset === 0);
  if (!startsAtZero) {
    findings.push({ code: "package-needs-boot", severity: "warning", params: { name: user1.name } });
  }
  if (!has(PartRole.phyInit)) {
    findings.push(missing(PartRole.phyInit, "esp_init_data_default.bin", "warning"));
  }
  if (!has(PartRole.blank)) findings.push(missing(PartRole.blank, "blank.bin", "note"));
  return findings;
}

/** An image that reaches into what the firmware itself writes, under the map that it was linked for. */
export function checkLimits({ main, firmware, map }: Linked): PackageFinding[] {
  const size = main?.content.image?.image?.size;
  if (main === undefined || map === undefined || size === undefined || main.role === "user2") return [];
  const layout = layoutFor(firmware, mapCodeOf(map));
  const end = main.place.offset + size;
  if (layout === undefined || end <= layout.imageLimit) return [];
  const params = { name: main.name, end, limit: layout.imageLimit, map: map.name };
  return [{ code: "package-image-too-large", severity: "error", params }];
}

/** The header of a combined file, which its makers leave as the boot loader's file has it; and its size. */
export function checkCombined({ kind, parts }: Draft, { map }: Linked, fileSize: number): PackageFinding[] {
  if (kind !== PackageKind.combined || map === undefined) return [];
  const boot = parts.find(({ role }) => role === PartRole.boot);
  const kept = boot?.content.image?.header?.flashParams.size;
  const name = parts[0].name.replace(/ \(boot\)$/, "");
  const findings: PackageFinding[] = [];
  if (kept !== undefined && kept.code !== map.code) {
    const params = { name, kept: kept.name, linked: map.name };
    findings.push({ code: "package-combined-header", severity: "note", params });
  }
  const isWhole = esp8266FlashParams.sizes.some(({ size }) => size === fileSize);
  if (isWhole && fileSize !== map.size) {
    const params = { name, size: fileSize, linked: map.name };
    findings.push({ code: "package-combined-size", severity: "warning", params });
  }
  return findings;
}

/** What the names of a package and of its application say of the map, against what the application says itself. */
export function checkNames(packageName: string, { main, map, firmware }: Linked): PackageFinding[] {
  if (main === undefined || map === undefined) return [];
  const paths = [packageName, main.content.path];
  const said = firmware.family === FirmwareFamily.espruino ? espruinoName(paths) : vendorName(paths);
  if (said === undefined || said.code === map.code) return [];
  const name = baseName(main.content.path);
  const params = { name: said.path === packageName ? packageName : name, said: said.name, linked: map.name };
  return [{ code: "package-name-contradicts", severity: "warning", params }];
}

interface NamedSize {
  readonly path: string;
  readonly name: string;
  readonly code: number;
}

/** `…_esp8266_4mb…` is the build for 4MB-c1, `…_esp8266.tgz` and `…_combined_512.bin` that for 512KB. */
function espruinoName(paths: readonly string[]): NamedSize | undefined {
  for (const path of paths) {
    const release = readReleaseName(path);
    if (release === undefined) continue;
    return named(path, linkedMapOf({ family: FirmwareFamily.espruino, build: release.build }));
  }
  return undefined;
}

/** `user1.2048.new.5.bin`: slots of 1024 KB, map 5. */
function vendorName(paths: readonly string[]): NamedSize | undefined {
  for (const path of paths) {
    const code = /user[12]\.\d{3,4}\.new\.(\d)\.bin/i.exec(path)?.[1];
    const said = named(path, code === undefined ? undefined : Number(code));
    if (said !== undefined) return said;
  }
  return undefined;
}

function named(path: string, code: number | undefined): NamedSize | undefined {
  const size = code === undefined ? undefined : flashMap(code);
  return size === undefined ? undefined : { path, name: size.name, code: size.code };
}
