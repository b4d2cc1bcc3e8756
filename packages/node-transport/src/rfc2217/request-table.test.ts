import { beforeEach, describe, expect, it } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { ComPortCommand, Control, encodeBaudRate } from "./com-port.js";
import { ANSWER_MS, RequestTable } from "./request-table.js";

const { SetBaudRate, SetControl } = ComPortCommand;
const value = (byte: number) => Uint8Array.of(byte);

let clock: HeldClock;
let table: RequestTable;
beforeEach(() => {
  clock = new HeldClock();
  table = new RequestTable(clock, "the server");
});

/** Sends a request; the function tells what has become of it so far. */
function ask(command: ComPortCommand, body: Uint8Array): () => Promise<Uint8Array | string> {
  let outcome: Uint8Array | string = "waiting";
  table.expect(command, body, "A REQUEST", ANSWER_MS).then(
    (answer) => {
      outcome = answer;
    },
    ({ code }: { code: string }) => {
      outcome = code;
    },
  );
  return async () => {
    await new Promise(setImmediate);
    return outcome;
  };
}

async function askInVain(command: ComPortCommand, body: Uint8Array): Promise<void> {
  const outcome = ask(command, body);
  clock.advance(ANSWER_MS);
  expect(await outcome()).toBe("rfc2217-no-answer");
}

describe("answers of a server", () => {
  it("go to the oldest request of their command, and of their line", async () => {
    const first = ask(SetBaudRate, encodeBaudRate(9600));
    const second = ask(SetBaudRate, encodeBaudRate(74880));
    const rts = ask(SetControl, value(Control.RtsOn));
    const dtr = ask(SetControl, value(Control.DtrOn));
    table.answer(SetBaudRate, encodeBaudRate(9600));
    table.answer(SetControl, value(Control.DtrOn));
    expect(await Promise.all([first(), second(), rts(), dtr()])).toEqual([
      encodeBaudRate(9600),
      "waiting",
      "waiting",
      value(Control.DtrOn),
    ]);
  });

  it("that refuse go to their request like others", async () => {
    const dtr = ask(SetControl, value(Control.DtrOff));
    table.answer(SetControl, value(Control.DtrOn));
    expect(await dtr()).toEqual(value(Control.DtrOn));
  });

  it("that nobody asked for change nothing", async () => {
    table.answer(SetControl, value(Control.DtrOn));
    const dtr = ask(SetControl, value(Control.DtrOff));
    expect(await dtr()).toBe("waiting");
    table.answer(SetControl, value(Control.DtrOff));
    expect(await dtr()).toEqual(value(Control.DtrOff));
  });
});

describe("an answer that comes after the time was up", () => {
  it("is not taken for that of the next request, whose own answer follows", async () => {
    await askInVain(SetControl, value(Control.DtrOff));
    const next = ask(SetControl, value(Control.DtrOn));
    table.answer(SetControl, value(Control.DtrOff));
    expect(await next()).toBe("waiting");
    table.answer(SetControl, value(Control.DtrOn));
    expect(await next()).toEqual(value(Control.DtrOn));
  });

  it("is told by the rate that was granted, if not quite the one asked for", async () => {
    await askInVain(SetBaudRate, encodeBaudRate(230400));
    const next = ask(SetBaudRate, encodeBaudRate(74880));
    table.answer(SetBaudRate, encodeBaudRate(230769));
    expect(await next()).toBe("waiting");
    table.answer(SetBaudRate, encodeBaudRate(76800));
    expect(await next()).toEqual(encodeBaudRate(76800));
  });

  it("does not answer the question after the present rate, which asks whether all data was read", async () => {
    await askInVain(SetBaudRate, encodeBaudRate(230400));
    const question = ask(SetBaudRate, encodeBaudRate(0));
    table.answer(SetBaudRate, encodeBaudRate(230400));
    expect(await question()).toBe("waiting");
    table.answer(SetBaudRate, encodeBaudRate(230400));
    expect(await question()).toEqual(encodeBaudRate(230400));
  });

  it("serves a repetition of the same request, and the one after that is not mistaken", async () => {
    await askInVain(SetControl, value(Control.RtsOn));
    const repetition = ask(SetControl, value(Control.RtsOn));
    table.answer(SetControl, value(Control.RtsOn));
    expect(await repetition()).toEqual(value(Control.RtsOn));
    const other = ask(SetControl, value(Control.RtsOff));
    table.answer(SetControl, value(Control.RtsOn));
    expect(await other()).toBe("waiting");
    table.answer(SetControl, value(Control.RtsOff));
    expect(await other()).toEqual(value(Control.RtsOff));
  });
});

describe("a request that is never answered", () => {
  it("does not take the answer of the next one", async () => {
    await askInVain(SetControl, value(Control.DtrOff));
    await askInVain(SetControl, value(Control.DtrOff));
    const next = ask(SetControl, value(Control.DtrOn));
    table.answer(SetControl, value(Control.DtrOn));
    expect(await next()).toEqual(value(Control.DtrOn));
    const last = ask(SetControl, value(Control.DtrOff));
    table.answer(SetControl, value(Control.DtrOff));
    expect(await last()).toEqual(value(Control.DtrOff));
  });
});
