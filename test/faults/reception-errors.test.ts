/** Errors of reception as Web Serial has them, in the middle of a flash: none of them ends it. */
import { connect, esp8266, planFlash, runPlan } from "@flashwright/core";
import { createVirtualBoard, type VirtualBoard } from "@flashwright/virtual-device";
import { browserClock, type Disturbance, openWebSerialPort } from "@flashwright/web-transport";
import { expect, it } from "vitest";
import { FakeWebSerialPort } from "../conformance/ends/fake-web-serial.js";
import { bootImage, firstDifference, noise } from "../support/content.js";

const OFFSET = 0x100000;
const image = noise(0x20000, 51);
/** Of the pieces that come while it writes, those that an error comes behind. */
const EVERY = 5;

/** The browser's port to a board; `between` is called behind each piece that comes, and may swallow it. */
function portTo(
  board: VirtualBoard,
  between: (port: FakeWebSerialPort) => "lost" | "kept",
): FakeWebSerialPort {
  const port = new FakeWebSerialPort();
  const transport = board.reconnect();
  let work: Promise<unknown> = Promise.resolve();
  const then = (step: () => Promise<unknown>) => {
    work = work.then(step);
  };
  Object.assign(port.log, {
    data: (bytes: Uint8Array) => then(() => transport.write(bytes)),
    lines: (dtr: boolean, rts: boolean) => then(() => transport.signal([{ dtr, rts }])),
    baud: (rate: number) => then(() => transport.setBaudRate(rate)),
  });
  void (async () => {
    for (;;) {
      const piece = await transport.read();
      if (piece === undefined) return;
      if (between(port) === "kept") await port.far.send(piece);
    }
  })();
  return port;
}

it.each<[string, Disturbance, boolean]>([
  ["BufferOverrunError", "overrun", true],
  ["BreakError", "break", false],
  ["FramingError", "framing", false],
  ["ParityError", "parity", false],
])("a flash goes on after each %s, and what it lost is asked for again", async (name, kind, loses) => {
  const board = createVirtualBoard({ board: "esp-12f", flash: bootImage() });
  let isWriting = false;
  let pieces = 0;
  const port = portTo(board, (end) => {
    if (!isWriting || ++pieces % EVERY !== 0) return "kept";
    end.disturb(name);
    // Once is enough: each piece that is missing is waited for in real time.
    return loses && pieces === EVERY ? "lost" : "kept";
  });
  const seen: Disturbance[] = [];
  const transport = await openWebSerialPort(port, {
    baudRate: 115_200,
    onDisturbance: (disturbance) => seen.push(disturbance),
  });
  const session = await connect(transport, { target: esp8266, clock: browserClock });
  const { mac } = session.chip;
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac, flashSize: session.flashSize, loader: "stub" },
    images: [{ name: "image.bin", offset: OFFSET, bytes: image }],
  });
  isWriting = true;
  const { result } = await runPlan(session, plan, data, {});
  isWriting = false;
  expect(result.code).toBe("flash-written-verified");
  expect(new Set(seen)).toEqual(new Set([kind]));
  expect(seen.length).toBeGreaterThan(1);
  expect(firstDifference(board.flash.slice(OFFSET, OFFSET + image.length), image)).toBeUndefined();
  await transport.close();
});
