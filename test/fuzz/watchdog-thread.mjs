/**
 * The thread of `startWatchdog`: ends the whole process when a case does not come to an end.
 *
 * JavaScript, because Node starts it without the test runner. Everything is synchronous and by file descriptor: the main
 * thread, which would pass on what a worker prints, is the one that hangs.
 *
 * @module
 */
import { writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

/** @type {{ state: Int32Array, input: Uint8Array, targets: readonly string[], seed: number, limitMs: number }} */
const { state, input, targets, seed, limitMs } = workerData;
const CHECKS_PER_LIMIT = 4;

let last = 0;
let checks = 0;

setInterval(() => {
  const [running, size] = [Atomics.load(state, 0), Atomics.load(state, 2)];
  checks = running !== 0 && running === last ? checks + 1 : 0;
  last = running;
  // One check more than fit, since the first one may have come at the end of the case before.
  if (checks > CHECKS_PER_LIMIT) end(Atomics.load(state, 1), input.subarray(0, size));
}, limitMs / CHECKS_PER_LIMIT);
parentPort?.postMessage("ready");

/** @param {number} target @param {Uint8Array} bytes */
function end(target, bytes) {
  const file = join(tmpdir(), `flashwright-fuzz-${seed}-${target}.bin`);
  writeFileSync(file, bytes);
  writeSync(
    2,
    `\n"${targets[target]}" does not come to an end within ${limitMs} ms: seed ${seed}, ${bytes.length} bytes in ${file}\n`,
  );
  process.kill(process.pid, "SIGKILL");
}
