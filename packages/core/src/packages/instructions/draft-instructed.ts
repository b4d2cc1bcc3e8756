/**
 * Files at the offsets that somebody wrote beside them.
 *
 * @module
 */
import { baseName, folderOf } from "../../archives/safe-path.js";
import { toHex } from "../../bytes.js";
import { defaultCodecs } from "../../codecs.js";
import { FlasherError } from "../../errors.js";
import { type Content, classify } from "../contents/classify.js";
import { draftCombined } from "../contents/draft-combined.js";
import type { Draft, DraftPart } from "../draft.js";
import { type PackageFile, PartRole } from "../firmware-package.js";
import { USER1_OFFSET } from "../places.js";
import { readHeaderTexts } from "./header-choice.js";
import type { InstructedFile, Instructions } from "./instructions.js";

/**
 * Draft of what instructions say.
 * @param from the file that holds them; the paths in them count from its folder
 * @throws FlasherError `package-file-missing`, `package-file-empty`, `package-file-size`, `package-file-sha256`
 */
export function draftInstructed(
  instructions: Instructions,
  from: PackageFile,
  files: readonly PackageFile[],
): Draft {
  const { choice, findings } = readHeaderTexts(instructions.header);
  const contents = new Map<string, Content>();
  const contentOf = (path: string) => {
    const known = contents.get(path) ?? classify(findFile(path, from, files));
    contents.set(path, known);
    return known;
  };
  return {
    kind: instructions.kind,
    parts: instructions.files.flatMap((file) => {
      const content = contentOf(file.path);
      checkFile(file, content.bytes);
      return placeContent(content, file);
    }),
    instructed: { texts: instructions.header, choice },
    erase: instructions.erase,
    ...(instructions.announced === undefined ? {} : { announced: instructions.announced }),
    findings: [...instructions.findings, ...findings],
  };
}

/** Exactly the path, else one that differs only in case; else the only file of that name, wherever it lies. */
function findFile(path: string, from: PackageFile, files: readonly PackageFile[]): PackageFile {
  const folder = folderOf(from.path);
  const full = folder === "" ? path : `${folder}/${path}`;
  const same = (first: string, second: string) => first.toLowerCase() === second.toLowerCase();
  const byName = files.filter((file) => same(baseName(file.path), baseName(path)));
  const found =
    files.find((file) => file.path === full) ??
    files.find((file) => same(file.path, full)) ??
    (byName.length === 1 ? byName[0] : undefined);
  if (found === undefined) throw new FlasherError("package-file-missing", { name: from.path, path });
  if (found.bytes.length === 0) throw new FlasherError("package-file-empty", { name: path });
  return found;
}

/** What instructions say of a file is true of it, or it is another file. */
function checkFile({ path, size, sha256 }: InstructedFile, bytes: Uint8Array): void {
  if (size !== undefined && size !== bytes.length) {
    throw new FlasherError("package-file-size", { name: path, actual: bytes.length, expected: size });
  }
  if (sha256 === undefined) return;
  const actual = toHex(defaultCodecs.sha256(bytes));
  if (actual !== sha256)
    throw new FlasherError("package-file-sha256", { name: path, actual, expected: sha256 });
}

/** A content at an offset; a combined file at the start of flash in its parts. */
export function placeContent(content: Content, { offset }: Pick<InstructedFile, "offset">): DraftPart[] {
  if (content.kind === "combined" && offset === 0) return draftCombined(content);
  return [{ name: content.name, role: roleAt(content, offset), place: { from: "start", offset }, content }];
}

function roleAt({ kind }: Content, offset: number): PartRole {
  if (kind === "update") return offset === 0 || offset === USER1_OFFSET ? PartRole.user1 : PartRole.user2;
  // A bootable image elsewhere than at 0 is started by whatever is at 0.
  if (kind === "boot" || kind === "app")
    return kind === "boot" && offset === 0 ? PartRole.boot : PartRole.app;
  if (kind === "irom") return PartRole.irom;
  if (kind === "phy-init" || kind === "damaged-phy-init") return PartRole.phyInit;
  if (kind === "blank") return PartRole.blank;
  return kind === "file-system" ? PartRole.fileSystem : PartRole.data;
}
