/**
 * What the workarounds of the client are for: each is taken out of the target's data in turn, and the virtual chip, which
 * has the quirk, turns the flash wrong or the operation into an error.
 *
 * @module
 */
import {
  commands,
  connect,
  esp8266,
  type ImageInput,
  isFlasherError,
  planFlash,
  readFills,
  runPlan,
  type Session,
  type Target,
} from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoardOptions,
} from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const KB = 1024;

/** A connected board of 4 MB with noise in its first 256 KB. */
async function desk(
  target: Target,
  board: VirtualBoardOptions = {},
  options: { stub?: boolean; baudRate?: number } = {},
) {
  const clock = createVirtualClock();
  const virtual = createVirtualBoard({ flash: noise(256 * KB, 5), pace: "line", clock, ...board });
  const session = await connect(virtual.transport, { target, clock, ...options });
  return { virtual, session, clock };
}

/** Writes one image; what the flash should hold then, beside what it holds. */
async function write(session: Session, flash: Uint8Array, image: ImageInput) {
  const promised = flash.slice();
  const stub = session.loader.kind === "stub";
  const contents = stub ? await readFills(session, [image]) : [];
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  const { plan, data } = planFlash({ target: session.target, chip, images: [image], contents });
  for (const { region, erases, sha256 } of plan.writes) {
    promised.fill(0xff, erases.offset, erases.offset + erases.size);
    promised.set(data.get(sha256) ?? [], region.offset);
  }
  await runPlan(session, plan, data);
  return Buffer.compare(flash, promised) === 0;
}

/** The code with which `work` fails, or its result. */
async function outcome<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work;
  } catch (error) {
    if (isFlasherError(error)) return error.code;
    throw error;
  }
}

const image: ImageInput = { name: "image.bin", offset: 0x3000, bytes: noise(9 * KB, 8) };
/** The target with parts of one of its tables replaced. */
function without<K extends keyof Target>(key: K, part: Partial<Target[K]>): Target {
  return { ...esp8266, [key]: { ...(esp8266[key] as object), ...part } };
}

describe("the erase-size bug of the mask ROM", () => {
  it("takes exactly what the plan says when the word is corrected", async () => {
    const { session, virtual } = await desk(esp8266, {}, { stub: false });
    expect(await write(session, virtual.flash, image)).toBe(true);
  });

  it("takes sectors that nobody announced when it is not", async () => {
    const naive = without("rom", { eraseWord: ({ size }) => size });
    const { session, virtual } = await desk(naive, {}, { stub: false });
    expect(await write(session, virtual.flash, image)).toBe(false);
  });

  it("takes one more than the plan says when the plan does not count the extra sector", async () => {
    const naive = without("rom", { erases: (region) => region });
    const { session, virtual } = await desk(naive, {}, { stub: false });
    expect(await write(session, virtual.flash, image)).toBe(false);
  });
});

describe("block protection", () => {
  /** Sets BP0 to BP2, as an earlier session of the ROM loader does on leaving. */
  async function protect(session: Session): Promise<void> {
    const spi = 0x60000200;
    await session.connection.send(
      commands.writeRegs([
        { address: spi, value: 1 << 30 },
        { address: spi + 0x10, value: 0x1c },
        { address: spi, value: 1 << 26 },
        { address: spi + 0x40, value: 0, delayUs: 20_000 },
      ]),
    );
  }

  it("is cleared before the stub writes", async () => {
    const { session, virtual } = await desk(esp8266);
    await protect(session);
    expect(virtual.state.statusRegister & 0x1c).toBe(0x1c);
    expect(await write(session, virtual.flash, image)).toBe(true);
  });

  it("makes the stub report success and write nothing, which only the MD5 shows, when it is not looked at", async () => {
    const { session, virtual } = await desk(without("spi", { protectionMask: 0 }));
    await protect(session);
    const before = virtual.flash.slice();
    expect(await outcome(write(session, virtual.flash, image))).toBe("verify-failed");
    expect(Buffer.compare(virtual.flash, before)).toBe(0);
  });
});

describe("flash beyond 4 MiB", () => {
  const high: ImageInput = { ...image, offset: 0x500000 };

  it.each([true, false])("is written after the ROM was told the size (stub: %s)", async (stub) => {
    const { session, virtual } = await desk(esp8266, { board: "d1-mini-pro" }, { stub });
    expect(await write(session, virtual.flash, high)).toBe(true);
  });

  it("is refused by the stub when the ROM was not told", async () => {
    const { session, virtual } = await desk(without("rom", { setFlashSize: () => [] }), {
      board: "d1-mini-pro",
    });
    const { offset, bytes } = { ...high, bytes: noise(4 * KB, 1) };
    expect(await outcome(session.loader.write(offset, bytes))).toBe("write-refused");
    expect(virtual.flash[offset]).toBe(0xff);
  });
});

describe("the preamble of SYNC", () => {
  const syncsOf = async (target: Target): Promise<number> => {
    const clock = createVirtualClock();
    const { transport } = createVirtualBoard({ pace: "line", clock });
    let syncs = 0;
    const write = transport.write.bind(transport);
    transport.write = (bytes) => {
      if (Buffer.from(bytes).includes(Buffer.from([0xc0, 0x00, 0x08, 0x24]))) syncs++;
      return write(bytes);
    };
    await connect(transport, { target, clock });
    return syncs;
  };

  it("gets the first SYNC answered", async () => {
    expect(await syncsOf(esp8266)).toBe(1);
  });

  it("costs another SYNC where there is none: the ROM spends the first on measuring the rate", async () => {
    const silent = without("sync", { preamble: { byte: 0x55, ms: 0 } });
    expect(await syncsOf(silent)).toBeGreaterThan(1);
  });
});

describe("the stub's baud formula", () => {
  it("leads to the wanted rate from any rate", async () => {
    const { session } = await desk(esp8266, {}, { baudRate: 921_600 });
    expect(session.baudRate).toBe(921_600);
  });

  it("leads elsewhere when the present rate is taken for its reference", async () => {
    const { session } = await desk(without("uart", { referenceBaudRate: 460_800 }));
    expect(await outcome(session.setBaudRate(921_600))).toBe("baud-change-failed");
  });
});

describe("offsets that are no multiple of 4", () => {
  it("never reach the stub from a plan", async () => {
    const { session, virtual } = await desk(esp8266);
    expect(await outcome(write(session, virtual.flash, { ...image, offset: 0x3002 }))).toBe(
      "offset-misaligned",
    );
  });

  it("crash it", async () => {
    const { session } = await desk(esp8266);
    expect(await outcome(session.loader.write(0x3002, noise(4 * KB, 1)))).toBe("chip-crashed");
  });
});
