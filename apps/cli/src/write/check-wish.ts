/** A flash size that somebody typed is not written under a firmware that it ruins. @module */
import { FlasherError, type HeaderChoice } from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";
import { firmwareName, judgeMap, MapVerdict, mapCodeOf } from "@flashwright/core/maps";

/** Maps under which a firmware destroys itself, or does not know where it is. */
const RUINOUS: ReadonlySet<MapVerdict> = new Set([
  MapVerdict.fatal,
  MapVerdict.forbidden,
  MapVerdict.undefined,
]);

/**
 * Checks the header that was asked for against the firmware that is on the chip.
 * @throws FlasherError `map-contradicts-package`
 */
export function checkWish({ size }: HeaderChoice, { firmware, slots, activeSlot }: Survey): void {
  const running = slots.find(({ slot }) => slot === activeSlot) ?? slots[0];
  const linked = running?.linkedParams?.size;
  if (size === undefined || linked === undefined) return;
  const judgement = judgeMap({ firmware, map: mapCodeOf(size), linkedMap: mapCodeOf(linked) });
  if (judgement === undefined || !RUINOUS.has(judgement.verdict)) return;
  throw new FlasherError("map-contradicts-package", {
    package: firmwareName(firmware),
    asked: size.name,
    askedSize: size.size,
    askedSplit: size.split,
    linked: linked.name,
    linkedSize: linked.size,
    linkedSplit: linked.split,
  });
}
