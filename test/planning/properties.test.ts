/** What holds of every plan, whatever package, chip and intent it was made for. @module */
import {
  connect,
  esp8266,
  type FlashPlan,
  isFlasherError,
  type PlannedFlash,
  parsePlan,
  planFlash,
  runPlan,
} from "@flashwright/core";
import type { FirmwarePackage } from "@flashwright/core/packages";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../support/content.js";
import { anyCase, type Case } from "./support/arbitrary.js";
import { after, mac, planned } from "./support/planned.js";

const SECTOR = 0x1000;
const KB = 1024;
const seed = 20261122;
/** `PLAN_RUNS=20` tries twenty times as many cases. */
const runs = (count: number) => count * Number(process.env.PLAN_RUNS ?? 1);

/** Refusals that a case may meet; anything else is a fault. */
const REFUSALS = [
  "map-contradicts-package",
  "map-exceeds-chip",
  "image-exceeds-layout",
  "package-map-too-small",
  "does-not-fit",
  "images-overlap",
];

/** The plan, or `undefined` where it is refused for a good reason. */
async function planOf({ flash, wish }: Case): Promise<PlannedFlash | undefined> {
  try {
    return await planned(flash, wish);
  } catch (error) {
    if (isFlasherError(error) && REFUSALS.includes(error.code)) return undefined;
    throw error;
  }
}

/** What each sector of the chip is said to become, by its number. */
function fatesOf(plan: FlashPlan): string[] {
  const fates: string[] = new Array(plan.flashSize / SECTOR).fill("");
  for (const { region, fate } of plan.accounts) {
    for (let at = region.offset; at < region.offset + region.size; at += SECTOR) {
      if (fates[at / SECTOR] !== "") throw new Error(`sector 0x${at.toString(16)} is accounted for twice`);
      fates[at / SECTOR] = fate;
    }
  }
  return fates;
}

function sectorsIn(regions: readonly { offset: number; size: number }[]): Set<number> {
  const sectors = new Set<number>();
  for (const { offset, size } of regions) {
    for (let at = offset; at < offset + size; at += SECTOR) sectors.add(at / SECTOR);
  }
  return sectors;
}

/** Deeds against words: what is done to each sector, and what is said of it. */
function checkAccounts(plan: FlashPlan): void {
  const fates = fatesOf(plan);
  expect(fates).not.toContain("");
  const written = sectorsIn(plan.writes.map(({ region }) => region));
  const erased = sectorsIn([...plan.erases, ...plan.writes.map(({ erases }) => erases)]);
  expect(written.size * SECTOR).toBe(plan.writes.reduce((sum, { region }) => sum + region.size, 0));
  expect(Math.max(-1, ...written, ...erased)).toBeLessThan(fates.length);
  for (const [sector, fate] of fates.entries()) {
    const isErased = plan.eraseChip || erased.has(sector);
    const allowed = written.has(sector)
      ? ["written", "lost"]
      : isErased
        ? ["erased", "lost"]
        : ["kept", "equal", "lost"];
    expect(allowed, `sector ${sector}`).toContain(fate);
  }
}

/** What was there against what will be there, by what the plan says of each sector. */
function checkBytes({ plan }: PlannedFlash, before: Uint8Array, result: Uint8Array): void {
  for (const { region, fate } of plan.accounts) {
    const [was, is] = [before, result].map((bytes) =>
      bytes.subarray(region.offset, region.offset + region.size),
    );
    if (fate === "kept" || fate === "equal") expect(Buffer.compare(was!, is!), `${fate}`).toBe(0);
    if (fate === "erased") expect(is!.every((byte) => byte === 0xff)).toBe(true);
  }
}

/** Every part of the package is in its place, whatever was skipped; the header is the one that the plan names. */
function checkParts(pack: FirmwarePackage, { plan }: PlannedFlash, result: Uint8Array): void {
  const { flashParams } = esp8266.image;
  const map = flashParams.sizes.find(({ name }) => name === plan.header?.size.name)!;
  const mode = flashParams.modes.find(({ name }) => name === plan.header?.mode.name)!;
  const freq = flashParams.freqs.find(({ name }) => name === plan.header?.freq.name)!;
  expect([...result.subarray(2, 4)]).toEqual([mode.code, map.code | freq.code]);
  for (const { role, spare, place, bytes } of pack.parts) {
    if (spare || role === "blank") continue;
    const offset = place.from === "start" ? place.offset : map.size - place.offset;
    const there = result.slice(offset, offset + bytes.length);
    if (role === "phy-init") {
      expect(there[0]).toBe(5);
      continue;
    }
    if (offset === 0) there.set(bytes.subarray(2, 4), 2);
    expect(Buffer.compare(there, bytes), role).toBe(0);
  }
}

