/**
 * Which errors end a conversation with a chip without saying anything against the chip.
 *
 * @module
 */
import { isFlasherError } from "../errors.js";
import type { MessageCode } from "../messages/catalogue.js";

/**
 * The port went away or stopped working, or whoever answered before answers no more, however often it is asked: the plug was
 * pulled, a hub lost its power, the board alone was reset by a weak supply, the stub crashed.
 */
const LOST: ReadonlySet<MessageCode> = new Set<MessageCode>([
  "port-lost",
  "port-failed",
  "rfc2217-no-answer",
  "command-timeout",
  "chip-crashed",
  "read-stalled",
]);

/**
 * Whether an error says that the connection is gone but may be had again by connecting once more. False for what the chip
 * itself refused or holds (`verify-failed`, `write-refused`, `flash-protected`, `read-mismatch`): that does not get better by
 * connecting again.
 */
export function isConnectionLost(error: unknown): boolean {
  return isFlasherError(error) && LOST.has(error.code);
}
