/** Writing, on sectors that are read first and restored in the end. @module */
import { eraseRegion, esp8266, readRegion, SECTOR_SIZE, verifyFlash } from "@flashwright/core";
import { type Check, NotApplicable } from "./check.js";
import { writeUnderProtection } from "./protection-check.js";
import {
  acrossLimitRegion,
  aliasRegion,
  holds,
  pattern,
  ROM_FLASH_LIMIT,
  scratchRegion,
  writeScratch,
} from "./scratch.js";

const stubErases: Check = {
  name: "erase by the stub",
  async run(bench) {
    const session = await bench.connect();
    const region = scratchRegion(session.flashSize);
    const elapsedMs = await bench.time(() => eraseRegion(session, region, { signal: bench.signal }));
    return `${region.size / SECTOR_SIZE} sectors, verified blank, in ${Math.round(elapsedMs)} ms`;
  },
};

const stubWrites: Check = {
  name: "write by the stub",
  async run(bench) {
    const session = await bench.connect();
    const { offset, size } = scratchRegion(session.flashSize);
    const elapsedMs = await bench.time(() => writeScratch(bench, session, offset, pattern(size, 1)));
    return `${size} bytes, MD5 right, in ${Math.round(elapsedMs)} ms`;
  },
};

/** The ROM has no MD5, so the stub looks at what it wrote; and at what its erase took with it. */
const romWrites: Check = {
  name: "write one sector by the ROM",
  async run(bench) {
    const before = await bench.connect();
    const scratch = scratchRegion(before.flashSize);
    await writeScratch(bench, before, scratch.offset, pattern(scratch.size, 2));
    const rom = await bench.connect({ stub: false });
    const bytes = pattern(SECTOR_SIZE, 3);
    await writeScratch(bench, rom, scratch.offset, bytes);
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

/**
 * Across the end of what the ROM knows, and above it. A flash that is smaller than its id says would take the bytes at its
 * start, and its MD5 with them, so the start is looked at too.
 */
const acrossLimit: Check = {
  name: "write across 4 MB",
  async run(bench) {
    const session = await bench.connect();
    const region = acrossLimitRegion(session.flashSize);
    const alias = aliasRegion(session.flashSize);
    if (region === undefined || alias === undefined) {
      throw new NotApplicable("the flash is not larger than that");
    }
    const start = await readRegion(session, alias, { signal: bench.signal });
    await eraseRegion(session, region, { signal: bench.signal });
    await writeScratch(bench, session, region.offset, pattern(region.size, 7));
    if (!(await holds(bench, session, alias.offset, start))) {
      throw new Error("the start of the flash changed too: the flash is smaller than its id says");
    }
    return `${region.size} bytes around 0x${ROM_FLASH_LIMIT.toString(16)}, MD5 right, the start untouched`;
  },
};

export const writeChecks: readonly Check[] = [
  stubErases,
  stubWrites,
  romWrites,
  acrossLimit,
  writeUnderProtection,
];

function erasedSectors(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
    if (bytes.subarray(at, at + SECTOR_SIZE).every((byte) => byte === 0xff)) count++;
  }
  return count;
}
