/**
 * The last sectors of the declared flash, which belong to Espressif's NONOS SDK whatever application is linked with it.
 *
 * @module
 */
import { DataFormat, type DataFormatName } from "../data-formats.js";
import { Erasure } from "../layout.js";
import type { VersionRange } from "../versions.js";
import { fromEnd, type RegionRow } from "./definition.js";

const SDK = "ESP8266_NONOS_SDK, flash map documentation";

/** RF calibration where the SDK's examples, and what follows them, put it. */
export const rfCalAtEnd: RegionRow = {
  id: "rf-cal",
  from: fromEnd(0x5000),
  to: fromEnd(0x4000),
  source: `${SDK}: user_rf_cal_sector_set()`,
};

/** The four sectors behind it. The SDK does not start without PHY init data; it makes the rest again. */
// biome-ignore format: a line a region
export const nonosTail: readonly RegionRow[] = [
  { id: "phy-init", from: fromEnd(0x4000), to: fromEnd(0x3000), format: DataFormat.phyInit, source: `${SDK}: esp_init_data_default.bin, 128 bytes` },
  { id: "system-params", from: fromEnd(0x3000), to: fromEnd(0x1000), source: `${SDK}: copies A and B; blank.bin goes to B. The second boot keeps its choice of the slot at the start of the copy that counts` },
  { id: "boot-flag", from: fromEnd(0x1000), to: fromEnd(0), source: `${SDK}: which copy counts, A where the first byte is 0` },
];

/** The same for applications that keep nothing of a person's in the system parameters. */
export const nonosTailWithoutSettings: readonly RegionRow[] = nonosTail.map((row) =>
  row.id === "system-params" ? { ...row, erasure: Erasure.recreated } : row,
);

/** The format of the system parameters in a range of versions. */
export interface ParamsFormat extends VersionRange {
  readonly format: DataFormatName;
}

/** The rows, with those of the system parameters once for each format. */
export function withParamsFormats(
  rows: readonly RegionRow[],
  ...formats: readonly ParamsFormat[]
): RegionRow[] {
  return rows.flatMap((row) =>
    row.id === "system-params" ? formats.map((format) => ({ ...row, ...format })) : [row],
  );
}
