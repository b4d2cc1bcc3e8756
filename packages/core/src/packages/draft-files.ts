/**
 * Which kind of package some files are, and its draft.
 *
 * @module
 */
import { baseName } from "../archives/safe-path.js";
import { FlasherError, isFlasherError } from "../errors.js";
import { IROM_ADDRESS } from "../targets/esp8266/image-target.js";
import { type Content, classify } from "./contents/classify.js";
import type { Draft } from "./draft.js";
import { type PackageFile, type PackageFinding, PackageKind } from "./firmware-package.js";
import { draftInstructed, placeContent } from "./instructions/draft-instructed.js";
import type { Instructions } from "./instructions/instructions.js";
import { readInstructions } from "./instructions/read-instructions.js";
import type { HexStretch } from "./intel-hex/hex-runs.js";
import { isIntelHex, parseIntelHex } from "./intel-hex/parse-intel-hex.js";
import { chooseSet } from "./sets/choose-set.js";
import { draftSet } from "./sets/draft-set.js";
import { findSets } from "./sets/find-sets.js";

/** What a draft depends on beside the files. */
export interface DraftOptions {
  readonly name: string;
  readonly chipSize: number | undefined;
  readonly maxBytes: number;
}

/** Names of files whose whole purpose is to say where others go. */
const MANIFEST = /(?:^|[_.-])manifest\.json$|^flasher_args\.json$/i;
/** Files that belong to releases and are not written to flash. */
const EXPECTED =
  /^(?:readme|licen[cs]e|makefile|changelog|sha256sums|md5sums)|\.(?:md|txt|sh|bat|ps1|html?|json|csv|map|elf|sym|s|lst|d)$/i;

/**
 * The draft of some files: by instructions where one file holds them and names all others, or is a manifest; else the set
 * among them; else whatever instructions there are.
 * @throws FlasherError `package-not-recognised` and those that `openPackage` names
 */
export function draftFiles(files: readonly PackageFile[], options: DraftOptions): Draft {
  const leading = findLeading(files);
  if (leading !== undefined) return draftInstructed(leading.instructions, leading.file, files);
  const [first] = files;
  if (files.length === 1 && isIntelHex(first.bytes)) return draftHex(first, options.maxBytes);
  const sets = findSets(files.map(classify));
  if (sets.length > 0) return draftSets(sets, files, options);
  const named = findComplete(files);
  if (named !== undefined) return draftInstructed(named.instructions, named.file, files);
  throw new FlasherError("package-not-recognised", { name: options.name });
}

/** A file with instructions, read. */
interface Leading {
  readonly file: PackageFile;
  readonly instructions: Instructions;
}

/** The first file, where it names all others; else a manifest. */
function findLeading(files: readonly PackageFile[]): Leading | undefined {
  const [first, ...others] = files;
  if (first === undefined) return undefined;
  const isManifest = (file: PackageFile) => MANIFEST.test(baseName(file.path));
  const file = files.length === 1 || namesAll(first, others) ? first : files.find(isManifest);
  const instructions = file === undefined ? undefined : readInstructions(file);
  return file === undefined || instructions === undefined ? undefined : { file, instructions };
}

/** Whether a file's instructions name every other file. */
function namesAll(file: PackageFile, others: readonly PackageFile[]): boolean {
  const names = new Set(tryInstructions(file)?.files.map(({ path }) => baseName(path).toLowerCase()));
  return others.every(({ path }) => names.has(baseName(path).toLowerCase()));
}

/** The instructions in a text that may be about anything: what is wrong with it as instructions makes it none. */
function tryInstructions(file: PackageFile): Instructions | undefined {
  try {
    return readInstructions(file);
  } catch (error) {
    if (isFlasherError(error)) return undefined;
    throw error;
  }
}

/** The first file with instructions all of whose files are there. */
function findComplete(files: readonly PackageFile[]): Leading | undefined {
  const names = new Set(files.map(({ path }) => baseName(path).toLowerCase()));
  for (const file of files) {
    const instructions = tryInstructions(file);
    const isComplete = instructions?.files.every(({ path }) => names.has(baseName(path).toLowerCase()));
    if (instructions !== undefined && isComplete) return { file, instructions };
  }
  return undefined;
}

function draftSets(
  sets: ReturnType<typeof findSets>,
  files: readonly PackageFile[],
  options: DraftOptions,
): Draft {
  const { set, findings } = chooseSet(sets, options.chipSize, options.name);
  const draft = draftSet(set);
  const used = new Set(sets.flatMap((one) => Object.values(one)).map((content) => (content as Content).path));
  return { ...draft, findings: [...draft.findings, ...findings, ...describeIgnored(files, used)] };
}

function describeIgnored(files: readonly PackageFile[], used: ReadonlySet<string>): PackageFinding[] {
  const ignored = files.filter(({ path }) => !used.has(path) && !EXPECTED.test(baseName(path)));
  if (ignored.length === 0) return [];
  const names = ignored.slice(0, 5).map(({ path }) => path);
  const params = { count: ignored.length, names };
  return [{ code: "package-files-ignored", severity: "note", params }];
}

/** Stretches at their offsets; those of a file that counts CPU addresses are moved to the start of flash. */
function draftHex(file: PackageFile, maxBytes: number): Draft {
  const { stretches, isEnded } = parseIntelHex(file.bytes, file.path, maxBytes);
  if (stretches.length === 0) throw new FlasherError("package-not-recognised", { name: file.path });
  const isMapped = stretches.every(({ offset }) => offset >= IROM_ADDRESS);
  const findings: PackageFinding[] = [];
  if (!isEnded) findings.push({ code: "hex-no-end", severity: "warning", params: { name: file.path } });
  if (isMapped) {
    findings.push({ code: "hex-cpu-addresses", severity: "note", params: { address: IROM_ADDRESS } });
  }
  const place = ({ offset, bytes }: HexStretch) => {
    const path = `${file.path} (0x${offset.toString(16)})`;
    return placeContent(classify({ path, bytes }), { offset: isMapped ? offset - IROM_ADDRESS : offset });
  };
  return {
    kind: PackageKind.intelHex,
    parts: stretches.flatMap(place),
    instructed: { texts: {}, choice: {} },
    erase: "none",
    findings,
  };
}
