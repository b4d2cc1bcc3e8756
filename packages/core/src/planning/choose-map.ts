/**
 * The map under which a package is to run. It is never guessed from the size of the chip where the firmware says what it
 * was linked for.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { Intent } from "../flash/account.js";
import { type FlashSize, flashSizeOfCapacity, type Statement } from "../image/flash-params.js";
import { mapCodeOf } from "../maps/flash-map.js";
import { judgeMap, MapVerdict } from "../maps/judge-map.js";
import { imageEndOf } from "./image-end.js";
import type { PackageRequest } from "./package-request.js";

/** A map and why. */
export interface ChosenMap {
  readonly size: FlashSize;
  readonly reason: Statement;
}

/**
 * In this order: what was asked for, where it does not contradict the package; on an update or a repair the present map,
 * where the firmware runs well with it; what the firmware was linked for; what the package's own instructions say; the
 * present map; the plain map of the chip's size.
 * @throws FlasherError `map-contradicts-package`, `map-exceeds-chip`, `map-unknown`
 */
export function chooseMap(request: PackageRequest): ChosenMap {
  const chosen = asked(request) ?? present(request) ?? ofPackage(request) ?? ofChip(request);
  const { flashSize } = request.chip;
  const { name, size } = chosen.size;
  if (size > flashSize) {
    throw new FlasherError("map-exceeds-chip", { package: request.package.name, name, size, flashSize });
  }
  return chosen;
}

function asked({
  header,
  force = false,
  package: { linkedMap, name },
}: PackageRequest): ChosenMap | undefined {
  const size = header?.size;
  if (size === undefined) return undefined;
  if (linkedMap === undefined || linkedMap.code === size.code) {
    return { size, reason: { code: "header-as-asked", params: {} } };
  }
  const params = {
    package: name,
    asked: size.name,
    askedSize: size.size,
    askedSplit: size.split,
    linked: linkedMap.name,
    linkedSize: linkedMap.size,
    linkedSplit: linkedMap.split,
  };
  if (!force) throw new FlasherError("map-contradicts-package", params);
  return { size, reason: { code: "map-forced", params } };
}

/** A map that works is not changed under the data that was stored with it; one that is larger than the chip does not. */
function present({ intent, survey, package: pack, chip }: PackageRequest): ChosenMap | undefined {
  const size = survey?.header?.size;
  if (intent === Intent.install || size === undefined) return undefined;
  const isLinked = pack.linkedMap?.code === size.code;
  const judgement = judgeMap({
    firmware: pack.firmware,
    map: mapCodeOf(size),
    flashSize: chip.flashSize,
    imageEnd: imageEndOf(pack),
    ...(pack.linkedMap === undefined ? {} : { linkedMap: mapCodeOf(pack.linkedMap) }),
  });
  if (judgement === undefined ? !isLinked : judgement.verdict !== MapVerdict.ok) return undefined;
  return { size, reason: { code: "map-kept", params: { name: size.name } } };
}

function ofPackage({ package: { linkedMap, instructed } }: PackageRequest): ChosenMap | undefined {
  const size = instructed.size;
  if (linkedMap !== undefined) {
    const reason: Statement =
      size === undefined || size.code === linkedMap.code
        ? { code: "map-linked", params: { name: linkedMap.name } }
        : { code: "map-linked-not-instructed", params: { name: linkedMap.name, instructed: size.name } };
    return { size: linkedMap, reason };
  }
  return size && { size, reason: { code: "header-as-instructed", params: {} } };
}

function ofChip({ survey, chip, target, package: pack }: PackageRequest): ChosenMap {
  const size = survey?.header?.size;
  if (size !== undefined && size.size <= chip.flashSize) {
    return { size, reason: { code: "header-as-present", params: {} } };
  }
  const plain = flashSizeOfCapacity(chip.flashSize, target.image.flashParams);
  if (plain === undefined) {
    throw new FlasherError("map-unknown", { package: pack.name, flashSize: chip.flashSize });
  }
  return { size: plain, reason: { code: "map-of-chip", params: { flashSize: chip.flashSize } } };
}
