/**
 * A package while it is put together: parts with what is known of their bytes.
 *
 * @module
 */
import type { FlashParams, FlashSize } from "../image/flash-params.js";
import type { HeaderChoice } from "../image/patch-header.js";
import { FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import type { Content } from "./contents/classify.js";
import type {
  Announced,
  InstructedErase,
  PackageFinding,
  PackageKind,
  PackagePart,
} from "./firmware-package.js";
import { isNamed } from "./identify/identify-image.js";
import type { HeaderTexts } from "./instructions/instructions.js";

/** A part, and the content behind it. */
export interface DraftPart extends Pick<PackagePart, "name" | "role" | "place" | "spare"> {
  readonly content: Content;
}

/** A package without hashes and checks. */
export interface Draft {
  readonly kind: PackageKind;
  readonly parts: readonly DraftPart[];
  /** What files say of the header, and whether they do at all. */
  readonly instructed?: { readonly texts: HeaderTexts; readonly choice: HeaderChoice };
  readonly erase: InstructedErase;
  /** What a manifest says of itself; its version is the firmware's where the bytes do not tell. */
  readonly announced?: Announced;
  readonly findings: readonly PackageFinding[];
}

/** The firmware of a package, and what it was linked for. */
export interface Linked {
  readonly firmware: FirmwareId;
  readonly map: FlashSize | undefined;
  readonly params: FlashParams | undefined;
  /** The part that says so. */
  readonly main: DraftPart | undefined;
}

/** The firmware in a draft: that of user1, or of the application; the boot loader's where there is nothing else. */
export function findLinked({ parts, announced }: Pick<Draft, "parts" | "announced">): Linked {
  const main = mainPart(parts);
  const firmware = firmwareOf(parts, main, announced?.version);
  const params = main?.content.image?.header?.flashParams;
  // The boot ROM's header is what its makers or a tool put there; only these were put there by the firmware's own build.
  const isLinked = main?.content.kind === "update" || main?.content.boot?.kind === "eboot";
  return { firmware, map: isLinked ? params?.size : undefined, params, main };
}

function mainPart(parts: readonly DraftPart[]): DraftPart | undefined {
  for (const role of ["user1", "app", "user2"] as const) {
    const part = parts.find((candidate) => candidate.role === role);
    if (part !== undefined) return part;
  }
  return undefined;
}

function firmwareOf(
  parts: readonly DraftPart[],
  main: DraftPart | undefined,
  version: string | undefined,
): FirmwareId {
  const own = main?.content.identity.firmware;
  // Code that is run in place may hold the texts that the application's own segments do not.
  const named = parts.map(({ content }) => content.identity.firmware).find(isNamed);
  const found = (own !== undefined && isNamed(own) ? own : named) ?? own ?? { family: "unknown" };
  const build = found.family === FirmwareFamily.nonos && main?.role === "app" ? { build: "no-boot" } : {};
  return { ...build, ...(version === undefined ? {} : { version }), ...found };
}
