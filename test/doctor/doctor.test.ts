import { defaultCodecs } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { campaignRows, formatFailure, formatTable, runCampaign } from "./campaign.js";
import { codecs } from "./codecs.js";
import { mapColumns, matrix } from "./matrix.js";

const seed = process.env.FLASHWRIGHT_CAMPAIGN_SEED ?? "2018-02-03";
const count = Number(process.env.FLASHWRIGHT_CAMPAIGN_COUNT ?? 2000);

describe("the campaign's digests", () => {
  it.each([0, 1, 4096, 65_536, 65_537])("are core's own, over %i bytes", (size) => {
    for (const value of [0xff, 0x00, 0xfe]) {
      const bytes = new Uint8Array(size).fill(value);
      expect(codecs.md5(bytes)).toEqual(defaultCodecs.md5(bytes));
    }
  });
});

describe("the doctor", () => {
  it("is examined on every cell of the matrix, and on every kind of damage", () => {
    const names = campaignRows.map(({ row }) => row);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /\| map [089/2-6]+: /.test(name)).length).toBe(
      matrix.length * mapColumns.length,
    );
    expect(count).toBeGreaterThanOrEqual(names.length);
  });

  it(`misses nothing and raises no false alarm on ${count} flash contents`, async () => {
    const { rows, failures } = await runCampaign(seed, count);
    console.log(`seed ${seed}\n${formatTable(rows)}`);
    expect(failures.map(formatFailure)).toEqual([]);
    expect(rows.reduce((sum, { right }) => sum + right, 0)).toBe(count);
  }, 600_000);
});
