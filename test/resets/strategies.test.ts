/** Every reset strategy on every circuit: into the loader where it fits, a diagnosis that is right where it does not. @module */
import { esp8266, parseReset } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import {
  type CircuitName,
  circuitNames,
  circuits,
  codesOf,
  expectations,
  strategyNames,
} from "./circuits.js";
import { connectBehind } from "./connect-behind.js";
import { asInBrowser } from "./in-browser.js";

describe.each(circuitNames)("%s", (circuit) => {
  it("lets the strategies in that fit it, and tells of the others what happened", async () => {
    const found: Record<string, string> = {};
    for (const reset of strategyNames) {
      const options = { reset, attempts: 2, baudRate: 115_200 } as const;
      found[reset] = (await connectBehind(circuits[circuit], options)).code;
    }
    expect(found).toEqual(codesOf(expectations[circuit]));
  });
});

describe("without a strategy named", () => {
  const unreachable: readonly CircuitName[] = [
    "auto-reset, no capacitor, one line after the other",
    "flow control",
    "unwired",
  ];

  it.each<[CircuitName, readonly string[]]>([
    ["auto-reset", ["tight-short"]],
    ["auto-reset, one line after the other", ["tight-short"]],
    ["auto-reset, RTS only along with DTR", ["tight-short"]],
    ["auto-reset, slow capacitor", ["tight-short", "tight", "tight-long"]],
    ["auto-reset, slow capacitor, one line after the other", ["tight-short", "tight", "tight-long"]],
    ["auto-reset, no capacitor", ["tight-short"]],
    ["direct", ["tight-short"]],
    ["direct, one line after the other", ["tight-short", "tight", "tight-long", "swapped", "classic"]],
    ["swapped", ["tight-short", "tight", "tight-long", "swapped"]],
    ["inverted", ["tight-short", "tight", "tight-long", "swapped"]],
    ["inverted, direct", ["tight-short", "tight", "swapped", "classic", "inverted"]],
  ])("%s is reached by %j", async (circuit, tried) => {
    const outcome = await connectBehind(circuits[circuit]);
    expect([outcome.code, outcome.tried]).toEqual(["connected", tried]);
    expect(outcome.session?.how).toEqual({
      reset: tried.at(-1),
      syncRate: tried.length === 1 ? 460_800 : 115_200,
      baudRate: 460_800,
    });
  });

  it.each(circuitNames.filter((name) => !unreachable.includes(name)))(
    "%s starts its firmware again by the way that fits",
    async (circuit) => {
      const { session, board, clock } = await connectBehind(circuits[circuit]);
      await session?.leave("hard-reset");
      clock.advance(300);
      expect(board.state).toMatchObject({ mode: "application", bootMode: 3 });
    },
  );

  it.each(unreachable)(
    "%s asks for the buttons once, and is reached when they are pressed",
    async (circuit) => {
      const given = await connectBehind(circuits[circuit]);
      expect(given.events.filter(({ type }) => type === "buttons-needed")).toEqual([
        { type: "buttons-needed", code: "press-flash-and-reset", params: {} },
      ]);
      expect(given.elapsedMs).toBeLessThan(30_000);
      const pressed = await connectBehind(circuits[circuit], {}, ({ board, clock }) => {
        for (const button of ["flash", "reset"] as const) board.hold(button);
        clock.setTimer(50, () => board.release("reset"));
        clock.setTimer(300, () => board.release("flash"));
      });
      expect([pressed.code, pressed.session?.how.reset]).toEqual(["connected", "none"]);
      expect(pressed.session?.canReset).toBe(circuit !== "unwired");
    },
  );
});

describe("what is known of the adapter", () => {
  const cp2102c = { vendorId: "10C4", productId: "EA64" };

  it("puts the strategy of bridges with flow control first, and the fastest rate that they can", async () => {
    const outcome = await connectBehind(circuits["flow control"], { adapter: cp2102c });
    expect([outcome.code, outcome.tried]).toEqual(["connected", ["flow-control"]]);
    expect(outcome.session?.how).toEqual({ reset: "flow-control", syncRate: 460_800, baudRate: 921_600 });
  });

  it.each([
    ["a CH340 on Windows", { vendorId: "1a86", productId: "7523", platform: "win32" }, "classic"],
    ["any other on Windows", { vendorId: "303a", productId: "1001", platform: "win32" }, "cdc"],
    ["a CH340 on Linux", { vendorId: "1a86", productId: "7523", platform: "linux" }, "tight-short"],
  ])("%s begins with its own", async (_, adapter, first) => {
    expect((await connectBehind({}, { adapter })).tried).toEqual([first]);
  });

  it("puts what won the last time first, and trusts it no further", async () => {
    const right = await connectBehind(circuits.swapped, { hint: { reset: "swapped", baudRate: 230_400 } });
    expect([right.tried, right.session?.baudRate]).toEqual([["swapped"], 230_400]);
    const wrong = await connectBehind(circuits.direct, { hint: { reset: "swapped", baudRate: 460_800 } });
    expect([wrong.code, wrong.tried.slice(0, 2)]).toEqual(["connected", ["swapped", "tight-short"]]);
  });
});

