/** The agent as it is installed: a board that is flashed through it by the program's other commands, and its end. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "@flashwright/node-transport";
import { connectAgent } from "@flashwright/web-transport/agent";
import { describe, expect, it, type TestContext, vi } from "vitest";
import { WebSocket } from "ws";
import { Program } from "../agent/support/process.js";
import { noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));
const OFFSET = 0x100000;
const TEST_MS = 120_000;

/** A folder with the data of one person, and the programs that this one has started. */
class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "agent-e2e-"));
  readonly #started: Program[] = [];

  /** Until its test has ended. */
  constructor({ onTestFinished }: TestContext) {
    onTestFinished(async () => {
      for (const each of this.#started) await each.kill();
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** Starts the program as a script does. */
  start(...argv: readonly string[]): Program {
    const child = new Program([program, ...argv, "--json"], {
      env: { FLASHWRIGHT_DATA: this.folder },
      isQuiet: true,
    });
    this.#started.push(child);
    return child;
  }

  /** Runs it to its end: its exit code, and the code of its result or error. */
  async run(...argv: readonly string[]) {
    const { code, said } = await this.start(...argv).ended();
    const { result, error } = said.at(-1) as Record<string, { code: string }>;
    return [code, (result ?? error)?.code];
  }

  /** Starts an agent and waits until it listens. */
  async startAgent(...argv: readonly string[]) {
    const child = this.start("agent", "--no-open", "--listen-port", "0", ...argv);
    const url = (await child.says("url")) as string;
    const { token } = JSON.parse(readFileSync(this.file("agent.json"), "utf8")) as { token: string };
    return { child, url, token, address: (id: string) => `${url.replace("http", "agent")}${id}` };
  }

  /** Writes an image for `flash`: its arguments. */
  flashArgs(bytes: Uint8Array): string[] {
    writeFileSync(this.file("image.bin"), bytes);
    return ["flash", String(OFFSET), this.file("image.bin"), "--yes", "--no-watch"];
  }

  /** A board on a pseudo terminal in a process of its own, which outlives whoever is killed; and its port at an agent. */
  async startSerialBoard() {
    const link = this.file("board");
    const options = ["--boot", "download", "--wiring", "none", "--pace", "line"];
    const board = this.start("virtual", "--pty", link, ...options, "--flash", this.file("flash.bin"));
    await board.says("address");
    return { link, idAt: (agent: Agent) => portAt(agent, link) };
  }

  /** What the board has of the image; it saves its flash when its port is closed. */
  async isWritten(): Promise<boolean> {
    const flash = readFileSync(this.file("flash.bin"));
    return Buffer.compare(flash.subarray(OFFSET, OFFSET + image.length), image) === 0;
  }
}

describe("flashwright agent", () => {
  it("lends a board to info, flash and verify, tells who has it, and ends with Ctrl-C as if it had never been", {
    timeout: TEST_MS,
    concurrent: true,
  }, async (context) => {
    const desk = new Desk(context);
    const { child, url, token, address } = await desk.startAgent("--virtual", "esp-12f");
    if (process.platform !== "win32") expect(statSync(desk.file("agent.json")).mode & 0o777).toBe(0o600);
    const inUse: (boolean | undefined)[] = [];
    const follower = await connectAgent({
      url: url.slice(0, -1),
      token,
      clock: systemClock,
      WebSocket,
      onEvent: (event) => event.type === "ports" && inUse.push(event.ports[0]?.inUse),
    });
    expect(follower.ports.map(({ id, kind }) => [id, kind])).toEqual([["esp-12f", "virtual"]]);
    const port = ["--port", address("esp-12f")];
    expect(await desk.run("info", ...port)).toEqual([0, "chip-identified"]);
    expect(await desk.run(...desk.flashArgs(noise(0x20000, 7)), ...port)).toEqual([
      0,
      "flash-written-verified",
    ]);
    expect(await desk.run("verify", String(OFFSET), desk.file("image.bin"), ...port)).toEqual([
      0,
      "flash-verified",
    ]);
    await vi.waitFor(() => expect(inUse).toEqual([false, true, false, true, false, true, false]));
    child.signal("SIGINT");
    const { code, said } = await child.ended();
    expect([code, said]).toEqual([0, [{ type: "completed", result: { code: "agent-stopped", params: {} } }]]);
    expect(existsSync(desk.file("agent.json"))).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
    expect(await desk.run("info", ...port)).toEqual([1, "agent-token-missing"]);
  });
});

type Agent = Awaited<ReturnType<Desk["startAgent"]>>;

/** The address of the agent's one port. */
async function portAt({ url, token, address }: Agent, path: string): Promise<string> {
  const access = { url: url.slice(0, -1), token, clock: systemClock, WebSocket };
  const client = await connectAgent(access);
  client.close();
  return address(client.ports.find((port) => port.path === path)!.id);
}

/** Resolves when a quarter of the image has been written. */
async function inTheMiddle(writer: Program): Promise<void> {
  while (((await writer.says("doneBytes")) as number) < image.length / 4);
}

const image = noise(0x20000, 8);

// Nearly all of their time is the line's.
describeWith(["linux", "python3"], "kill -9 in the middle of a flash of a board at a serial port", () => {
  it("of the client: the port is free at once, and the flash goes through again", {
    timeout: TEST_MS,
    concurrent: true,
  }, async (context) => {
    const desk = new Desk(context);
    const { link, idAt } = await desk.startSerialBoard();
    const agent = await desk.startAgent("--port", link);
    const port = ["--port", await idAt(agent)];
    const writer = desk.start(...desk.flashArgs(image), ...port);
    await inTheMiddle(writer);
    await writer.kill();
    expect(await desk.run(...desk.flashArgs(image), ...port)).toEqual([0, "flash-written-verified"]);
    await vi.waitFor(async () => expect(await desk.isWritten()).toBe(true));
  });

  it("of the agent: the next one has the port at once, and the flash goes through again", {
    timeout: TEST_MS,
    concurrent: true,
  }, async (context) => {
    const desk = new Desk(context);
    const { link, idAt } = await desk.startSerialBoard();
    const agent = await desk.startAgent("--port", link);
    const writer = desk.start(...desk.flashArgs(image), "--port", await idAt(agent));
    await inTheMiddle(writer);
    await agent.child.kill();
    while ((await writer.says("code")) !== "port-awaited");
    writer.signal("SIGINT");
    expect((await writer.ended()).code).toBe(130);
    const next = await desk.startAgent("--port", link);
    expect(await desk.run(...desk.flashArgs(image), "--port", await idAt(next))).toEqual([
      0,
      "flash-written-verified",
    ]);
    await vi.waitFor(async () => expect(await desk.isWritten()).toBe(true));
  });

  it("of the agent: a writer that waits goes on by itself when the next one has the same address", {
    timeout: TEST_MS,
    concurrent: true,
  }, async (context) => {
    const desk = new Desk(context);
    const { link, idAt } = await desk.startSerialBoard();
    const agent = await desk.startAgent("--port", link);
    const writer = desk.start(...desk.flashArgs(image), "--port", await idAt(agent));
    await inTheMiddle(writer);
    await agent.child.kill();
    const next = await desk.startAgent("--port", link, "--listen-port", new URL(agent.url).port);
    expect(next.url).toBe(agent.url);
    const { code, said } = await writer.ended();
    const notes = said.filter(({ type }) => type === "note" || type === "warning");
    expect([code, notes.map((note) => note.code)]).toEqual([
      0,
      ["port-awaited", "flash-partial", "port-back", "plan-resumed"],
    ]);
    await vi.waitFor(async () => expect(await desk.isWritten()).toBe(true));
  });
});
