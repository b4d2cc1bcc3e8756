/** `--layout espruino:ESP8266_4MB@2v09` and `--size 4MB-c1`: a layout without a board. @module */
import { esp8266, FlasherError, type FlashSize, parseFlashSize } from "@flashwright/core";
import {
  FirmwareFamily,
  type FirmwareId,
  type FlashLayout,
  layoutFor,
  mapCodeOf,
} from "@flashwright/core/maps";

const FAMILIES: readonly string[] = Object.values(FirmwareFamily);

/** `family[:build][@version]`; the build may have any case. @throws FlasherError `layout-unknown` */
export function parseLayoutSpec(text: string): FirmwareId {
  const parts = /^([a-z]+)(?::([\w.+-]+))?(?:@([\w.+-]+))?$/i.exec(text.trim());
  const family = parts?.[1].toLowerCase();
  if (parts === null || family === undefined || !FAMILIES.includes(family)) {
    throw new FlasherError("layout-unknown", { text });
  }
  const [, , build, version] = parts;
  return {
    family: family as FirmwareFamily,
    ...(build === undefined ? {} : { build }),
    ...(version === undefined ? {} : { version }),
  };
}

/** As `parseLayoutSpec` takes it. */
export function layoutSpec({
  family,
  build,
  version,
}: {
  readonly family: FirmwareId["family"];
  readonly build?: string | undefined;
  readonly version?: string | undefined;
}): string {
  return `${family}${build === undefined ? "" : `:${build}`}${version === undefined ? "" : `@${version}`}`;
}

/**
 * The layout of that name under a map.
 * @param size the map; a firmware that reads none takes it as the size of the chip
 * @param chipSize bytes of the chip, where it is not the map's
 * @throws FlasherError `layout-unknown`, `layout-needs-size`
 */
export function namedLayout(text: string, size: FlashSize | undefined, chipSize?: number): FlashLayout {
  const firmware = parseLayoutSpec(text);
  if (size === undefined && chipSize === undefined) throw new FlasherError("layout-needs-size", { text });
  const map = size === undefined ? undefined : mapCodeOf(size);
  const layout = layoutFor(firmware, map, chipSize ?? size?.size);
  if (layout === undefined) throw new FlasherError("layout-unknown", { text });
  return layout;
}

/** @throws FlasherError `flash-size-unknown`, `flash-size-ambiguous` */
export function parseMapSize(text: string): FlashSize {
  return parseFlashSize(text, esp8266.image.flashParams);
}
