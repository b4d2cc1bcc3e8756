/** `flashwright map`. @module */
import { esp8266, FlasherError, type FlashSize, type OperationResult } from "@flashwright/core";
import type { RegionState } from "@flashwright/core/diagnose";
import {
  type DrawnState,
  knownFirmware,
  layoutTitle,
  type MapJudgement,
  renderMap,
} from "@flashwright/core/maps";
import type { RegionContent } from "../cli-event.js";
import type { Context } from "../context.js";
import { checkWritable, writeBytes } from "../files.js";
import { layoutSpec, parseMapSize } from "../layout/layout-spec.js";
import { layoutOfChip, layoutOfName, layoutOfPackage, type ShownLayout } from "../layout/shown-layout.js";
import type { ConnectionOptions } from "../session/connection-options.js";

/** Options of `map` beside those of the connection. */
export interface MapOptions extends ConnectionOptions {
  readonly layout?: string;
  readonly size?: string;
  readonly list?: boolean;
  readonly names?: boolean;
  readonly svg?: string;
  readonly dryRun?: boolean;
}

/**
 * Shows a map: of the chip that is there, of a package, or of a known firmware.
 * @throws FlasherError `usage`, `layout-unknown`, `layout-needs-size`, `flash-size-unknown`, `flash-size-ambiguous`,
 * `package-map-unknown`, `file-unwritable`; those of packages and connecting
 */
export async function map(
  context: Context,
  source: string | undefined,
  options: MapOptions,
): Promise<OperationResult> {
  checkOptions(source, options);
  if (options.dryRun && options.svg === undefined) {
    context.emit({ type: "note", code: "dry-run-needless", params: { command: "map" } });
  }
  if (options.names) return showNames(context);
  if (options.list) return showKnown(context);
  const size = options.size === undefined ? undefined : parseMapSize(options.size);
  if (options.svg !== undefined) await checkWritable(options.svg);
  const shown = await find(context, source, size, options);
  show(context, shown);
  if (options.svg === undefined) return { code: "map-shown", params: {} };
  const drawing = new TextEncoder().encode(draw(shown));
  if (options.dryRun) return { code: "map-planned", params: { name: options.svg, size: drawing.length } };
  await writeBytes(options.svg, drawing);
  return { code: "map-drawn", params: { name: options.svg } };
}

function checkOptions(source: string | undefined, { layout, list, names, size, port }: MapOptions): void {
  const chosen = [source, layout, list, names].filter((choice) => choice !== undefined);
  const detail =
    chosen.length > 1
      ? "A package, --layout, --list and --names exclude each other."
      : size !== undefined && source === undefined && layout === undefined
        ? "--size goes with a package or --layout; a board tells its own."
        : chosen.length > 0 && port !== undefined
          ? "--port goes with the map of a board."
          : undefined;
  if (detail !== undefined) throw new FlasherError("usage", { detail, command: "flashwright map" });
}

function showNames({ emit }: Context): OperationResult {
  emit({ type: "sizes", sizes: esp8266.image.flashParams.sizes });
  return { code: "map-shown", params: {} };
}

function showKnown({ emit }: Context): OperationResult {
  const known = knownFirmware().map((firmware) => ({ layout: layoutSpec(firmware), ...firmware }));
  emit({ type: "layouts", known });
  return { code: "map-shown", params: {} };
}

async function find(
  context: Context,
  source: string | undefined,
  size: FlashSize | undefined,
  options: MapOptions,
): Promise<ShownLayout> {
  if (options.layout !== undefined) return layoutOfName(options.layout, size, options.chipSize);
  if (source !== undefined) return layoutOfPackage(context, source, size, options.chipSize);
  return layoutOfChip(context, options);
}

function show({ emit }: Context, { layout, judgement, states }: ShownLayout): void {
  emit({
    type: "layout",
    layout,
    ...(states === undefined ? {} : { contents: states.map(asContent) }),
    ...(judgement === undefined ? {} : { judgement: withoutLayout(judgement) }),
  });
}

function draw({ layout, states, imageEnd }: ShownLayout): string {
  return renderMap(layout, {
    title: layoutTitle(layout),
    ...(imageEnd === undefined ? {} : { imageEnd }),
    ...(states === undefined ? {} : { states: states.map(drawn) }),
  });
}

/** Zeros are fill, as erased bytes are. */
function drawn({ region, content }: RegionState): DrawnState {
  return { region, content: content === "zeros" ? "blank" : content };
}

function asContent({ region: { id, offset }, content }: RegionState): RegionContent {
  return { id, offset, content };
}

function withoutLayout({ layout, ...judgement }: MapJudgement): Omit<MapJudgement, "layout"> {
  return judgement;
}
