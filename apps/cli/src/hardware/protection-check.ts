/**
 * What the stub does under block protection, tried with bits that a loss of power ends.
 *
 * The bits are set by command 50 (write enable for volatile status), which leaves the lasting ones alone; connecting and
 * `ensureWritable` clear them again. Where the flash does not know that command nothing is set and the check is skipped: a
 * lasting protection is not put on somebody's board for a test. UNTRIED on silicon, as are all checks of this command.
 *
 * @module
 */
import {
  commands,
  ensureWritable,
  type Region,
  readFlashStatus,
  readRegion,
  type Session,
} from "@flashwright/core";
import type { Bench } from "./bench.js";
import { type Check, NotApplicable } from "./check.js";
import { holds, pattern, scratchRegion, writeScratch } from "./scratch.js";
import { PROTECTION, SPI } from "./spi-registers.js";

type RegisterWrite = Parameters<typeof commands.writeRegs>[0][number];

/** All of status register 1 but busy and the write-enable latch. */
const SETTINGS = 0xfc;
const START_USER_COMMAND = 1 << 18;
const COMMAND_ALONE = 0x80000000;
const COMMAND_AND_DATA = 0x88000000;
const EIGHT_BITS_OUT = 7 << 17;
/** A volatile write is done at once; this is generous. */
const SETTLE_US = 1000;

export const writeUnderProtection: Check = {
  name: "write under block protection",
  async run(bench) {
    const session = await bench.connect();
    await requireNoSettings(bench, session);
    const region = scratchRegion(session.flashSize);
    const before = pattern(region.size, 4);
    await writeScratch(bench, session, region.offset, before);
    try {
      await protect(session, bench);
      return await tryWriting(bench, session, region, before);
    } finally {
      // Also after Ctrl-C. Connecting has the ROM clear the bits; this proves it.
      const cleanup = bench.uninterrupted();
      await ensureWritable((await cleanup.connect()).loader);
    }
  },
};

async function requireNoSettings(bench: Bench, session: Session): Promise<void> {
  const status = await readFlashStatus(session.loader, bench.signal);
  if ((status & SETTINGS) === 0) return;
  throw new NotApplicable(`the status register holds ${hex(status)}, and other settings are not touched`);
}

/**
 * Command 01 behind 50. A flash that does not know 50 ignores both, for 04 has taken back whatever write enable was left.
 * The commands are laid out here, because the controller's own might send a write enable by themselves.
 */
async function protect({ connection }: Session, { signal }: Bench): Promise<void> {
  const { readReg, writeRegs } = commands;
  const saved: RegisterWrite[] = [];
  for (const address of [SPI.user, SPI.user1, SPI.user2]) {
    saved.push({ address, value: await connection.send(readReg(address), signal) });
  }
  const writes = [
    { address: SPI.user, value: COMMAND_ALONE },
    ...flashCommand(0x04),
    ...flashCommand(0x50),
    { address: SPI.user, value: COMMAND_AND_DATA },
    { address: SPI.user1, value: EIGHT_BITS_OUT },
    { address: SPI.buffer, value: PROTECTION },
    ...flashCommand(0x01),
    ...saved,
  ];
  await connection.send(writeRegs(writes), signal);
}

function flashCommand(code: number): RegisterWrite[] {
  return [
    { address: SPI.user2, value: 0x70000000 | code },
    { address: SPI.command, value: START_USER_COMMAND, delayUs: SETTLE_US },
  ];
}

async function tryWriting(
  bench: Bench,
  session: Session,
  { offset, size }: Region,
  before: Uint8Array,
): Promise<string> {
  const status = await readFlashStatus(session.loader, bench.signal);
  if ((status & PROTECTION) !== PROTECTION) {
    throw new NotApplicable(
      "the flash takes no protection that ends with the power, and no lasting one is set",
    );
  }
  const said = await session.loader.write(offset, pattern(size, 5), undefined, bench.signal).then(
    () => "the stub reports success",
    (error: Error) => `the stub reports "${error.message}"`,
  );
  if (bench.signal.aborted) throw bench.signal.reason;
  if (!(await holds(bench, session, offset, before))) {
    const found = await readRegion(session, { offset, size }, { signal: bench.signal });
    const changed = found.filter((byte, index) => byte !== before[index]).length;
    throw new Error(`${changed} of ${size} bytes changed under status ${hex(status)}`);
  }
  await writeScratch(bench, session, offset, pattern(size, 6));
  return `nothing is written and ${said}; once cleared, it is written`;
}

function hex(status: number): string {
  return `0x${status.toString(16).padStart(2, "0")}`;
}
