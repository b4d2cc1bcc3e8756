import { describe, expect, it } from "vitest";
import type { RegionReport } from "../report/reports.js";
import { chooseByKey } from "./select-by-key.js";

const region = (id: string) => ({ id, offset: 0, size: 1 }) as RegionReport;
const regions = [region("boot"), region("user1"), region("storage")];
const [boot, user1, storage] = regions as [RegionReport, RegionReport, RegionReport];
const press = (key: string, selected?: RegionReport, window?: RegionReport) =>
  chooseByKey({ key }, regions, selected, window);

describe("keys on the map", () => {
  it("go from region to region and stop at both ends", () => {
    expect(press("ArrowDown")?.selected).toBe(boot);
    expect(press("ArrowDown", boot)?.selected).toBe(user1);
    expect(press("ArrowDown", storage)?.selected).toBe(storage);
    expect(press("ArrowUp")?.selected).toBe(storage);
    expect(press("Home", storage)?.selected).toBe(boot);
    expect(press("End", boot)?.selected).toBe(storage);
  });

  it("look closer and go back", () => {
    expect(press("Enter", user1)).toEqual({ selected: user1, window: user1 });
    expect(press("ArrowDown", user1, user1)).toEqual({ selected: storage, window: storage });
    expect(press("Escape", user1, user1)).toEqual({ selected: user1, window: undefined });
    expect(press("Escape", user1)).toEqual({ selected: undefined, window: undefined });
  });

  it("leave all others to the browser", () => {
    expect(press("Tab", user1)).toBeUndefined();
    expect(press("Enter")).toBeUndefined();
  });
});
