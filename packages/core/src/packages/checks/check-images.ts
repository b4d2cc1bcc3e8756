/**
 * Whether each part is whole, and of the kind that its place needs.
 *
 * @module
 */
import { BOOT_MAGIC, UPDATE_MAGIC } from "../../image/image-types.js";
import { describe } from "../../messages/catalogue.js";
import type { DraftPart } from "../draft.js";
import type { PackageFinding } from "../firmware-package.js";

/** What is wrong with the images and data of a package. */
export function checkImages(parts: readonly DraftPart[]): PackageFinding[] {
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    if (seen.has(part.name)) return [];
    seen.add(part.name);
    return [...checkImage(part), ...checkPhyInit(part)];
  });
}

/** A truncated image, a wrong checksum or CRC, an image for another chip. */
function checkImage({ name, content, role }: DraftPart): PackageFinding[] {
  const findings = content.image?.findings ?? [];
  const magic = content.bytes[0];
  // Data that happens to begin like an image is none.
  if (role === "data" || (magic !== BOOT_MAGIC && magic !== UPDATE_MAGIC)) return [];
  return findings.map(({ code, params, severity }) => ({
    code: severity === "error" ? "package-image-damaged" : "package-image-odd",
    severity,
    params: { name, cause: code, reason: describe(code, params).message },
  }));
}

function checkPhyInit({ name, content }: DraftPart): PackageFinding[] {
  if (content.kind !== "damaged-phy-init") return [];
  const { bytes } = content;
  const params = { name, size: bytes.length, actual: bytes[0] ?? 0 };
  return [{ code: "package-phy-init-damaged", severity: "error", params }];
}
