import {
  connect,
  esp8266,
  type FlashEvent,
  planFlash,
  readFills,
  runPlan,
  type Session,
  type Transport,
  watchBoot,
} from "@flashwright/core";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { makeFirmware } from "../../apps/cli/src/demo/make-image.js";
import { parseTrace, type Trace } from "../../apps/cli/src/trace/trace-format.js";
import { traceTransport } from "../../apps/cli/src/trace/trace-transport.js";
import { createReplayTransport } from "../support/replay-transport.js";

const image = { name: "app.bin", offset: 0, bytes: makeFirmware().boot };

/** A whole flash, as the command does it. */
async function flash(transport: Transport): Promise<FlashEvent[]> {
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => void events.push(event);
  const session: Session = await connect(transport, {
    target: esp8266,
    clock: createVirtualClock(),
    onEvent,
  });
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind },
    images: [image],
    contents: await readFills(session, [image]),
  });
  await runPlan(session, plan, data, { onEvent });
  await watchBoot(session, { onEvent });
  await transport.close();
  return events.map((event) => (event.type === "finished" ? { ...event, elapsedMs: 0 } : event));
}

async function record(): Promise<{ trace: Trace; text: string; events: FlashEvent[] }> {
  const clock = createVirtualClock();
  const { transport } = createVirtualBoard({ clock });
  const lines: string[] = [];
  const traced = traceTransport(
    transport,
    clock,
    (line) => lines.push(`${JSON.stringify(line)}\n`),
    "recorded",
  );
  const events = await flash(traced);
  await transport.closed;
  const text = lines.join("");
  return { trace: parseTrace(text), text, events };
}

describe("a trace of a flash", () => {
  it("is played again without a board, event by event, to its end", async () => {
    const { trace, events } = await record();
    const { transport, left } = createReplayTransport(trace);
    expect(await flash(transport)).toEqual(events);
    expect(left()).toEqual([]);
    expect(events.some(({ type }) => type === "boot")).toBe(true);
  });

  it("fails where the program does something else", async () => {
    const { trace } = await record();
    const entries = trace.entries.map((entry) => ("baud" in entry ? { ...entry, baud: 9600 } : entry));
    const { transport } = createReplayTransport({ ...trace, entries });
    await expect(transport.setBaudRate(460_800)).rejects.toThrow(
      "the record has baud 9600, the program did baud 460800",
    );
  });

  it("is read up to a last line that was cut off", async () => {
    const { trace, text } = await record();
    const cut = parseTrace(text.slice(0, -5));
    expect(cut.header).toEqual(trace.header);
    expect(cut.entries).toEqual(trace.entries.slice(0, -1));
  });

  it.each([
    ["", "the trace is empty"],
    ['{"format":"flashwright/trace","version":2}\n', "not a flashwright/trace of version 1"],
    ['{"format":"something"}\n', "not a flashwright/trace of version 1"],
  ])("is refused when it is %j", (text, message) => {
    expect(() => parseTrace(text)).toThrow(message);
  });
});
