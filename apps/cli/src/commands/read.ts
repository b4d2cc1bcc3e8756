/** `flashwright read`. @module */
import { type OperationResult, type Region, RegionReading } from "@flashwright/core";
import { parseNumber, parsePositive } from "../arguments/numbers.js";
import type { Context } from "../context.js";
import { checkWritable, writeBytes } from "../files.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { withSession } from "../session/with-session.js";

/** What `read` is given: the length may be `ALL`, up to the end of the flash. */
export type ReadArguments = readonly [address: string, length: string, file: string];

/** Reads a region into a file. @throws FlasherError `number-invalid`, `file-unwritable`, `region-outside-flash`, `needs-stub` */
export async function read(
  context: Context,
  [address, length, file]: ReadArguments,
  options: ConnectionOptions,
): Promise<OperationResult> {
  const offset = parseNumber(address, "an address");
  const size = length.toUpperCase() === "ALL" ? undefined : parsePositive(length, "a length");
  await checkWritable(file);
  return withSession(context, options, async (first, board) => {
    const { emit, signal, world } = context;
    const region: Region = { offset, size: size ?? first.flashSize - offset };
    first.requireStub("reading flash");
    const start = world.clock.now();
    const reading = new RegionReading(region);
    const bytes = await board.through((session) => reading.run(session, { onEvent: emit, signal }));
    const elapsedMs = world.clock.now() - start;
    await writeBytes(file, bytes);
    await leaveAfterReading(context, board.session, options.after);
    const rate = elapsedMs > 0 ? Math.round((region.size * 8) / elapsedMs) : 0;
    return { code: "flash-read", params: { ...region, seconds: (elapsedMs / 1000).toFixed(1), rate } };
  });
}
