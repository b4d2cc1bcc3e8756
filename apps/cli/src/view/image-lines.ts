/** Images in lines: `image info`. @module */
import { formatOffset, formatStatement, SECTOR_SIZE } from "@flashwright/core";
import { bootLoaderName, firmwareName, paramsName, sizeInAllNames } from "@flashwright/core/maps";
import type { ImageReport } from "../image/image-report.js";
import type { Colours } from "./colour.js";
import { clean, shortSize, table, wrap } from "./text.js";

const KINDS = { boot: "boot image (0xE9)", update: "update image (0xEA)" } as const;

/** A file and every image in it. */
export function imageLines(
  { file, size, images }: { file: string; size: number; images: readonly ImageReport[] },
  width: number,
  colours: Colours,
): string[] {
  const title = colours.bold(`${clean(file)}, ${size} bytes`);
  return [title, ...images.flatMap((image) => oneImage(image, images.length > 1, width, colours))];
}

function oneImage(image: ImageReport, isNamed: boolean, width: number, colours: Colours): string[] {
  const heading = isNamed ? [colours.bold(`At ${formatOffset(image.offset)}`)] : [];
  const findings = image.findings.flatMap((finding) => {
    const colour = finding.severity === "error" ? colours.red : colours.yellow;
    const [first, ...rest] = wrap(`${finding.severity}: ${clean(formatStatement(finding))}`, width, 2);
    const at = finding.severity.length + 1;
    return [colour(first.slice(0, at)) + first.slice(at), ...rest];
  });
  return [...heading, ...table(facts(image)), ...segmentLines(image), ...findings];
}

function facts(image: ImageReport): string[][] {
  const { format, size, firmware, bootLoader, slotByte, entry, code, header, checksum, crc } = image;
  const rows: string[][] = [];
  if (format !== undefined)
    rows.push(["Kind", `${KINDS[format]}${size === undefined ? "" : `, ${size} bytes`}`]);
  if (bootLoader !== undefined) rows.push(["Boot loader", bootLoaderName(bootLoader)]);
  // Behind a boot loader lies an application, and nothing of it says which.
  const isKnown = firmware.family !== "unknown" && !(bootLoader !== undefined && firmware.family === "nonos");
  if (isKnown) rows.push(["Firmware", firmwareName(firmware)]);
  if (header !== undefined) {
    const where = header.offset === image.offset ? "" : `, inside at ${formatOffset(header.offset)}`;
    rows.push(["Header", `${paramsName(header.flashParams)}${where}`]);
    const { size: map } = header.flashParams;
    if (map !== undefined)
      rows.push([format === "update" ? "Linked for" : "Flash size", sizeInAllNames(map)]);
  }
  if (slotByte !== undefined) rows.push(["Slot byte", String(slotByte)]);
  if (code !== undefined)
    rows.push(["Code", `${sizeOf(code.size)} run from flash, at ${formatOffset(code.offset)}`]);
  if (entry !== undefined) rows.push(["Entry", formatOffset(entry)]);
  if (checksum !== undefined) rows.push(["Checksum", agreement(checksum.stored, checksum.computed, 2)]);
  if (crc !== undefined) rows.push(["CRC", crcAgreement(crc)]);
  return rows;
}

function segmentLines({ segments }: ImageReport): string[] {
  if (segments.length === 0) return [];
  const rows = segments.map(({ index, address, offset, size, memory }) => [
    `  ${index}`,
    formatOffset(address),
    memory ?? "nowhere",
    sizeOf(size),
    `at ${formatOffset(offset)}`,
  ]);
  return ["Segments", ...table(rows, [3])];
}

/** Large sizes as such, small ones exactly. */
function sizeOf(size: number): string {
  return size % SECTOR_SIZE === 0 ? shortSize(size) : `${size} bytes`;
}

function agreement(stored: number, computed: number, digits: number): string {
  const [said, found] = [stored, computed].map((value) => `0x${value.toString(16).padStart(digits, "0")}`);
  return stored === computed ? `${said}, correct` : `${said}, but the bytes give ${found}`;
}

function crcAgreement({ stored, computed, match }: NonNullable<ImageReport["crc"]>): string {
  return match === "none"
    ? agreement(stored, computed, 8)
    : `0x${stored.toString(16).padStart(8, "0")}, correct`;
}
