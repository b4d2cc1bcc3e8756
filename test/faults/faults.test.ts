import { connect, esp8266, isFlasherError, planFlash, readFills, runPlan } from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type Fault,
  type VirtualBoard,
} from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";

/** Noise of a linear congruential generator. */
function noise(size: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

const before = noise(0x40000, 7);
const image = noise(0x14321, 11);
const OFFSET = 0x3000;

/** What flash holds when the image was written and nothing else was changed. */
function promised(board: VirtualBoard): Uint8Array {
  const flash = new Uint8Array(board.flash.length).fill(0xff);
  flash.set(before);
  flash.set(image, OFFSET);
  return flash;
}

interface Outcome {
  /** "done", or the error's code. */
  readonly code: string;
  readonly flashIsRight: boolean;
  readonly elapsedMs: number;
  readonly portClosed: boolean;
  readonly bytesToChip: number;
  readonly bytesToHost: number;
}

/** Connects, plans and writes as an application would; closes the port in any case. */
async function flashUnder(faults: readonly Fault[], seed: number, stub = true): Promise<Outcome> {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ board: "esp-12f", flash: before, clock, pace: "line", faults, seed });
  const { transport } = board;
  let code = "done";
  try {
    const session = await connect(transport, { target: esp8266, clock, stub });
    const images = [{ name: "image.bin", offset: OFFSET, bytes: image }];
    const contents = stub ? await readFills(session, images) : [];
    const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
    const { plan, data } = planFlash({ target: esp8266, chip, images, contents });
    await runPlan(session, plan, data);
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    code = error.code;
  } finally {
    await transport.close();
  }
  const end = await transport.closed;
  const { bytesToChip, bytesToHost } = board.statistics;
  const flashIsRight = promised(board).every((byte, at) => byte === board.flash[at]);
  const elapsedMs = clock.now();
  return { code, flashIsRight, elapsedMs, portClosed: end !== undefined, bytesToChip, bytesToHost };
}

/** Longer than any deadline in the client: what takes longer hangs. */
const PATIENCE_MS = 900_000;

/** The rule for every fault: a flash that is right, or a typed error; in time; the port closed. */
function expectHonest(outcome: Outcome): void {
  expect(outcome.portClosed).toBe(true);
  expect(outcome.elapsedMs).toBeLessThan(PATIENCE_MS);
  if (outcome.code === "done") expect(outcome.flashIsRight).toBe(true);
}

describe("without faults", () => {
  it("writes the image and keeps every other byte", async () => {
    expect(await flashUnder([], 1)).toMatchObject({ code: "done", flashIsRight: true, portClosed: true });
  });
});

describe("a byte of the line, once", () => {
  const kinds = ["drop-bytes", "corrupt-bytes"] as const;
  const places = [
    ["in the synchronisation", 200],
    ["in the stub upload", 9_000],
    ["in the first data block", 16_000],
    ["in a later data block", 70_000],
    ["near the end", 95_000],
  ] as const;
  for (const kind of kinds) {
    it.each(places)(`${kind} on the way to the chip %s is made good`, async (_, after) => {
      const outcome = await flashUnder([{ kind, direction: "to-chip", after }], 3);
      expectHonest(outcome);
      expect(outcome.code).toBe("done");
    });
    it.each([
      ["in the identity", 150],
      ["among the stub's replies", 350],
      ["in what is read to be kept", 2_000],
      ["in the replies to data", 3_840],
    ])(`${kind} on the way to the host %s does no harm`, async (_, after) => {
      expectHonest(await flashUnder([{ kind, direction: "to-host", after }], 3));
    });
  }
});

