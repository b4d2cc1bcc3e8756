/** Firmware from an address: one file, or a manifest and the files that it names. @module */
import { FlasherError } from "@flashwright/core";
import { neededFiles, type PackageFile } from "@flashwright/core/packages";
import { type DownloadParts, fetchFile } from "./fetch-file.js";
import { fileNameAt, firmwareAddress, requireSecure } from "./firmware-address.js";

/** Of all files of a firmware together; as much as archives may unpack to. */
const MAX_BYTES = 64 * 0x10_0000;

/** What was downloaded, as `openPackage` takes it. */
export interface DownloadedFirmware {
  /** Of the file at the address. */
  readonly name: string;
  /** The file at the address first, then those that it names, by the paths that it has for them. */
  readonly files: readonly PackageFile[];
}

/**
 * Downloads an archive, an image, Intel HEX; a manifest or a text with a flasher's command brings the files that it names,
 * relative to where it was in the end.
 * @throws FlasherError those of `firmwareAddress` and `fetchFile`; those of `neededFiles`, before anything else is read
 */
export async function fetchFirmware(address: string, parts: DownloadParts): Promise<DownloadedFirmware> {
  const start = firmwareAddress(address);
  const first = await fetchFile(start, MAX_BYTES, parts);
  const name = fileNameAt(start);
  const files: PackageFile[] = [{ path: name, bytes: first.bytes }];
  let left = MAX_BYTES - first.bytes.length;
  for (const path of neededFiles(files[0]!)) {
    const url = partAddress(path, first.url);
    const { bytes } = await fetchFile(url, left, parts);
    left -= bytes.length;
    files.push({ path, bytes });
  }
  return { name, files };
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
