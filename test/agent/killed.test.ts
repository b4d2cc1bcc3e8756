/** kill -9 in the middle of a write: of the client, of the agent. The port is free at once, and the write goes through again. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isFlasherError, type Transport } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { noise } from "../support/content.js";
import { bundlePrograms, type Programs } from "./support/bundle.js";
import { type AgentAt, Program } from "./support/process.js";
import { writeImage } from "./support/write-image.js";

const image = { name: "image", offset: 0x100000, bytes: noise(0x100000, 21) };

let programs: Programs;
let folder: string;
let file: string;
beforeAll(async () => {
  programs = await bundlePrograms();
  folder = mkdtempSync(join(tmpdir(), "killed-"));
  file = join(folder, "image.bin");
  writeFileSync(file, image.bytes);
});
afterAll(() => {
  programs.remove();
  rmSync(folder, { recursive: true, force: true });
});

let desk: Awaited<ReturnType<typeof makeDesk>>;
beforeEach(async () => {
  desk = await makeDesk();
});
afterEach(() => desk.clear());

/** A board on an RFC 2217 server, which outlives whoever is killed, and agents and clients in processes of their own. */
async function makeDesk() {
  const board = createVirtualBoard({ clock: systemClock });
  const server = await serveRfc2217(() => board.reconnect(), { host: "127.0.0.1", port: 0 });
  const started: Program[] = [];
  const start = (...command: readonly string[]) => {
    const program = new Program(command);
    started.push(program);
    return program;
  };
  const startAgent = async () => {
    const program = start(programs.agent, server.address);
    const at = (await program.says("agent")) as AgentAt;
    return { program, at, open: () => open(at) };
  };
  const id = `rfc2217-127.0.0.1-${server.port}`;
  const open = (at: AgentAt): Promise<Transport> =>
    openAgentPort({ ...at, clock: systemClock, WebSocket }, id, { baudRate: 115200 });
  return {
    board,
    startAgent,
    startClient: ({ url, token }: AgentAt) =>
      start(programs.client, url, token, id, file, String(image.offset)),
    get isWritten() {
      const { offset, bytes } = image;
      return Buffer.compare(board.flash.subarray(offset, offset + bytes.length), bytes) === 0;
    },
    async clear() {
      for (const program of started) await program.kill();
      await server.close();
    },
  };
}

/** Opens, within two seconds, and writes it all. */
async function writeAgain(open: () => Promise<Transport>): Promise<void> {
  const start = performance.now();
  const transport = await open();
  expect(performance.now() - start).toBeLessThan(2000);
  expect(await writeImage(transport, image, () => {})).toBe("flash-written-verified");
  await transport.close();
  expect(desk.isWritten).toBe(true);
  // The capacitor on EN takes its time.
  await vi.waitFor(() => expect(desk.board.state.bootMode).toBe(3));
}

it("a client that is killed leaves the port free", async () => {
  const agent = await desk.startAgent();
  const client = desk.startClient(agent.at);
  while (((await client.says("doneBytes")) as number) < image.bytes.length / 8);
  await client.kill();
  expect(desk.isWritten).toBe(false);
  await writeAgain(agent.open);
});

it("an agent that is killed is noticed, and the next one has the port", async () => {
  const agent = await desk.startAgent();
  const transport = await agent.open();
  let killed = false;
  const write = writeImage(transport, image, (doneBytes) => {
    if (killed || doneBytes < image.bytes.length / 8) return;
    killed = true;
    agent.program.signal("SIGKILL");
  });
  const error = await write.catch((thrown: unknown) => thrown);
  expect(isFlasherError(error) && error.code).toBe("port-lost");
  expect((await transport.closed).reason).toBe("lost");
  expect(desk.isWritten).toBe(false);
  const next = await desk.startAgent();
  await writeAgain(next.open);
});