describe("any plan for any package, chip and intent", () => {
  it(
    "accounts for each sector once, touches nothing else, and reaches its goal",
    async () => {
      let plans = 0;
      await fc.assert(
        fc.asyncProperty(anyCase([512 * KB, 1024 * KB, 2048 * KB, 4096 * KB]), async (given) => {
          const made = await planOf(given);
          if (made === undefined) return;
          plans++;
          expect(parsePlan(JSON.parse(JSON.stringify(made.plan)))).toEqual(made.plan);
          checkAccounts(made.plan);
          const result = after(made, given.flash);
          checkBytes(made, given.flash, result);
          checkParts(given.wish.package, made, result);
        }),
        { seed, numRuns: runs(60) },
      );
      expect(plans).toBeGreaterThan(runs(30));
    },
    runs(120_000),
  );

  it(
    "made again when it has run has nothing left to do",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase([512 * KB, 1024 * KB]), async (given) => {
          const made = await planOf(given);
          if (made === undefined) return;
          const again = await planned(after(made, given.flash), {
            ...given.wish,
            intent: "update",
            eraseChip: false,
            header: { ...given.wish.header, size: given.wish.header?.size },
          });
          expect([again.plan.writes, again.plan.erases]).toEqual([[], []]);
        }),
        { seed, numRuns: runs(25) },
      );
    },
    runs(120_000),
  );

  it(
    "for the mask ROM, without a look at the chip, says the same of what it does",
    () => {
      fc.assert(
        fc.property(anyCase([512 * KB, 1024 * KB]), ({ flash, wish }) => {
          const chip = { mac, flashSize: flash.length, loader: "rom" as const };
          const request = { ...wish, eraseChip: false, target: esp8266, chip };
          let made: PlannedFlash;
          try {
            made = planFlash(request);
          } catch (error) {
            if (isFlasherError(error) && REFUSALS.includes(error.code)) return;
            throw error;
          }
          expect(parsePlan(JSON.parse(JSON.stringify(made.plan)))).toEqual(made.plan);
          checkAccounts(made.plan);
          const result = after(made, flash);
          checkBytes(made, flash, result);
          checkParts(wish.package, made, result);
        }),
        { seed, numRuns: runs(40) },
      );
    },
    runs(120_000),
  );
});

/** A virtual board with the flash, and a session on it. */
async function boardWith(flash: Uint8Array) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({
    board: flash.length === 512 * KB ? "esp-01" : "esp-01s",
    flash,
    clock,
  });
  const session = await connect(board.transport, { target: esp8266, clock });
  expect(session.flashSize).toBe(flash.length);
  return { board, session, plan: (plan: FlashPlan) => ({ ...plan, mac: session.chip.mac }) };
}

describe("any plan that is run", () => {
  it(
    "leaves exactly the bytes that it promises",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase([512 * KB, 1024 * KB]), async (given) => {
          const made = await planOf(given);
          if (made === undefined) return;
          const { board, session, plan } = await boardWith(given.flash);
          await runPlan(session, plan(made.plan), made.data, { lossesAccepted: "yes" });
          expect(firstDifference(board.flash, after(made, given.flash))).toBeUndefined();
        }),
        { seed, numRuns: runs(16) },
      );
    },
    runs(120_000),
  );

  it(
    "is stale when a kept or equal sector has changed, and nothing is written",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase([512 * KB]), fc.nat(), async (given, chosen) => {
          const made = await planOf({ ...given, wish: { ...given.wish, hashKept: "all" } });
          const kept = made?.plan.accounts.filter(({ fate }) => fate === "kept" || fate === "equal") ?? [];
          if (made === undefined || kept.length === 0) return;
          const { region } = kept[chosen % kept.length]!;
          const { board, session, plan } = await boardWith(given.flash);
          board.flash[region.offset + (chosen % region.size)]! ^= 0x10;
          const before = board.flash.slice();
          const error = await runPlan(session, plan(made.plan), made.data, { lossesAccepted: "yes" }).catch(
            (thrown: unknown) => thrown,
          );
          expect(isFlasherError(error) && error.code).toBe("plan-stale");
          expect(firstDifference(board.flash, before)).toBeUndefined();
        }),
        { seed, numRuns: runs(16) },
      );
    },
    runs(120_000),
  );

  it(
    "is refused while what it loses is neither backed up nor agreed to",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyCase([512 * KB]), async (given) => {
          const made = await planOf(given);
          if (made === undefined) return;
          const { board, session, plan } = await boardWith(given.flash);
          const loses = made.plan.accounts.some(({ fate }) => fate === "lost");
          const outcome = await runPlan(session, plan(made.plan), made.data).catch(
            (thrown: unknown) => thrown,
          );
          expect(isFlasherError(outcome, "plan-loses-data")).toBe(loses);
          if (loses) expect(firstDifference(board.flash, given.flash)).toBeUndefined();
        }),
        { seed, numRuns: runs(16) },
      );
    },
    runs(120_000),
  );
});
