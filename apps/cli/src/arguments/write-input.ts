/** What there is to write: pairs of address and file, or a firmware package. @module */
import type { ImageInput } from "@flashwright/core";
import type { World } from "../world.js";
import { readImageFiles } from "./image-files.js";
import { type PackageSource, readPackageSource } from "./package-files.js";

/** Either form, read. */
export type WriteInput =
  | { readonly kind: "images"; readonly images: readonly ImageInput[] }
  | { readonly kind: "package"; readonly source: PackageSource };

/**
 * Reads what was named: one argument that is no number is a package, everything else pairs.
 * @throws FlasherError those of `readImageFiles` and `readPackageSource`
 */
export async function readWriteInput(world: World, inputs: readonly string[]): Promise<WriteInput> {
  const [first] = inputs;
  if (inputs.length === 1 && !isNumber(first)) {
    return { kind: "package", source: await readPackageSource(world, first) };
  }
  return { kind: "images", images: await readImageFiles(inputs) };
}

/** An address without its file; a package with such a name is reached as `./4096`. */
function isNumber(text: string): boolean {
  return /^(0x[0-9a-f]+|\d+)[km]?$/i.test(text);
}
