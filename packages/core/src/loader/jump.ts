/** Leaving a loader by a jump. @module */
import { memBegin, memEnd } from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/**
 * Jumps to a program that is in the chip already. A stub refuses MEM_END without a MEM_BEGIN (measured), so an empty one goes
 * before; the reply to MEM_END may be cut off by what starts, and is not waited for.
 * @param entry CPU address
 */
export async function jumpTo(
  connection: Connection,
  target: Target,
  entry: number,
  signal?: AbortSignalLike,
): Promise<void> {
  const { rom, softStart } = target;
  await connection.send(memBegin(0, rom.dataBlockSize, softStart.stubBoot.address), signal);
  await connection.write(connection.encode(memEnd(entry)), signal);
}
