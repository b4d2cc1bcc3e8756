/**
 * What the client itself costs: CPU time per MiB besides deflate and MD5. The chip is replaced by a responder that only
 * looks at opcodes and answers from prepared bytes.
 *
 * @module
 */
import {
  Connection,
  defaultCodecs,
  encodeFrame,
  encodeRequest,
  esp8266,
  runPlan,
  Session,
  StubLoader,
} from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { firmwareLike, MIB, planFor, report } from "./support.mjs";

const SIZE = 4 * MIB;
const PACKET = 0x1000;

export async function measureCpu() {
  console.log("CPU of the client per MiB, besides deflate and MD5");
  await measure(); // warm up
  const { write, read } = await measure();
  report("write", `${write.toFixed(1)} ms/MiB`, "aim 60 ms");
  report("read", `${read.toFixed(1)} ms/MiB`, "aim 60 ms");
}

async function measure() {
  const bytes = firmwareLike(SIZE);
  let inCodecs = 0;
  const timed =
    (work) =>
    (...args) => {
      const start = process.cpuUsage();
      const result = work(...args);
      inCodecs += milliseconds(process.cpuUsage(start));
      return result;
    };
  const codecs = {
    pack: timed(defaultCodecs.pack),
    md5: timed(defaultCodecs.md5),
    sha256: timed(defaultCodecs.sha256),
  };
  const chip = {
    target: "esp8266",
    name: "bench",
    mac: "00:00:00:00:00:00",
    chipId: 0,
    crystalMHz: 26,
    crystalMeasuredMHz: 26,
  };
  const connection = new Connection(responder(bytes), systemClock, { statusBytes: 2 });
  const loader = new StubLoader(connection, esp8266, SIZE, codecs);
  const session = new Session(loader, chip, { id: 0, manufacturer: 0, device: 0 }, SIZE, 460_800);
  const { plan, data } = planFor(session, bytes, 0);

  inCodecs = 0;
  const beforeWrite = process.cpuUsage();
  await runPlan(session, plan, data);
  const write = milliseconds(process.cpuUsage(beforeWrite)) - inCodecs;

  inCodecs = 0;
  const beforeRead = process.cpuUsage();
  await loader.read({ offset: 0, size: SIZE });
  const read = milliseconds(process.cpuUsage(beforeRead)) - inCodecs;
  return { write: (write * MIB) / SIZE, read: (read * MIB) / SIZE };
}

const milliseconds = ({ user, system }) => (user + system) / 1000;

/** Answers every command with success, MD5 with the right digest, READ_FLASH with its packets. */
function responder(bytes) {
  const queue = [];
  let waiting;
  let packets;
  const send = (chunk) => {
    if (waiting === undefined) queue.push(chunk);
    else {
      const resolve = waiting;
      waiting = undefined;
      resolve(chunk);
    }
  };
  const reply = (op, data = new Uint8Array(0)) => {
    const packet = encodeRequest(op, Uint8Array.from([...data, 0, 0]));
    packet[0] = 1;
    return encodeFrame(packet);
  };
  const digests = new Map();
  const stretches = new Map();
  for (let at = 0; at < bytes.length; at += MIB) {
    const stretch = bytes.subarray(at, at + MIB);
    const frames = [];
    for (let from = 0; from < MIB; from += PACKET)
      frames.push(encodeFrame(stretch.subarray(from, from + PACKET)));
    frames.push(encodeFrame(defaultCodecs.md5(stretch)));
    stretches.set(at, frames);
  }
  digests.set(0, reply(0x13, defaultCodecs.md5(bytes)));
  const ok = new Map();
  return {
    label: "responder",
    capabilities: { lines: "none", baudRate: "fixed" },
    closed: new Promise(() => {}),
    read: () =>
      new Promise((resolve) => {
        const chunk = queue.shift();
        if (chunk === undefined) waiting = resolve;
        else resolve(chunk);
      }),
    async write(frame) {
      if (packets !== undefined) {
        send(packets.shift());
        if (packets.length === 0) packets = undefined;
        return;
      }
      const op = frame[2];
      if (op === 0xd2) {
        packets = stretches.get(wordAt(frame, 9)).slice();
        send(reply(op));
        send(packets.shift());
      } else if (op === 0x13) send(digests.get(0));
      else {
        if (!ok.has(op)) ok.set(op, reply(op));
        send(ok.get(op));
      }
    },
    drain: async () => {},
    discard: async () => {},
    signal: async () => {},
    setBaudRate: async () => {},
    close: async () => {},
    abort: () => {},
  };
}

/** The first word of a request's body, escapes undone: stretches begin at multiples of 1 MiB, which have none. */
const wordAt = (frame, at) =>
  (frame[at] | (frame[at + 1] << 8) | (frame[at + 2] << 16) | (frame[at + 3] << 24)) >>> 0;
