/** A command line that somebody pasted, and the files that were chosen with it. @module */
import { neededFiles, type PackageFile } from "@flashwright/core/packages";
import { words } from "../words/words.js";

/**
 * The command line as a file, and those that it names by the paths that it has for them; what is missing core reports.
 * @param text of a README: its folders are those of somebody else's disk, so that a file is known by its name
 * @throws FlasherError those of `neededFiles`
 */
export function commandPackage(text: string, files: readonly PackageFile[]): PackageFile[] {
  const told = withoutFolders(
    text,
    files.map(({ path }) => baseOf(path)),
  );
  const command = { path: words.firmware.commandLine, bytes: new TextEncoder().encode(told) };
  return [command, ...namedBy(command, files)];
}

/** Names that two files have stay with the folders that tell them apart. */
function withoutFolders(text: string, names: readonly string[]): string {
  return names
    .filter((name) => names.indexOf(name) === names.lastIndexOf(name))
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .reduce(
      (told, name) =>
        told
          .replace(new RegExp(`(["'])[^"'\\n]*[\\\\/](${name})\\1`, "g"), "$1$2$1")
          .replace(new RegExp(`[^\\s"']*[\\\\/](${name})(?=\\s|$)`, "g"), "$1"),
      text,
    );
}

function namedBy(command: PackageFile, files: readonly PackageFile[]): PackageFile[] {
  return neededFiles(command).flatMap((path) => {
    const found =
      files.find((file) => file.path === path) ?? files.find((file) => baseOf(file.path) === baseOf(path));
    return found === undefined ? [] : [{ path, bytes: found.bytes }];
  });
}

function baseOf(path: string): string {
  return path.split("/").at(-1)!;
}
