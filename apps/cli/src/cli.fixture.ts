/** A world for tests: streams in memory, a virtual board behind every port, time that takes none. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Transport } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoard,
  type VirtualBoardOptions,
} from "@flashwright/virtual-device";
import { runCli } from "./run-cli.js";
import type { Choice, World } from "./world.js";

/** What a run left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout as JSON. */
  readonly events: () => Record<string, unknown>[];
}

/** A desk with one board on it, and a person's answers. */
export interface Desk {
  readonly board: VirtualBoard;
  /** What was opened, in order. */
  readonly opened: string[];
  /** Where backups go that nobody asked for. */
  readonly dataFolder: string;
  /** Presses Ctrl-C. */
  interrupt(): void;
  run(...argv: string[]): Promise<Run>;
  /** The same run in another world. */
  runIn(changes: WorldChanges, ...argv: string[]): Promise<Run>;
}

/** How the world of a run differs from a script on a quiet desk. */
export type WorldChanges = Partial<World> & {
  readonly isTTY?: boolean;
  /** Presses Ctrl-C as soon as this was written to stdout. */
  readonly interruptAt?: string;
};

export const VERSION = "1.2.3";

/** The one port of the desk, unless a test lists others. */
export const usbPort: ListedPort = {
  path: "/dev/ttyUSB0",
  vendorId: "10c4",
  productId: "ea60",
  serialNumber: "0001",
  product: "CP2102 USB to UART Bridge Controller",
  bridge: "CP2102",
};

let folders: string | undefined;

/** A folder of its own for each desk; they go when the tests of a file end. */
function dataFolder(): string {
  if (folders === undefined) {
    const made = mkdtempSync(join(tmpdir(), "flashwright-desk-"));
    process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    folders = made;
  }
  return join(mkdtempSync(join(folders, "data-")), "flashwright");
}

/** A desk with a board of that kind. */
export function createDesk(options: VirtualBoardOptions = {}): Desk {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ clock, ...options });
  const opened: string[] = [];
  const data = dataFolder();
  const listeners = new Set<() => void>();
  const interrupt = () => {
    for (const listener of listeners) listener();
  };
  const open = async (address: string): Promise<Transport> => {
    opened.push(address);
    return board.reconnect();
  };
  const runIn: Desk["runIn"] = async ({ isTTY = false, interruptAt, ...changes }, ...argv) => {
    const [stdout, stderr] = [memoryStream(isTTY), memoryStream(isTTY)];
    if (interruptAt !== undefined) stdout.watch(interruptAt, interrupt);
    const world: World = {
      stdout,
      stderr,
      env: {},
      clock,
      system: "a test",
      platform: "linux",
      prompts: undefined,
      dataFolder: data,
      currentFolder: data,
      isRoot: false,
      now: () => new Date("2026-11-22T21:05:00Z"),
      readStdin: async () => new Uint8Array(0),
      openKeyboard: () => ({ isTTY: false, read: async () => undefined, close() {} }),
      listPorts: async () => [usbPort],
      portUsers: async () => new Map(),
      openTransport: open,
      openLink: async () => {
        throw new Error("there is no browser");
      },
      onInterrupt(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      ...changes,
    };
    const code = await runCli(argv, world, VERSION);
    const events = () => eventsOf(stdout.text);
    return { code, stdout: stdout.text, stderr: stderr.text, events };
  };
  return {
    board,
    opened,
    dataFolder: data,
    interrupt,
    run: (...argv) => runIn({}, ...argv),
    runIn,
  };
}

/** A person who gives these answers, and what was asked. */
export function answers(given: { choose?: string; type?: string }): NonNullable<World["prompts"]> & {
  readonly asked: (string | readonly Choice[])[];
} {
  const asked: (string | readonly Choice[])[] = [];
  return {
    asked,
    choose: async (question, choices) => {
      asked.push(question, choices);
      return given.choose;
    },
    type: async (question) => {
      asked.push(question);
      return given.type;
    },
  };
}

function memoryStream(isTTY: boolean) {
  let awaited: string | undefined;
  let seen = () => {};
  return {
    text: "",
    isTTY,
    columns: 80,
    watch(text: string, then: () => void) {
      awaited = text;
      seen = then;
    },
    write(text: string) {
      this.text += text;
      if (awaited === undefined || !this.text.includes(awaited)) return true;
      awaited = undefined;
      seen();
      return true;
    },
  };
}

/** The events of a `--json` stream, which names its format in its first line. */
function eventsOf(text: string): Record<string, unknown>[] {
  const lines = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  if (lines.length === 0) return [];
  const { format, version, ...first } = lines[0];
  if (format !== "flashwright/events" || version !== 1) throw new Error(`not a stream of events: ${text}`);
  return [first, ...lines.slice(1)];
}
