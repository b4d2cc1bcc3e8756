/**
 * Opens firmware packages of every kind.
 *
 * @module
 */

import { DEFAULT_MAX_BYTES, UnpackBudget } from "../archives/budget.js";
import { isArchive, openArchive } from "../archives/open-archive.js";
import { baseName, folderOf } from "../archives/safe-path.js";
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { checkImages } from "./checks/check-images.js";
import { checkMap } from "./checks/check-map.js";
import { checkPlaces } from "./checks/check-places.js";
import { checkCombined, checkComplete, checkLimits, checkNames } from "./checks/check-set.js";
import { type Draft, type DraftPart, findLinked } from "./draft.js";
import { draftFiles } from "./draft-files.js";
import type { FirmwarePackage, PackageFile, PackageFinding, PackagePart } from "./firmware-package.js";

/** How a package is opened. */
export interface OpenPackageOptions {
  /** For people; the first file's name where it is missing. */
  readonly name?: string;
  /** Bytes of the chip's flash, to choose between several builds in one package. */
  readonly chipSize?: number;
  /** Of all files together, unpacked; 64 MiB where it is missing. */
  readonly maxBytes?: number;
}

/**
 * A package from its files: one file (an archive, an image, a combined image, Intel HEX), a file with instructions and
 * those that it names (see `neededFiles`), or the content of a folder. Nothing is believed that a name says, and nothing
 * that is odd is hidden: it is in `findings`, worst first.
 *
 * Memory: the files as they are given, what they unpack to, and as much again while one of them is unpacked; together at
 * most the input and three times `maxBytes`. Parts are views of these, not copies.
 * @throws FlasherError `package-not-recognised`, `package-several-firmwares`, `package-file-missing`, `package-file-empty`,
 *   `package-file-size`, `package-file-sha256`, `package-path-unsafe`, `package-other-chip`, `image-other-chip`, `package-too-many-parts`, `archive-…` with the offset in the archive,
 *   `json-…`, `manifest-other-chips`, `command-…` with the line, `hex-…` with the line
 */
export function openPackage(
  files: readonly PackageFile[],
  options: OpenPackageOptions = {},
): FirmwarePackage {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const name = options.name ?? baseName(files[0]?.path ?? "");
  const unpacked = unpackAll(files, maxBytes);
  const draft = draftFiles(unpacked.files, { name, chipSize: options.chipSize, maxBytes });
  return finish(draft, name, unpacked);
}

interface Unpacked {
  readonly files: readonly PackageFile[];
  readonly findings: readonly PackageFinding[];
}

/** Archives replaced by what is in them; one within another too, and no deeper. */
function unpackAll(files: readonly PackageFile[], maxBytes: number): Unpacked {
  const budget = new UnpackBudget(maxBytes);
  const findings: PackageFinding[] = [];
  const isOnly = files.length === 1;
  const unpackLevel = (file: PackageFile, depth: number): readonly PackageFile[] => {
    if (!isArchive(file.bytes)) return [file];
    if (depth === 2) throw new FlasherError("archive-nested", { path: file.path });
    const { files: inner, ignored } = openArchive(file, budget);
    if (ignored.length > 0) {
      const params = { archive: file.path, names: ignored.slice(0, 5) };
      findings.push({ code: "archive-link-ignored", severity: "note", params });
    }
    const prefix = isOnly && depth === 0 ? "" : prefixFor(file.path, inner);
    return inner.flatMap(({ path, bytes }) => unpackLevel({ path: prefix + path, bytes }, depth + 1));
  };
  for (const file of files) if (!isArchive(file.bytes)) budget.addBytes(file.bytes.length, file.path);
  return { files: files.flatMap((file) => unpackLevel(file, 0)), findings };
}

/** What is in an archive beside other files lies in a folder named like it; a single packed file lies beside them. */
function prefixFor(path: string, inner: readonly PackageFile[]): string {
  const folder = folderOf(path);
  if (inner.length === 1 && folderOf(inner[0].path) === folder) return "";
  return `${path.replace(/\.(?:tgz|tar|tar\.gz|zip)$/i, "")}/`;
}

/** The draft with its firmware, its hashes and everything that is odd about it. */
function finish(draft: Draft, name: string, { findings, files }: Unpacked): FirmwarePackage {
  const linked = findLinked(draft);
  const fileSize = files.length === 1 ? files[0].bytes.length : 0;
  const all = [
    ...draft.findings,
    ...checkImages(draft.parts),
    ...checkMap(draft, linked),
    ...checkPlaces(draft, linked),
    ...checkComplete(draft),
    ...checkLimits(linked),
    ...checkCombined(draft, linked, fileSize),
    ...checkNames(name, linked),
    ...findings,
  ];
  return {
    kind: draft.kind,
    name,
    firmware: linked.firmware,
    linkedMap: linked.map,
    linkedParams: linked.params,
    instructed: draft.instructed?.choice ?? {},
    instructedErase: draft.erase,
    ...(draft.announced === undefined ? {} : { announced: draft.announced }),
    parts: draft.parts.map(finishPart).sort(comparePlaces),
    findings: sortFindings(all),
  };
}

function finishPart({ name, role, place, spare, content: { bytes } }: DraftPart): PackagePart {
  const sha256 = toHex(defaultCodecs.sha256(bytes));
  return { name, role, place, bytes, sha256, ...(spare === undefined ? {} : { spare }) };
}

/** Those from the start first, by rising offset; then those from the end, the furthest from it first. */
function comparePlaces({ place: first }: PackagePart, { place: second }: PackagePart): number {
  if (first.from !== second.from) return first.from === "start" ? -1 : 1;
  return first.from === "start" ? first.offset - second.offset : second.offset - first.offset;
}

const severities: readonly PackageFinding["severity"][] = ["error", "warning", "note"];

/** Worst first; of equals in the order in which they were met. */
function sortFindings(findings: readonly PackageFinding[]): PackageFinding[] {
  return [...findings].sort(
    (first, second) => severities.indexOf(first.severity) - severities.indexOf(second.severity),
  );
}
