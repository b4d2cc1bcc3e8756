import { describe, expect, it } from "vitest";
import { cycle, kindOf, PATIENCE_MS } from "./soak.js";

/** `npm run soak` sets more than `npm test` has time for. */
const CYCLES = Number(process.env.FLASHWRIGHT_SOAK_CYCLES ?? 40);
const FIRST_SEED = Number(process.env.FLASHWRIGHT_SOAK_SEED ?? 1);
const MS_PER_CYCLE = 5000;

describe(`${CYCLES} times connect, flash and reset over faulty cables`, () => {
  it(
    "end in time, each with a flash that is right or an error that says what happened",
    async () => {
      const outcomes: Record<string, number> = {};
      const table: Record<string, Record<string, number>> = {};
      for (let seed = FIRST_SEED; seed < FIRST_SEED + CYCLES; seed++) {
        const result = await cycle(seed);
        const { code, right, elapsedMs, portClosed } = result;
        outcomes[code] = (outcomes[code] ?? 0) + 1;
        const row = table[kindOf(result.fault)] ?? {};
        table[kindOf(result.fault)] = { ...row, [code]: (row[code] ?? 0) + 1 };
        const honest = portClosed && elapsedMs < PATIENCE_MS && (code !== "done" || right);
        expect(honest, JSON.stringify(result)).toBe(true);
      }
      if (process.env.FLASHWRIGHT_SOAK_CYCLES !== undefined) console.table(table);
      // What comes once is made good; so is a cable without a fault.
      for (const [kind, codes] of Object.entries(table)) {
        if (/^(none|(delay|drop|corrupt)-bytes \S+)$/.test(kind))
          expect(Object.keys(codes), kind).toEqual(["done"]);
      }
      // Most cables are no worse than what can be made good.
      expect(outcomes.done).toBeGreaterThan(CYCLES / 2);
    },
    CYCLES * MS_PER_CYCLE,
  );
});
