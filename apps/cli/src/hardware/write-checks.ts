/**
 * Writing, on four sectors that are read first and restored in the end.
 *
 * @module
 */
import {
  eraseRegion,
  esp8266,
  type FlashPlan,
  type PlanData,
  planFlash,
  type Region,
  readRegion,
  runPlan,
  SECTOR_SIZE,
  type Session,
  verifyFlash,
} from "@flashwright/core";
import type { Bench } from "./bench.js";
import type { Check } from "./check.js";

/** Behind this lie the SDK's calibration data and settings. */
const SDK_TAIL = 5 * SECTOR_SIZE;
const SCRATCH_SECTORS = 4;

/** The sectors on which writing is tried: the last ones before the SDK's own. */
export function scratchRegion(flashSize: number): Region {
  const size = SCRATCH_SECTORS * SECTOR_SIZE;
  return { offset: flashSize - SDK_TAIL - size, size };
}

const stubErases: Check = {
  name: "erase by the stub",
  async run(bench) {
    const session = await bench.connect();
    const region = scratchRegion(session.flashSize);
    const elapsedMs = await bench.time(() => eraseRegion(session, region, { signal: bench.signal }));
    return `${SCRATCH_SECTORS} sectors, verified blank, in ${Math.round(elapsedMs)} ms`;
  },
};

const stubWrites: Check = {
  name: "write by the stub",
  async run(bench) {
    const session = await bench.connect();
    const { offset, size } = scratchRegion(session.flashSize);
    const elapsedMs = await bench.time(() => write(bench, session, offset, pattern(size, 1)));
    return `${size} bytes, MD5 right, in ${Math.round(elapsedMs)} ms`;
  },
};

/** The ROM has no MD5, so the stub looks at what it wrote; and at what its erase took with it. */
const romWrites: Check = {
  name: "write one sector by the ROM",
  async run(bench) {
    const before = await bench.connect();
    const scratch = scratchRegion(before.flashSize);
    await write(bench, before, scratch.offset, pattern(scratch.size, 2));
    const rom = await bench.connect({ stub: false });
    const bytes = pattern(SECTOR_SIZE, 3);
    await write(bench, rom, scratch.offset, bytes);
    const after = await bench.connect();
    const loader = after.requireStub("verifying");
    await verifyFlash(loader, scratch.offset, bytes, bench.signal);
    const found = await readRegion(after, scratch, { signal: bench.signal });
    const lost = erasedSectors(found.subarray(SECTOR_SIZE));
    const planned = esp8266.rom.erases({ offset: scratch.offset, size: SECTOR_SIZE }).size / SECTOR_SIZE - 1;
    if (lost !== planned) throw new Error(`${lost} sectors behind were erased, ${planned} were expected`);
    return `verified; sectors erased behind it: ${lost}, as expected`;
  },
};

export const writeChecks: readonly Check[] = [stubErases, stubWrites, romWrites];

/** Puts bytes back, and proves it. */
export async function restore(bench: Bench, offset: number, bytes: Uint8Array): Promise<void> {
  await write(bench, await bench.connect(), offset, bytes);
}

async function write(bench: Bench, session: Session, offset: number, bytes: Uint8Array): Promise<void> {
  const { plan, data } = planFor(session, offset, bytes);
  await runPlan(session, plan, data, { signal: bench.signal });
}

function planFor(session: Session, offset: number, bytes: Uint8Array): { plan: FlashPlan; data: PlanData } {
  const { chip, flashSize, loader } = session;
  return planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images: [{ name: "scratch", offset, bytes }],
  });
}

function erasedSectors(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
    if (bytes.subarray(at, at + SECTOR_SIZE).every((byte) => byte === 0xff)) count++;
  }
  return count;
}

/** Bytes that repeat in no power of two, and differ by `seed`. */
function pattern(size: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8) * 13 + seed * 31) & 0x7f);
}
