/** Moving through the map with keys. @module */
import type { Stretch } from "../engine/engine.js";
import type { RegionReport } from "../report/reports.js";

/** What is chosen, and how close somebody looks. */
export interface MapChoice {
  readonly selected: RegionReport | undefined;
  readonly window: Stretch | undefined;
}

/** The choice after a key: arrows, Home and End choose, Enter looks closer, Escape goes back. `undefined` for other keys. */
export function chooseByKey(
  { key }: Pick<KeyboardEvent, "key">,
  regions: readonly RegionReport[],
  selected: RegionReport | undefined,
  window: Stretch | undefined,
): MapChoice | undefined {
  const index = selected === undefined ? -1 : regions.indexOf(selected);
  const at = (to: number): MapChoice => ({
    selected: regions[Math.max(0, Math.min(regions.length - 1, to))],
    window: window === undefined ? undefined : regions[Math.max(0, Math.min(regions.length - 1, to))],
  });
  switch (key) {
    case "ArrowDown":
      return at(index + 1);
    case "ArrowUp":
      return at(index === -1 ? regions.length - 1 : index - 1);
    case "Home":
      return at(0);
    case "End":
      return at(regions.length - 1);
    case "Enter":
      return selected === undefined ? undefined : { selected, window: selected };
    case "Escape":
      return window === undefined ? { selected: undefined, window } : { selected, window: undefined };
    default:
      return undefined;
  }
}
