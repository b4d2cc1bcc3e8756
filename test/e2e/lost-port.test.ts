/** The program as it is installed, and a board whose server goes away and comes back. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
import { describe, expect, it, type TestContext } from "vitest";
import { bootImage, noise } from "../support/content.js";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));
/** How long the board is away. */
const AWAY_MS = 1500;
const TEST_MS = 120_000;

interface Event {
  readonly type: string;
  readonly code?: string;
  readonly operation?: string;
  readonly doneBytes?: number;
  readonly region?: { readonly offset: number; readonly size: number };
}

const old = noise(0x60000, 41);
const data = noise(0x30000, 42);

/** A board behind a server, and a folder. */
class Outing {
  readonly folder = mkdtempSync(join(tmpdir(), "lost-"));
  readonly board: VirtualBoard = createVirtualBoard({ clock: systemClock, pace: "line", flash: old });
  #server!: Awaited<ReturnType<typeof serveRfc2217>>;

  /** Until its test has ended. */
  static async begin({ onTestFinished }: TestContext): Promise<Outing> {
    const outing = new Outing();
    await outing.#serve(0);
    onTestFinished(async () => {
      await outing.#server.close();
      rmSync(outing.folder, { recursive: true });
    });
    return outing;
  }

  file(name: string, bytes?: Uint8Array): string {
    const path = join(this.folder, name);
    if (bytes !== undefined) writeFileSync(path, bytes);
    return path;
  }

  /** Runs; the plug is pulled behind the first event that fits. */
  async run(argv: readonly string[], when: (event: Event) => boolean) {
    const args = [program, ...argv, "--port", this.#server.address, "--json"];
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, XDG_DATA_HOME: this.folder },
    });
    const ended = once(child, "exit");
    const events: Event[] = [];
    let pulled: Promise<void> | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as Event;
      events.push(event);
      if (pulled === undefined && when(event)) pulled = this.#pullFor(AWAY_MS);
    }
    await pulled;
    const [code] = await ended;
    const notes = events.flatMap(({ type, code: note }) =>
      type === "note" || type === "warning" ? [note] : [],
    );
    return { code, events, notes };
  }

  async #serve(port: number): Promise<void> {
    this.#server = await serveRfc2217(() => this.board.reconnect(), { port });
  }

  /** Pulls the plug of board and server, and plugs both in again. */
  async #pullFor(ms: number): Promise<void> {
    const { port } = this.#server;
    this.board.unplug();
    await this.#server.close();
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.#serve(port);
  }
}

const past =
  (operation: string, bytes: number) =>
  ({ type, operation: doing, doneBytes = 0 }: Event) =>
    type === "progress" && doing === operation && doneBytes >= bytes;
const regions = (events: readonly Event[], operation: string) =>
  events.flatMap(({ type, operation: doing, region }) =>
    type === "started" && doing === operation && region !== undefined ? [region] : [],
  );

// Nearly all of their time is the line's and that of the missing board.
describe.concurrent("a board that goes away", () => {
  it(
    "in the middle of a write gets what is missing",
    async (context) => {
      const outing = await Outing.begin(context);
      const files = ["0", outing.file("boot.bin", bootImage()), "0x10000", outing.file("data.bin", data)];
      const argv = ["flash", ...files, "--no-watch", "--yes"];
      const { code, notes, events } = await outing.run(argv, past("write", 0x18000));
      expect([code, notes]).toEqual([0, ["port-awaited", "flash-partial", "port-back", "plan-resumed"]]);
      const again = regions(events, "write").at(-1);
      expect(again?.offset).toBeGreaterThan(0x10000);
      expect(Buffer.compare(outing.board.flash.subarray(0x10000, 0x40000), data)).toBe(0);
    },
    TEST_MS,
  );

  it(
    "in the middle of an erase loses nothing else",
    async (context) => {
      const outing = await Outing.begin(context);
      const erases = ({ type, operation }: Event) => type === "started" && operation === "erase";
      const argv = ["erase", "0x10000", "0x40000", "--no-backup", "--yes"];
      const { code, notes } = await outing.run(argv, erases);
      expect([code, notes.slice(0, 3)]).toEqual([0, ["port-awaited", "flash-partial", "port-back"]]);
      const expected = old.slice().fill(0xff, 0x10000, 0x50000);
      expect(Buffer.compare(outing.board.flash.subarray(0, old.length), expected)).toBe(0);
    },
    TEST_MS,
  );

  it(
    "in the middle of a backup is read to its end",
    async (context) => {
      const outing = await Outing.begin(context);
      const argv = ["backup", outing.file("b.zip")];
      const { code, notes, events } = await outing.run(argv, past("read", 0x20000));
      expect([code, notes]).toEqual([0, ["port-awaited", "port-back", "read-resumed"]]);
      expect(regions(events, "read")[1].offset).toBeGreaterThanOrEqual(0x20000);
      expect(readFileSync(outing.file("b.zip")).length).toBeGreaterThan(old.length * 0.9);
    },
    TEST_MS,
  );

  it(
    "while it starts is watched once more",
    async (context) => {
      const outing = await Outing.begin(context);
      const argv = ["flash", "0", outing.file("boot.bin", bootImage()), "--yes"];
      const { code, notes, events } = await outing.run(argv, ({ type }) => type === "boot");
      expect([code, notes]).toEqual([0, ["boot-watch-again"]]);
      expect(events.filter(({ type }) => type === "verdict").length).toBe(1);
    },
    TEST_MS,
  );
});
