/** Whether Linux really lists no port. @module */
import { execFile } from "node:child_process";

/** All devices of a computer, described, are a few megabytes. */
const MAX_OUTPUT = 0x4000000;
/** Names of serial ports in udevadm's output, as the binding knows them. */
const SERIAL_PORT = /^N: .*(tty(S|WCH|ACM|USB|AMA|MFD|O|XRUSB)|rfcomm)/m;

/**
 * Asks udevadm once more. The binding takes one that fails for one that lists nothing: it hears the end of the output before
 * the exit code (serialport 13).
 * @returns whether there is no serial port; `false` where the binding is to be asked again
 * @throws Error where udevadm fails
 */
export function confirmEmpty(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    execFile("udevadm", ["info", "-e"], { maxBuffer: MAX_OUTPUT }, (error, stdout) => {
      if (error === null) resolve(!SERIAL_PORT.test(stdout));
      else reject(typeof error.code === "number" ? new Error(`udevadm ended with ${error.code}`) : error);
    });
  });
}
