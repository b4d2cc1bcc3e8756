/** Packages of every kind, whole or with one file damaged. @module */
import {
  type FirmwarePackage,
  linkManifest,
  neededFiles,
  openPackage,
  type PackageFile,
  resolveParts,
} from "@flashwright/core/packages";
import {
  batch,
  flasherArgs,
  gzipOf,
  images,
  intelHex,
  manifest,
  readme,
  release,
  tarOf,
  text,
  user1,
  windowTool,
  zipOf,
} from "../samples.js";
import { checkStatement, type FuzzTarget, must } from "../target.js";

/** Less than the default, so that what goes beyond it shows. */
const MAX_BYTES = 8 * 0x10_0000;

/** Opens a package and checks what has to hold of every one. */
function openAndCheck(files: readonly PackageFile[]): void {
  const opened = openPackage(files, { maxBytes: MAX_BYTES });
  for (const finding of opened.findings) checkStatement(finding);
  checkParts(opened);
  JSON.stringify(opened.findings);
}

function checkParts(opened: FirmwarePackage): void {
  const { parts } = opened;
  must(parts.length > 0, "a package has parts");
  const size = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  // Two places may share one file.
  must(size <= 256 * MAX_BYTES, "parts within the bound");
  for (const { place, bytes, sha256 } of parts) {
    must(bytes.length > 0, "a part has bytes");
    must(Number.isInteger(place.offset) && place.offset >= 0, "a place is a whole number");
    must(/^[0-9a-f]{64}$/.test(sha256), "a hash");
  }
  const offsets = resolveParts(opened, 0x100_0000).map(({ offset }) => offset);
  must(
    offsets.every((offset, index) => index === 0 || offset >= offsets[index - 1]),
    "offsets rise",
  );
}

/** What it gives is a manifest too, that names what it gives and nothing else. */
function checkLinked(file: PackageFile): void {
  const linked = linkManifest(file);
  if (linked === undefined) return;
  const paths = linked.files.map(({ path }) => path);
  must(new Set(paths).size === paths.length, "each file once");
  must(JSON.stringify(neededFiles(linked.file)) === JSON.stringify(paths), "the files of the manifest");
}

function checkNeeded(file: PackageFile): void {
  for (const path of neededFiles(file)) {
    must(
      !/^[/~]|\\|:|(?:^|\/)\.\.(?:\/|$)/.test(path) && path !== "",
      `a safe path: ${JSON.stringify(path)}`,
    );
  }
}

/** The release with one file replaced; which one, the first byte says, so that a case is one input. */
function releaseWith(bytes: Uint8Array): PackageFile[] {
  const files = release();
  const index = (bytes[0] ?? 0) % files.length;
  return files.map((file, at) => (at === index ? { ...file, bytes } : file));
}

const instructions = () => [readme, batch, windowTool, manifest, flasherArgs].map(text);

/** All targets of packages. */
export const packageTargets: readonly FuzzTarget[] = [
  {
    name: "openPackage: an image",
    samples: images,
    run: (bytes) => openAndCheck([{ path: "firmware.bin", bytes }]),
  },
  {
    name: "openPackage: an archive",
    samples: () => {
      const files = release();
      const tar = tarOf(files);
      return [
        tar,
        gzipOf(tar),
        zipOf(files),
        zipOf([{ path: "inner.tgz", bytes: gzipOf(tar) }]),
        gzipOf(user1()),
      ];
    },
    run: (bytes) => openAndCheck([{ path: "firmware.tgz", bytes }]),
  },
  {
    name: "openPackage: a folder with one file damaged",
    samples: () => release().map(({ bytes }) => bytes),
    run: (bytes) => openAndCheck(releaseWith(bytes)),
  },
  {
    name: "openPackage: instructions with their files",
    samples: instructions,
    run: (bytes) => openAndCheck([{ path: "espruino/manifest.json", bytes }, ...release()]),
  },
  {
    name: "neededFiles",
    samples: instructions,
    run: (bytes) => checkNeeded({ path: "flash.bat", bytes }),
  },
  {
    name: "linkManifest",
    samples: () => [manifest, flasherArgs].map(text),
    run: (bytes) => checkLinked({ path: "manifest.json", bytes }),
  },
  {
    name: "openPackage: Intel HEX",
    samples: () => [
      text(intelHex(user1().subarray(0, 0x4000), 0x1000)),
      text(intelHex(user1().subarray(0, 0x400), 0x4020_0000)),
    ],
    run: (bytes) => openAndCheck([{ path: "firmware.hex", bytes }]),
  },
];
