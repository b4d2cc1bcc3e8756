/**
 * Reset causes and strap modes in the first line of the ESP8266's boot ROM.
 *
 * @module
 */
import type { StrapObstacle } from "../../boot/boot-dialect.js";
import { isMessageCode, phrase } from "../../messages/catalogue.js";

/**
 * Name of a reset cause, the number behind `rst cause:`, also of an unknown one, with which the boot ROM halts. Software
 * restarts usually show as external reset.
 */
export function resetCauseName(cause: number): string {
  const code = `reset-cause-${cause}`;
  return isMessageCode(code) ? phrase(code) : phrase("name-unknown", { code: cause });
}

/** Whether the hardware watchdog ended the run before. */
export function isWatchdogCause(cause: number): boolean {
  return cause === 4;
}

/**
 * What keeps the chip from booting flash, from the first number of `boot mode:(M,N)`: M = GPIO15 x 4 + GPIO0 x 2 + GPIO2,
 * and 3 is the only one that boots.
 */
export function strapObstacle(bootMode: number): StrapObstacle | undefined {
  if ((bootMode & 4) !== 0) return "boot-strap-gpio15";
  if ((bootMode & 1) === 0) return "boot-strap-gpio2";
  return (bootMode & 2) === 0 ? "boot-download-mode" : undefined;
}