describe("a bad cable", () => {
  const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
  it.each(seeds)("one byte in 20,000 dropped, seed %i: right or refused", async (seed) => {
    const probability = 1 / 20_000;
    const faults: Fault[] = [
      { kind: "drop-bytes", direction: "to-chip", probability },
      { kind: "drop-bytes", direction: "to-host", probability },
    ];
    expectHonest(await flashUnder(faults, seed));
  });
  it.each(seeds)("one byte in 20,000 turned, seed %i: right or refused", async (seed) => {
    const probability = 1 / 20_000;
    const faults: Fault[] = [
      { kind: "corrupt-bytes", direction: "to-chip", probability },
      { kind: "corrupt-bytes", direction: "to-host", probability },
    ];
    expectHonest(await flashUnder(faults, seed));
  });
  it.each([1, 2, 3])(
    "one byte in 20,000 turned under the ROM loader, seed %i: right or refused",
    async (seed) => {
      const faults: Fault[] = [{ kind: "corrupt-bytes", direction: "to-chip", probability: 1 / 20_000 }];
      const outcome = await flashUnder(faults, seed, false);
      expect(outcome.portClosed).toBe(true);
      expect(outcome.elapsedMs).toBeLessThan(PATIENCE_MS);
    },
  );
});

describe("the line ends", () => {
  it.each([60, 5_000, 13_500, 20_000, 60_000])("pulled after %i bytes: port-lost", async (after) => {
    const outcome = await flashUnder([{ kind: "cut-line", direction: "to-chip", after }], 1);
    expectHonest(outcome);
    expect(outcome.code).toBe("port-lost");
  });
  it.each([
    ["to-chip", 60],
    ["to-chip", 30_000],
    ["to-host", 10],
    ["to-host", 700],
    ["to-host", 3_840],
  ] as const)("silent %s after %i bytes: a typed error in time", async (direction, after) => {
    const outcome = await flashUnder([{ kind: "silence", direction, after }], 1);
    expectHonest(outcome);
    expect(outcome.code).not.toBe("done");
  });
  it("a delay of 2 s in mid-write is waited for", async () => {
    const outcome = await flashUnder(
      [{ kind: "delay-bytes", direction: "to-chip", after: 40_000, ms: 2000 }],
      1,
    );
    expect(outcome).toMatchObject({ code: "done", flashIsRight: true });
  });
});

describe("the chip and its flash", () => {
  it.each([
    ["program", 40],
    ["program", 2_000],
    ["erase", 0],
    ["erase", 3],
  ] as const)("power lost in a %s after %i of them: a typed error", async (during, after) => {
    const outcome = await flashUnder([{ kind: "power-loss", during, after }], 1);
    expectHonest(outcome);
    expect(outcome.code).not.toBe("done");
  });
  it("a sector that does not erase is named", async () => {
    const outcome = await flashUnder([{ kind: "dead-sector", offset: 0x5000 }], 1);
    expect(outcome.code).toBe("verify-failed");
  });
  it("bits that do not program are named", async () => {
    const outcome = await flashUnder([{ kind: "stuck-bits", offset: 0x7010, length: 1 }], 1);
    expectHonest(outcome);
    expect(outcome.code).toBe("verify-failed");
  });
  it("block protection that returns is found before anything is written", async () => {
    const outcome = await flashUnder([{ kind: "returning-protection" }], 1);
    expect(outcome.code).toBe("flash-protected");
  });
  it("the ROM loader finds a sector that does not erase by reading back", async () => {
    const outcome = await flashUnder([{ kind: "dead-sector", offset: 0x5000 }], 1, false);
    expect(outcome.code).toBe("write-refused");
  });
});

describe("straps that are stuck", () => {
  it.each([
    ["gpio0", "high", "connect-application"],
    ["gpio2", "low", "connect-strapping"],
    ["gpio15", "high", "connect-strapping"],
  ] as const)("%s %s: %s", async (pin, level, code) => {
    expect((await flashUnder([{ kind: "stuck-strap", pin, level }], 1)).code).toBe(code);
  });
  it("GPIO0 stuck low lets the chip be flashed", async () => {
    const outcome = await flashUnder([{ kind: "stuck-strap", pin: "gpio0", level: "low" }], 1);
    expect(outcome).toMatchObject({ code: "done", flashIsRight: true });
  });
});
