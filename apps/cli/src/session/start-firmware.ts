/** The end of a flash: the firmware starts, and whether it does. @module */
import { type BootVerdict, FlasherError, type Session, watchBoot } from "@flashwright/core";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "./connection-options.js";
import { afterWriting } from "./with-session.js";

/**
 * Leaves the loader and, unless that is not wished, watches the board start.
 * @returns the verdict; `undefined` where nothing was watched
 * @throws FlasherError with the reason where the firmware does not boot; those of `watchBoot`
 */
export async function startFirmware(
  context: Context,
  session: Session,
  options: Pick<ConnectionOptions, "after"> & { readonly watch: boolean },
): Promise<BootVerdict | undefined> {
  const after = afterWriting(session, options.after);
  const { emit, signal } = context;
  if (!options.watch || after === "no-reset") {
    await session.leave(after, signal);
    return undefined;
  }
  const verdict = await watchBoot(session, { after, onEvent: emit, signal });
  emit({ type: "verdict", ...verdict });
  if (verdict.verdict === "does-not-boot") throw new FlasherError(verdict.code, verdict.params);
  return verdict;
}
