/** Drawings of the chip. @module */
import type { FlashPlan } from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";
import { type DrawnMap, type RenderOptions, renderMap } from "@flashwright/core/maps";
import type { Drawing, DrawRequest } from "./engine.js";
import { mapNow, mapPlanned } from "./planned-map.js";

/** The chip as it is and, where a plan was made and somebody asks for it, as it will be. */
export function drawMaps(survey: Survey, plan: FlashPlan | undefined, request: DrawRequest): Drawing[] {
  const maps = mapsFor(survey, plan, request.show);
  if (request.stacked) return maps.map((map, index) => draw([map], request, `flash-map-${index}`));
  return [draw(maps, request, "flash-map")];
}

function mapsFor(survey: Survey, plan: FlashPlan | undefined, show: DrawRequest["show"]): DrawnMap[] {
  if (plan === undefined || show === "now") return [mapNow(survey)];
  const planned = mapPlanned(plan, survey);
  return show === "planned" ? [planned] : [mapNow(survey), planned];
}

function draw(maps: readonly DrawnMap[], request: DrawRequest, id: string): Drawing {
  const { theme, compact, window, titled } = request;
  const titles = maps.map(({ title }) => title ?? "");
  const [first, beside] = titled ? maps : maps.map(({ title, ...map }): DrawnMap => map);
  const { layout, ...map } = first!;
  const options: RenderOptions = {
    ...map,
    theme,
    compact,
    id,
    ...(beside && { beside }),
    ...(window && { window }),
  };
  return { svg: renderMap(layout, options), titles };
}
