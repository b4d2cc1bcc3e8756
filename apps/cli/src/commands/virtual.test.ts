import { readFileSync } from "node:fs";
import { connect, esp8266 } from "@flashwright/core";
import { openTransport } from "@flashwright/node-transport";
import { Wiring } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { makeFirmware } from "../demo/make-image.js";
import { systemClock } from "../system-clock.js";
import { WIRINGS } from "../virtual/wirings.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const { boot } = makeFirmware();

/** Serves a board while `use` has its address, then presses Ctrl-C. `next` waits for an event of a type that comes from then on. */
async function serving(
  args: string[],
  use: (address: string, next: (type: string) => Promise<void>) => Promise<void>,
) {
  const desk = createDesk();
  let listening!: (address: string) => void;
  const address = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const stdout = {
    write(line: string) {
      const event = JSON.parse(line);
      events.push(event);
      if (event.type === "listening") listening(event.address);
      for (const waiter of waiters) if (waiter.type === event.type) waiter.resolve();
    },
  };
  const events: Record<string, unknown>[] = [];
  const waiters: { type: string; resolve: () => void }[] = [];
  const next = (type: string) => new Promise<void>((resolve) => void waiters.push({ type, resolve }));
  const ended = desk.runIn({ clock: systemClock, stdout }, "virtual", "--json", ...args);
  const failed = ended.then(() => Promise.reject(new Error(`ended early: ${JSON.stringify(events)}`)));
  failed.catch(() => {});
  await use(await Promise.race([address, failed]), next);
  desk.interrupt();
  const { code } = await ended;
  return { code, events };
}

/** The command, on the real clock, against a served board. */
function client(...argv: string[]) {
  const open = (address: string) => openTransport(address, { baudRate: 115_200 });
  return createDesk().runIn({ clock: systemClock, openTransport: open }, ...argv);
}

describe("a virtual board for other programs", () => {
  it("is flashed over RFC 2217, and its flash is in the file afterwards", async () => {
    const flashFile = files.path("flash.bin");
    const app = files.write("app.bin", boot);
    const { code, events } = await serving(["--rfc2217", "0", "--flash", flashFile], async (address) => {
      expect(address).toMatch(/^rfc2217:\/\/127\.0\.0\.1:\d+$/);
      const run = await client("flash", "--port", address, "--no-watch", "0", app);
      expect([run.code, run.stderr]).toEqual([0, ""]);
    });
    // Stopping is how it ends in order.
    expect([code, events.at(-1)]).toEqual([
      0,
      { type: "completed", result: { code: "board-served", params: {} } },
    ]);
    const saved = readFileSync(flashFile);
    expect(saved.length).toBe(0x400000);
    expect(Buffer.compare(saved.subarray(0, boot.length), boot)).toBe(0);
    expect(events.filter(({ type }) => type === "client")).toMatchObject([
      { change: "connected" },
      { change: "disconnected" },
    ]);
  });

  it("has its flash saved while a client is still there", async () => {
    const flashFile = files.path("meanwhile.bin");
    const { events } = await serving(["--rfc2217", "0", "--flash", flashFile], async (address, next) => {
      const transport = await openTransport(address, { baudRate: 115_200 });
      const session = await connect(transport, { target: esp8266, clock: systemClock });
      const saved = next("saved");
      await session.loader.write(0x1000, sampleBytes(0x1000));
      await saved;
      expect(new Uint8Array(readFileSync(flashFile).subarray(0x1000, 0x2000))).toEqual(sampleBytes(0x1000));
      await transport.close();
    });
    // The new file, and the change; at the end there was nothing left to save.
    expect(events.filter(({ type }) => type === "saved")).toMatchObject([
      { type: "saved", file: flashFile },
      { type: "saved", file: flashFile },
    ]);
  });

  it("starts with what the file holds, the rest erased", async () => {
    const flashFile = files.write("small.bin", sampleBytes(0x1000));
    await serving(["--rfc2217", "0", "--board", "esp-01", "--flash", flashFile], async (address) => {
      const run = await client("read", "--port", address, "0", "ALL", files.path("dump.bin"));
      expect(run.code).toBe(0);
    });
    const expected = new Uint8Array(0x80000).fill(0xff);
    expected.set(sampleBytes(0x1000));
    expect(Buffer.compare(readFileSync(files.path("dump.bin")), expected)).toBe(0);
  });

  it("waits in its loader with --boot download, where no line can bring it there", async () => {
    await serving(["--tcp", "0", "--boot", "download"], async (address) => {
      for (let client_ = 0; client_ < 2; client_++) {
        const run = await client("info", "--port", address);
        expect([run.code, run.stderr]).toEqual([0, ""]);
      }
    });
  });

  it.each<[string, string[], number, string]>([
    ["no way to it", [], 2, "usage"],
    ["two ways to it", ["--tcp", "0", "--rfc2217", "0"], 2, "usage"],
    ["a board that is none", ["--tcp", "0", "--board", "esp-99"], 2, "board-unknown"],
    ["a port that is none", ["--tcp", "70000"], 2, "number-invalid"],
    [
      "a file larger than the flash",
      ["--tcp", "0", "--board", "esp-01", "--flash", files.write("2m", new Uint8Array(0x200000))],
      1,
      "flash-file-too-large",
    ],
    ["a link where something else is", ["--pty", files.write("taken", new Uint8Array(1))], 1, "serve-failed"],
  ])("refuses %s", async (_, args, code, error) => {
    const run = await createDesk().run("virtual", "--json", ...args);
    expect([run.code, run.events()]).toMatchObject([code, [{ type: "failed", error: { code: error } }]]);
  });

  it.each<[Wiring, string | undefined]>([
    ["auto-reset", "tight"],
    ["direct", "classic"],
    ["swapped", "swapped"],
    ["inverted", "inverted"],
    ["inverted-direct", "inverted"],
    ["flow-control", "flow-control"],
    ["rts-only", undefined],
    ["unwired", undefined],
    ["none", undefined],
  ])("with --wiring %s is reset by %s", async (wiring, reset) => {
    await serving(["--rfc2217", "0", "--wiring", wiring], async (address) => {
      const way = reset === undefined ? [] : ["--reset", reset];
      const run = await client("info", "--port", address, "--connect-attempts", "2", "--json", ...way);
      const connected = run.events().find(({ type }) => type === "connected");
      expect([run.code, connected?.reset]).toEqual([reset === undefined ? 1 : 0, reset]);
    });
  });

  it("offers every circuit that the virtual board has", () => {
    expect([...WIRINGS].sort()).toEqual(Object.values(Wiring).sort());
  });

  it("says that an address is taken", async () => {
    await serving(["--tcp", "0"], async (address) => {
      const port = address.split(":").at(-1) as string;
      const run = await createDesk().run("virtual", "--tcp", port);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(" hint: Choose another port, or 0 for a free one.\n");
    });
  });
});
