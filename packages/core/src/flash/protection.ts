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
import type { AbortSignalLike } from "../transport.js";

/** Status register 1 of the flash chip. */
export async function readFlashStatus(loader: Loader, signal?: AbortSignalLike): Promise<number> {
  const { connection, target } = loader;
  await ask(connection, target, writeRegs(target.spi.readStatus), signal);
  return (await ask(connection, target, readReg(target.spi.statusRegister), signal)) & 0xff;
}

/**
 * Makes sure that the flash can be written.
 * @returns the status register as it was found
 * @throws FlasherError `flash-protected` where the protection cannot be cleared
 */
export async function ensureWritable(loader: Loader, signal?: AbortSignalLike): Promise<number> {
  const { spi } = loader.target;
  const found = await readFlashStatus(loader, signal);
  if ((found & spi.protectionMask) === 0) return found;
  await ask(loader.connection, loader.target, writeRegs(spi.clearStatus), signal);
  const status = await readFlashStatus(loader, signal);
  if ((status & spi.protectionMask) !== 0) throw new FlasherError("flash-protected", { status });
  return found;
}
