/** A far end on a pseudo terminal, held by a Python process: Node itself cannot open one. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type FarEnd, FarLog, joinBytes } from "./far-end.js";

const script = fileURLToPath(new URL("pty-far-end.py", import.meta.url));

/** A pseudo terminal: the path to open, and its other end. */
export async function openPtyFarEnd(): Promise<{ readonly path: string; readonly far: FarEnd }> {
  const log = new FarLog();
  const python = spawn("python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(python, "exit");
  python.stdin.on("error", () => {});
  let accepted = 0;
  let changed: (() => void)[] = [];
  const path = await new Promise<string>((resolve, reject) => {
    python.once("error", reject);
    const take: Record<string, (body: Buffer) => void> = {
      S: (body) => resolve(body.toString()),
      D: (body) => log.data(body),
      B: (body) => log.baud(body.readUInt32LE()),
      A: (body) => {
        accepted = body.readUInt32LE();
        const waiting = changed;
        changed = [];
        for (const wake of waiting) wake();
      },
    };
    readFrames(python.stdout, (kind, body) => take[kind]!(body));
  });
  const command = (kind: string, body: Uint8Array = new Uint8Array(0)) => {
    const head = Buffer.alloc(5);
    head.write(kind);
    head.writeUInt32LE(body.length, 1);
    python.stdin.write(Buffer.concat([head, body]));
  };
  const far: FarEnd = {
    log,
    get acceptedBytes() {
      return accepted;
    },
    async send(bytes, packetSize = 0x10000) {
      for (let at = 0; at < bytes.length; at += packetSize) {
        const packet = bytes.subarray(at, at + packetSize);
        const target = accepted + packet.length;
        command("W", packet);
        while (accepted < target) await new Promise<void>((resolve) => changed.push(resolve));
      }
    },
    pause: () => command("P"),
    resume: () => command("R"),
    async hangUp() {
      command("H");
      await gone;
    },
    async release() {
      python.kill();
      if (python.exitCode === null && python.signalCode === null) await gone;
    },
  };
  return { path, far };
}

function readFrames(stream: NodeJS.ReadableStream, take: (kind: string, body: Buffer) => void): void {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let wanted = 5;
  stream.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let rest = Buffer.from(joinBytes(chunks));
    while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32LE(1)) {
      const end = 5 + rest.readUInt32LE(1);
      take(rest.toString("latin1", 0, 1), Buffer.from(rest.subarray(5, end)));
      rest = rest.subarray(end);
    }
    wanted = rest.length < 5 ? 5 : 5 + rest.readUInt32LE(1);
    chunks = [rest];
    size = rest.length;
  });
}
