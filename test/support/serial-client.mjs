/**
 * A host program on the real serialport library, in a process of its own, since the line library is loaded at start.
 *
 *   node serial-client.mjs <path> <JSON list of steps>
 *
 * Prints one JSON line per step: its result, or {"error": message}.
 */
import { SerialPort } from "serialport";

const [path, steps] = process.argv.slice(2);
const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
const received = [];
let wake = () => {};
port.on("data", (chunk) => {
  received.push(...chunk);
  wake();
});

const call = (method, ...args) =>
  new Promise((resolve, reject) =>
    port[method](...args, (error, value) => (error ? reject(error) : resolve(value ?? "ok"))),
  );

const actions = {
  open: () => call("open"),
  close: () => call("close"),
  set: (lines) => call("set", lines),
  get: () => call("get"),
  rate: (baudRate) => call("update", { baudRate }),
  write: (bytes) => call("write", Buffer.from(bytes)),
  drain: () => call("drain"),
  read: async (count) => {
    while (received.length < count)
      await new Promise((resolve) => {
        wake = resolve;
      });
    return received.splice(0, count);
  },
};

for (const [name, argument] of JSON.parse(steps)) {
  const result = await actions[name](argument).catch((error) => ({ error: error.message }));
  console.log(JSON.stringify(result));
}
