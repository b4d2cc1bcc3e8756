/** Plans that must not run: nothing is written, and the error says which rule they break. @module */
import {
  connect,
  esp8266,
  type FlashPlan,
  isFlasherError,
  type PlanData,
  parsePlan,
  planFlash,
  readFills,
  runPlan,
} from "@flashwright/core";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

/** A board, a session on it, and a plan that keeps what shares a sector with its image. */
async function planned(stub = true) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: noise(0x8000, 1), pace: "line", clock });
  const session = await connect(board.transport, { target: esp8266, clock, stub });
  const images = [{ name: "a.bin", offset: 0x1000, bytes: noise(0x1800, 2) }];
  const contents = stub ? await readFills(session, images) : [];
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  return { board, session, ...planFlash({ target: esp8266, chip, images, contents }) };
}

type Desk = Awaited<ReturnType<typeof planned>>;

/** The code with which the plan is refused; the flash must be as it was. */
async function refusal({ board, session }: Desk, plan: FlashPlan, data: PlanData) {
  const before = board.flash.slice();
  const error = await runPlan(session, plan, data).catch((error: unknown) => error);
  expect(Buffer.compare(board.flash, before)).toBe(0);
  return isFlasherError(error) ? error.code : error;
}

/** The plan's accounts, up to the end of its flash. */
function stretched({ accounts, flashSize }: FlashPlan): FlashPlan["accounts"] {
  const last = accounts[accounts.length - 1];
  const size = flashSize - last.region.offset;
  return [...accounts.slice(0, -1), { ...last, region: { offset: last.region.offset, size } }];
}

describe("a plan is refused before anything is written", () => {
  it.each([
    ["another chip's", { mac: "5c:cf:7f:00:00:01" }, "plan-wrong-chip"],
    ["another kind of chip's", { target: "esp32" }, "plan-wrong-chip"],
    ["for a flash of another size", { flashSize: 0x800000 }, "plan-wrong-chip"],
    ["for the other loader", { loader: "rom" }, "plan-wrong-loader"],
    ["of a later version", { version: 3 }, "plan-format"],
    ["without its writes", { writes: [] }, "plan-format"],
  ])("when it is %s", async (_, change, code) => {
    const desk = await planned();
    const plan = { ...desk.plan, ...change } as FlashPlan;
    expect(await refusal(desk, { ...plan, accounts: stretched(plan) }, desk.data)).toBe(code);
  });

  it("when what it keeps has changed since", async () => {
    const desk = await planned();
    desk.board.flash[0x2fff] ^= 1;
    expect(await refusal(desk, desk.plan, desk.data)).toBe("plan-stale");
  });

  it.each([true, false])("when its bytes are missing, short or others; stub: %s", async (stub) => {
    const desk = await planned(stub);
    const [[sha256, bytes]] = desk.data;
    const others = bytes.slice();
    others[7] ^= 0x10;
    for (const data of [[], [[sha256, bytes.subarray(1)]], [[sha256, others]]] as [string, Uint8Array][][]) {
      expect(await refusal(desk, desk.plan, new Map(data))).toBe("plan-data-missing");
    }
  });

  it("when it hides a sector that the mask ROM takes with it", async () => {
    const desk = await planned(false);
    const [write] = desk.plan.writes;
    const image = { ...desk.plan.images[0], size: 0x1000 };
    const region = { offset: 0x1000, size: 0x1000 };
    const accounts = [
      { ...desk.plan.accounts[0], region: { offset: 0, size: 0x1000 } },
      { ...desk.plan.accounts[1], region },
      { ...desk.plan.accounts[2], region: { offset: 0x2000, size: 0x3fe000 } },
    ];
    const writes = [{ ...write, region, erases: region, fills: [] }];
    const plan = { ...desk.plan, images: [image], writes, accounts };
    expect(parsePlan(plan)).toEqual(plan);
    expect(await refusal(desk, plan, desk.data)).toBe("plan-stale");
  });
});

describe("a plan that was stored", () => {
  it("runs after JSON as it would have before", async () => {
    const { board, session, plan, data } = await planned();
    const kept = board.flash.slice(0x2800, 0x3000);
    const { result } = await runPlan(session, parsePlan(JSON.parse(JSON.stringify(plan))), data);
    expect(result.code).toBe("flash-written-verified");
    expect(board.flash.slice(0x1000, 0x2800)).toEqual(noise(0x1800, 2));
    expect(board.flash.slice(0x2800, 0x3000)).toEqual(kept);
  });
});
