/**
 * Every parser of foreign bytes, on damaged files and on noise: it answers, or throws an error for people; it does not crash,
 * hang, change its input, or take more memory than stated.
 *
 * A case that hangs ends the process; its input is kept in a file (see `startWatchdog`).
 *
 * FLASHWRIGHT_FUZZ_CASES and FLASHWRIGHT_FUZZ_SEED change how many cases there are, and which; `npm run fuzz` sets them.
 *
 * @module
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutate, mutations } from "./mutations.js";
import { type FuzzTarget, must, runTarget } from "./target.js";
import { targets } from "./targets.js";
import { startWatchdog, type Watchdog } from "./watchdog.js";

const CASES = Number(process.env.FLASHWRIGHT_FUZZ_CASES ?? 2000);
/** Fixed, so that a failure of `npm test` is one of the change at hand. */
const SEED = Number(process.env.FLASHWRIGHT_FUZZ_SEED ?? 20261122);

/**
 * Memory of the whole process, the test runner and everything that was not collected yet among it. A parser that believed a
 * size of 32 bits would go past it with a single case. Measured over 100,000 cases: 275 MB.
 */
const MEMORY_BOUND = 768 * 2 ** 20;

/** One case takes milliseconds. A thousand times that is no busy computer, but work that grows faster than its input. */
const CASE_LIMIT_MS = 20_000;

/** Then it is taken for a loop without an end, which nothing but the end of the process ends. */
const HANGS_AFTER_MS = 60_000;

const perTarget = Math.ceil(CASES / targets.length);

/** A sample with damage, or noise. */
const input = fc.oneof(
  { weight: 15, arbitrary: fc.record({ sample: fc.nat(), damage: mutations }) },
  { weight: 1, arbitrary: fc.record({ noise: fc.uint8Array({ maxLength: 0x2000 }) }) },
);

describe("parsers of foreign bytes", () => {
  let count = 0;
  let slowest = { ms: 0, target: "" };
  let watchdog: Watchdog;

  beforeAll(async () => {
    watchdog = await startWatchdog({
      targets: targets.map(({ name }) => name),
      seed: SEED,
      limitMs: HANGS_AFTER_MS,
    });
  });
  afterAll(() => watchdog.stop());

  const watched = (target: FuzzTarget, bytes: Uint8Array) =>
    watchdog.watch(targets.indexOf(target), bytes, () => runTarget(target, bytes));

  it.each(targets)(
    "$name",
    async (target) => {
      const samples = target.samples();
      expect(samples.length).toBeGreaterThan(0);
      const property = fc.asyncProperty(input, async (one) => {
        const bytes = "noise" in one ? one.noise : mutate(samples[one.sample % samples.length], one.damage);
        const start = performance.now();
        await watched(target, bytes);
        const ms = performance.now() - start;
        if (ms > slowest.ms) slowest = { ms, target: target.name };
        must(ms < CASE_LIMIT_MS, `done in ${CASE_LIMIT_MS} ms`);
        count += 1;
      });
      await fc.assert(property, { numRuns: perTarget, seed: SEED });
    },
    Math.max(60_000, perTarget * 1000),
  );

  it.each(targets)("$name takes its samples as they are, and no bytes at all", async (target) => {
    for (const sample of target.samples()) await target.run(sample);
    await watched(target, new Uint8Array());
  });

  it("take no more memory than stated", () => {
    expect(process.resourceUsage().maxRSS * 1024).toBeLessThan(MEMORY_BOUND);
  });

  afterAll(() => {
    if (process.env.FLASHWRIGHT_FUZZ_CASES === undefined) return;
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(
      `${count} cases over ${targets.length} targets, seed ${SEED}, peak memory ${peak} MB of ${MEMORY_BOUND / 2 ** 20} MB, ` +
        `slowest case ${Math.round(slowest.ms)} ms (${slowest.target})`,
    );
  });
});
