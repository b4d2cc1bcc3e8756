import { madeFiles, release2v09 } from "@flashwright/core/demo";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { describe, expect, it, vi } from "vitest";
import type { ConsoleEvent, ConsoleWish, EngineEvent, SendRequest } from "../engine.js";
import { ConsoleDesk } from "./console-desk.js";
import { type Running, unknownRunning } from "./running.js";

const wish: ConsoleWish = {
  baudRate: 115_200,
  followsStarts: false,
  view: { timestamps: false, hex: false },
};
const script: SendRequest = { text: "", name: "script.js", how: "statements", ending: "\r" };
const params = { offset: 0x7b000, size: 0x1000 };

/** A console on a board that runs Espruino, and all that it told. */
async function opened(running: Running = unknownRunning) {
  const board = createVirtualBoard({ board: "esp-12f" });
  const places = [0, 0x1000, 0x7c000, 0x7e000];
  for (const [index, { bytes }] of madeFiles(release2v09).entries()) board.flash.set(bytes, places[index]!);
  const { transport } = board;
  await transport.setBaudRate(wish.baudRate);
  const told: EngineEvent[] = [];
  let listen: (event: EngineEvent) => unknown = () => {};
  const desk = new ConsoleDesk((event) => {
    told.push(event);
    listen(event);
  });
  const hear = (listener: typeof listen) => {
    listen = listener;
  };
  const reset = () => transport.signal([{ dtr: false, rts: true }, { rts: false }]);
  const report = desk.open(transport, { wish, running, reset });
  const consoles = () => told.filter((event): event is ConsoleEvent => event.type === "console");
  const text = () =>
    consoles()
      .map((event) => event.text)
      .join("");
  const lines = () => consoles().flatMap((event) => event.lines.map((line) => line.text));
  await reset();
  await vi.waitFor(() => expect(text()).toContain("\n>"));
  return { board, desk, report, told, hear, consoles, text, lines };
}

describe("a console", () => {
  it("answers what is typed, keeps whole lines, and knows whose it is", async () => {
    const { desk, report, consoles, text, lines } = await opened();
    expect(report).toEqual({ canReset: true });
    expect(await desk.type("answer = 42\r")).toBeUndefined();
    await vi.waitFor(() => expect(text()).toContain("=42"));
    expect(lines()).toContain("=42");
    expect(consoles().find((event) => event.kind !== undefined)?.kind).toBe("espruino");
    const titles = consoles().flatMap((event) => event.entries.map(({ title }) => title));
    expect(titles).toEqual(
      expect.arrayContaining(["Boot messages at another rate", "Espruino 2v09 has started."]),
    );
    await desk.close();
  });

  it("holds back the key that would destroy the firmware, until somebody is sure", async () => {
    const running: Running = {
      program: {},
      dangers: { wifi: { code: "hazard-wifi-in-image", params } },
    };
    const { desk, text } = await opened(running);
    const danger = "Saving Wi-Fi settings erases 4 KB (4096 bytes) of the firmware's own code at 0x0007b000.";
    for (const key of 'require("Wifi").save()') expect(await desk.type(key)).toBeUndefined();
    expect(await desk.type("\r")).toBe(danger);
    expect(await desk.dangerOf("x\nwifi.save()")).toBe(danger);
    await desk.type("\r", true);
    await vi.waitFor(() => expect(text()).toMatch(/save\(\)\s+=undefined/));
    await desk.close();
  });

  it("sends a script to its end, and names what failed", async () => {
    const { desk, told } = await opened();
    const report = await desk.send({ ...script, text: "a = 1;\nnothing();\nb = 2" });
    expect(report).toEqual({
      done: 3,
      count: 3,
      errors: [{ line: 2, text: 'ReferenceError: "nothing" is not defined' }],
      wasStopped: false,
    });
    expect(told.filter(({ type }) => type === "console-sent")).toEqual(
      [1, 2, 3].map((done) => ({ type: "console-sent", done, count: 3 })),
    );
    // The reader beside the sender has missed nothing, and goes on.
    await desk.type("c = 50\r");
    await vi.waitFor(() =>
      expect(told.some((event) => "text" in event && event.text.includes("=50"))).toBe(true),
    );
    await desk.close();
  });

  it("says how much the board has taken when it is told to stop", async () => {
    const { desk, hear, text } = await opened();
    hear((event) => event.type === "console-sent" && event.done === 3 && desk.stopSending());
    expect(await desk.send({ ...script, text: "1\n".repeat(500) })).toEqual({
      done: 3,
      count: 500,
      errors: [],
      wasStopped: true,
    });
    await desk.type("answer = 42\r");
    await vi.waitFor(() => expect(text()).toContain("=42"));
    await desk.close();
  });

  it("reads a start at the boot ROM's rate and goes back to the firmware's", async () => {
    const { desk, consoles, text } = await opened();
    await desk.resetAndRead();
    await vi.waitFor(() => {
      const starts = consoles().flatMap(({ entries }) =>
        entries.filter(({ title }) => title === "The board starts"),
      );
      expect(starts.at(-1)?.rows).toContainEqual({ term: "Read at", value: "74880 baud", isCode: true });
    });
    await vi.waitFor(() => expect(consoles().at(-1)?.text ?? "").toContain("From here on at 115200"), 5000);
    const rates = consoles().flatMap(({ baudRate }) => baudRate ?? []);
    expect(rates.at(-1)).toBe(115_200);
    await desk.type("\ranswer = 42\r");
    await vi.waitFor(() => expect(text()).toContain("=42"));
    await desk.close();
  });

  it("says that the port is gone, and not when it was closed here", async () => {
    const first = await opened();
    first.board.unplug();
    await vi.waitFor(() => expect(first.told.at(-1)).toEqual({ type: "console-closed", isLost: true }));
    const second = await opened();
    await second.desk.close();
    await vi.waitFor(() => expect(second.told.at(-1)).toEqual({ type: "console-closed", isLost: false }));
  });
});
