/** Firmware from an address: one file, or a manifest and the files that it names. @module */
import { FlasherError } from "@flashwright/core";
import { type LinkedFile, linkManifest, neededFiles, type PackageFile } from "@flashwright/core/packages";
import { type DownloadParts, fetchFile } from "./fetch-file.js";
import { fileNameAt, firmwareAddress, requireSecure } from "./firmware-address.js";

/** Of all files of a firmware together; as much as archives may unpack to. */
const MAX_BYTES = 64 * 0x10_0000;

/** What was downloaded, as `openPackage` takes it. */
export interface DownloadedFirmware {
  /** Of the file at the address. */
  readonly name: string;
  /** The file at the address first, then those that it names, by the paths that it has for them; see `linkManifest`. */
  readonly files: readonly PackageFile[];
}

/**
 * Downloads an archive, an image, Intel HEX; a manifest or a text with a flasher's command brings the files that it names,
 * relative to where it was in the end. Those of a manifest may lie anywhere.
 * @throws FlasherError those of `firmwareAddress` and `fetchFile`; those of `linkManifest` and `neededFiles`, before anything
 *   else is read
 */
export async function fetchFirmware(address: string, parts: DownloadParts): Promise<DownloadedFirmware> {
  const start = firmwareAddress(address);
  const { bytes, url: base } = await fetchFile(start, MAX_BYTES, parts);
  const name = fileNameAt(start);
  const { file, files: needed } = namedBy({ path: name, bytes });
  const files: PackageFile[] = [file];
  let left = MAX_BYTES - bytes.length;
  for (const { reference, path } of needed) {
    const part = await fetchFile(partAddress(reference, base), left, parts);
    left -= part.bytes.length;
    files.push({ path, bytes: part.bytes });
  }
  return { name, files };
}

/** A file, and what it needs: a manifest's parts at any address, anything else beside it. */
function namedBy(file: PackageFile): { readonly file: PackageFile; readonly files: readonly LinkedFile[] } {
  return linkManifest(file) ?? { file, files: neededFiles(file).map((path) => ({ reference: path, path })) };
}

/** As pages resolve it, so that manifests mean the same here as where they were written for. */
function partAddress(path: string, base: URL): URL {
  try {
    const url = new URL(path, base);
    requireSecure(url);
    return url;
  } catch (error) {
    if (error instanceof FlasherError) throw error;
    throw new FlasherError("download-address", { address: path });
  }
}
