/**
 * Block protection of the flash chip. The stub does not look at it: under protection it reports success while nothing is
 * erased or written (measured), so it is looked at before every write.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { ask } from "../loader/ask.js";
import type { Loader } from "../loader/loader.js";
import { readReg, writeRegs } from "../protocol/command.js";
import { sleep } from "../protocol/deadline.js";
import type { AbortSignalLike } from "../transport.js";

/** Longer than the chip erase of a 4 MB part; a busy flash chip is looked at this often. */
const BUSY_TIMEOUT_MS = 60_000;
const BUSY_POLL_MS = 50;

/** Status register 1 of the flash chip. */
export async function readFlashStatus(loader: Loader, signal?: AbortSignalLike): Promise<number> {
  const { connection, target } = loader;
  await ask(connection, target, writeRegs(target.spi.readStatus), signal);
  return (await ask(connection, target, readReg(target.spi.statusRegister), signal)) & 0xff;
}

/**
 * Status register 1 once the flash chip has finished what it was doing: an erase that an earlier program began goes on by
 * itself, and the register that was just written takes its time too.
 * @throws FlasherError `flash-busy` after a minute
 */
export async function waitUntilIdle(loader: Loader, signal?: AbortSignalLike): Promise<number> {
  const { spi } = loader.target;
  const { clock } = loader.connection;
  const deadline = clock.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    const status = await readFlashStatus(loader, signal);
    // All ones is no answer rather than a busy chip; what follows finds out.
    if ((status & spi.busyMask) === 0 || status === 0xff) return status;
    if (clock.now() >= deadline) throw new FlasherError("flash-busy", { status, timeoutMs: BUSY_TIMEOUT_MS });
    await sleep(clock, BUSY_POLL_MS, signal);
  }
}

/**
 * Makes sure that the flash can be written.
 * @returns the status register as it was found
 * @throws FlasherError `flash-protected` where the protection cannot be cleared, `flash-busy`
 */
export async function ensureWritable(loader: Loader, signal?: AbortSignalLike): Promise<number> {
  const { spi } = loader.target;
  const found = await waitUntilIdle(loader, signal);
  if ((found & spi.protectionMask) === 0) return found;
  await ask(loader.connection, loader.target, writeRegs(spi.clearStatus), signal);
  const status = await waitUntilIdle(loader, signal);
  if ((status & spi.protectionMask) !== 0) throw new FlasherError("flash-protected", { status });
  return found;
}