describe("a board where only RTS is wired", () => {
  it("asks for FLASH to be held, and is reached while it is", async () => {
    const holding = await connectBehind({ wiring: "rts-only" }, {}, ({ board }) => board.hold("flash"));
    expect([holding.code, holding.session?.how.reset]).toEqual(["connected", "rts-only"]);
    expect(holding.events.filter(({ type }) => type === "buttons-needed")).toEqual([
      { type: "buttons-needed", code: "hold-flash", params: {} },
    ]);
  });

  it("that nobody helps is reported with its boot mode, in bounded time", async () => {
    const alone = await connectBehind({ wiring: "rts-only" });
    expect(alone.error).toMatchObject({ code: "connect-application", params: { bootMode: "3,6" } });
    expect(alone.elapsedMs).toBeLessThan(30_000);
  });
});

describe("the failure that is reported", () => {
  it("is the most telling of all attempts, with what the boot ROM said and the causes in order", async () => {
    const { error } = await connectBehind({ wiring: "auto-reset", enCapacitorMs: 700 });
    expect(error).toMatchObject({
      code: "connect-application",
      params: {
        bootMode: "3,6",
        log: expect.arrayContaining(["ets Jan  8 2013,rst cause:2, boot mode:(3,6)"]),
        causes: [
          "GPIO0 is not wired to the adapter or is held high",
          "the capacitor on the reset line is missing or far too large",
          "the driver sets DTR and RTS too far apart",
          "the reset circuit is another one than those that were tried",
        ],
      },
    });
  });

  it.each([
    ["gpio2", "low", "2,6", ["GPIO2 is held low at reset"]],
    ["gpio15", "high", "7,6", ["GPIO15 is not held low at reset"]],
  ] as const)("names the strap that is wrong: %s %s", async (pin, level, bootMode, causes) => {
    const { error } = await connectBehind({ faults: [{ kind: "stuck-strap", pin, level }] });
    expect(error).toMatchObject({ code: "connect-strapping", params: { bootMode, causes } });
  });

  it("is the wire to the chip where its loader started and does not answer", async () => {
    const { error } = await connectBehind({ faults: [{ kind: "silence", direction: "to-chip", after: 0 }] });
    expect(error).toMatchObject({ code: "connect-no-sync", params: { bootMode: "1,6" } });
  });

  it("is a board that says nothing where not even the boot ROM is heard", async () => {
    const { error } = await connectBehind({ faults: [{ kind: "silence", direction: "to-host", after: 0 }] });
    expect(error).toMatchObject({ code: "connect-silent" });
  });
});

describe("a sequence of somebody's own", () => {
  it.each([
    "D0 R1 W100 D1 R0 W50 D0",
    "D0|R1|W0.1|D1|R0|W0.05|D0",
    "u0,1 w100 u1,0 w50 u0,0 / d0 r1 w100 r0",
  ])("%s leads into the loader and out of it", async (reset) => {
    const { code, session, board, clock } = await connectBehind({}, { reset });
    expect([code, session?.how.reset]).toEqual(["connected", "custom"]);
    await session?.leave("hard-reset");
    clock.advance(300);
    expect(board.state.mode).toBe("application");
  });

  it("is read item by item", () => {
    const { steps, run, strapMs } = parseReset("D0 R1 W100 U1,0 W30 W20 D0 / R1 W5 R0", esp8266);
    expect({ steps, strapMs, run: run.steps }).toEqual({
      steps: [
        { dtr: false },
        { rts: true, waitMs: 100 },
        { dtr: true, rts: false, waitMs: 50 },
        { dtr: false },
      ],
      strapMs: 50,
      run: [{ rts: true, waitMs: 5 }, { rts: false }],
    });
  });

  it.each([
    ["D0 X1", "X1", 2],
    ["D0 R2", "R2", 2],
    ["D0 / R1 Q", "Q", 4],
    ["D1 W20000", "W20000", 2],
    ["W5", "W5", 1],
    ["", "", 1],
    ["D0 /", "", 3],
    ["thight", "thight", 1],
  ])("%j is refused with the item and its place", (text, item, place) => {
    expect(() => parseReset(text, esp8266)).toThrow(
      expect.objectContaining({ code: "reset-invalid", params: expect.objectContaining({ item, place }) }),
    );
  });

  it("of any length ends, or is refused", () => {
    const long = new Array(65).fill("D1").join(" ");
    expect(() => parseReset(long, esp8266)).toThrow(expect.objectContaining({ code: "reset-invalid" }));
  });
});

describe("through a browser, which sets one line after the other and opens the port again for every rate", () => {
  it.each<[CircuitName, readonly string[], number]>([
    ["auto-reset", ["tight-short"], 921_600],
    ["auto-reset, slow capacitor", ["tight-short", "classic", "classic-long"], 921_600],
    // Here opening is a reset: what has reached the loader is tried again without another rate behind it.
    ["direct", ["tight-short", "tight-short"], 460_800],
    ["swapped", ["tight-short", "classic", "classic-long", "swapped", "swapped", "swapped"], 115_200],
    ["inverted", ["tight-short", "classic", "classic-long", "swapped", "swapped", "swapped"], 115_200],
  ])("%s is reached by %j", async (circuit, tried, baudRate) => {
    const adapter = { vendorId: "1a86", productId: "7523" };
    const outcome = await connectBehind(circuits[circuit], { adapter }, () => {}, asInBrowser);
    expect([outcome.code, outcome.tried, outcome.session?.how.baudRate]).toEqual([
      "connected",
      tried,
      baudRate,
    ]);
    expect(outcome.session?.loader.kind).toBe("stub");
  });
});
