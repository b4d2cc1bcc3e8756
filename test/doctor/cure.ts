/** Does on the bytes what the doctor's fixes say, by literal tables: what is left must be a healthy chip. @module */
import type { Finding, Fix } from "@flashwright/core/diagnose";
import { mappedSize, phyInit } from "../support/made-firmware.js";
import type { CaseFiles } from "./chip-case.js";

const modes: Readonly<Record<string, number>> = { qio: 0, qout: 1, dio: 2, dout: 3 };
const frequencies: Readonly<Record<string, number>> = { "40m": 0x0, "26m": 0x1, "20m": 0x2, "80m": 0xf };
const maps: Readonly<Record<string, number>> = {
  "512KB": 0,
  "256KB": 1,
  "1MB": 2,
  "2MB": 3,
  "4MB": 4,
  "2MB-c1": 5,
  "4MB-c1": 6,
  "8MB": 8,
  "16MB": 9,
};
const SECTOR = 0x1000;

/** The flash after all fixes of findings that are worse than a note; `undefined` where one of them cannot be made here. */
export function cure(
  flash: Uint8Array,
  findings: readonly Finding[],
  files: CaseFiles,
): Uint8Array | undefined {
  const fixes = findings.filter(({ severity }) => severity !== "note").flatMap((finding) => finding.fixes);
  const cured = flash.slice();
  for (const fix of inOrder(fixes)) if (!apply(cured, fix, files)) return undefined;
  return fixes.length === 0 ? undefined : cured;
}

/** Programs first: they bring a header along, which a fix of the header then sets. */
function inOrder(fixes: readonly Fix[]): Fix[] {
  const order: readonly Fix["kind"][] = ["install", "rewrite", "header", "erase", "boot-slot", "phy-init"];
  return [...fixes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function apply(flash: Uint8Array, fix: Fix, files: CaseFiles): boolean {
  switch (fix.kind) {
    case "header":
      setHeader(flash, fix);
      return true;
    case "phy-init":
      writePhyInit(flash);
      return true;
    case "boot-slot":
      flash.fill(0xff, mapped(flash) - SECTOR, mapped(flash));
      return true;
    case "rewrite":
      return fix.slots.every((slot) => rewrite(flash, slot, files));
    default:
      return false;
  }
}

function rewrite(flash: Uint8Array, slot: keyof CaseFiles, files: CaseFiles): boolean {
  const file = files[slot];
  if (file === undefined) return false;
  const end = file.offset + file.bytes.length;
  const header = flash.slice(2, 4);
  const isHeaderSound = flash[0] === 0xe9;
  flash.fill(0xff, file.offset, Math.ceil(end / SECTOR) * SECTOR);
  flash.set(file.bytes, file.offset);
  if (file.offset === 0 && isHeaderSound) flash.set(header, 2);
  return true;
}

/** A map with another end needs PHY init data there; whoever plans the fix adds it. */
function setHeader(flash: Uint8Array, { mode, freq, size }: Extract<Fix, { kind: "header" }>): void {
  if (mode !== undefined) flash[2] = known(modes, mode);
  if (freq !== undefined) flash[3] = (flash[3]! & 0xf0) | known(frequencies, freq);
  if (size !== undefined) flash[3] = (known(maps, size) << 4) | (flash[3]! & 0x0f);
  if (flash[mapped(flash) - 0x4000] !== 5) writePhyInit(flash);
}

function known(table: Readonly<Record<string, number>>, name: string): number {
  const value = table[name];
  if (value === undefined) throw new Error(`a fix names "${name}"`);
  return value;
}

function writePhyInit(flash: Uint8Array): void {
  const offset = mapped(flash) - 0x4000;
  flash.fill(0xff, offset, offset + SECTOR);
  flash.set(phyInit(8), offset);
}

function mapped(flash: Uint8Array): number {
  return mappedSize(flash[3]! >> 4);
}
