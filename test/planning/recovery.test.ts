/** Repairs: what a diagnosis' fixes change, and what they leave alone. @module */
import {
  connect,
  decodeFlashParams,
  esp8266,
  esp8266FlashParams,
  gatherContents,
  isFlasherError,
  modeRecovery,
  type PlannedFlash,
  planFlash,
  type RepairRequest,
  type RestoreRequest,
  runPlan,
  watchBoot,
} from "@flashwright/core";
import { dumpSource, type Fix, sessionSource, surveyFlash } from "@flashwright/core/diagnose";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { firstDifference } from "../support/content.js";
import { phyInit, wifiBlock } from "../support/made-firmware.js";
import { espruinoChip } from "./support/made-chip.js";
import { madeEspruino } from "./support/made-package.js";
import { after, mac, planned, story } from "./support/planned.js";

const c1 = { sizeFreq: 0x6f, mapSize: 0x400000 };
const chip = { mac, flashSize: 0x400000, loader: "stub" } as const;

async function repaired(flash: Uint8Array, fixes: readonly Fix[]): Promise<PlannedFlash> {
  const source = dumpSource(flash);
  const survey = await surveyFlash(source, { depth: "quick" });
  const request: RepairRequest = { intent: "recover", target: esp8266, chip, survey, fixes };
  return planFlash({ ...request, contents: await gatherContents(source, request) });
}

/** The code with which something is refused; `undefined` where it is not. */
function refusalOf(plan: () => unknown): string | undefined {
  try {
    plan();
  } catch (error) {
    if (isFlasherError(error)) return error.code;
    throw error;
  }
  return undefined;
}

/** Bytes that differ, as `offset: before -> after`. */
function changes(before: Uint8Array, result: Uint8Array): string[] {
  const found: string[] = [];
  before.forEach((byte, at) => {
    if (byte !== result[at]) found.push(`0x${at.toString(16)}: ${byte} -> ${result[at]}`);
  });
  return found;
}

describe("a repair without a package", () => {
  it("changes two bytes of the first sector for another mode and frequency", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    const made = await repaired(flash, [{ kind: "header", mode: "dout", freq: "40m" }]);
    expect(changes(flash, after(made, flash))).toEqual(["0x2: 2 -> 3", "0x3: 111 -> 96"]);
    expect(made.plan.writes.map(({ region }) => region)).toEqual([{ offset: 0, size: 0x1000 }]);
    expect([made.plan.header!.mode, made.plan.header!.size].map(({ reason }) => reason.code)).toEqual([
      "header-as-diagnosed",
      "header-as-present",
    ]);
    expect(made.plan.warnings).toEqual([]);
  });

  it("says of each field of the header whether somebody asked for it or the diagnosis did", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    const fixes: Fix[] = [{ kind: "header", mode: "dout", freq: "40m" }];
    const header = { mode: esp8266FlashParams.modes.find(({ name }) => name === "qio")! };
    const survey = await surveyFlash(dumpSource(flash), { depth: "quick" });
    const pack = madeEspruino("ESP8266_4MB", "2v09");
    const request = {
      intent: "recover",
      target: esp8266,
      chip,
      survey,
      fixes,
      header,
      package: pack,
    } as const;
    const contents = await gatherContents(dumpSource(flash), request);
    const { mode, freq, size } = planFlash({ ...request, contents }).plan.header!;
    expect([mode, freq, size].map(({ name, reason }) => `${name} ${reason.code}`)).toEqual([
      "qio header-as-asked",
      "40m header-as-diagnosed",
      "4MB-c1 map-kept",
    ]);
  });

  it("backs up what a person stored, although it keeps it", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    const made = await repaired(flash, [{ kind: "header", mode: "dout" }]);
    expect(story(made.plan)).toContain("0x0cb000..0x0fafff kept storage <storage> kept-readable backed up");
    expect(made.backup).toEqual([{ offset: 0xcb000, size: 0x30000 }]);
  });

  it("puts PHY init data where another map looks for it", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "2v09", { sizeFreq: 0x00, mapSize: 0x80000 });
    const made = await repaired(flash, [{ kind: "header", size: "4MB" }]);
    const result = after(made, flash);
    expect(result[3]).toBe(0x40);
    expect(result.slice(0x3fc000, 0x3fc080)).toEqual(phyInit(8));
    expect(result.slice(0x77000, 0x7b000)).toEqual(flash.slice(0x77000, 0x7b000));
    expect(made.plan.warnings.map(({ code }) => code)).toEqual(["phy-init-moved"]);
  });

  it("makes PHY init data where none is, and leaves those alone that are there", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    const gone = flash.slice().fill(0xff, 0x3fc000, 0x3fd000);
    expect(firstDifference(after(await repaired(gone, [{ kind: "phy-init" }]), gone), flash)).toBeUndefined();
    await expect(repaired(flash, [{ kind: "phy-init" }])).rejects.toMatchObject({ code: "nothing-to-write" });
  });

  it("erases regions by name and says what they held", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "1v95", { sizeFreq: 0x40, mapSize: 0x400000 });
    const made = await repaired(flash, [{ kind: "erase", regions: ["saved-code"] }]);
    expect(story(made.plan).filter((line) => line.includes("saved-code"))).toEqual([
      "0x078000..0x078fff lost saved-code <saved-code> lost-erased backed up",
      "0x079000..0x079fff equal saved-code blank-by-fix",
      "0x07a000..0x07afff lost saved-code <saved-code> lost-erased backed up",
    ]);
    expect(firstDifference(after(made, flash), flash.slice().fill(0xff, 0x78000, 0x7b000))).toBeUndefined();
  });

  it("does not put a map in force that the chip is too small for", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "2v09", {
      sizeFreq: 0,
      mapSize: 0x80000,
      flashSize: 0x80000,
    });
    const survey = await surveyFlash(dumpSource(flash), { depth: "quick" });
    const request: RepairRequest = {
      intent: "recover",
      target: esp8266,
      chip: { ...chip, flashSize: 0x80000 },
      survey,
      fixes: [{ kind: "header", size: "1MB" }],
    };
    expect(refusalOf(() => planFlash(request))).toBe("map-exceeds-chip");
  });

  it("says what only a package can bring back", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    const fixes: Fix[] = [{ kind: "rewrite", slots: ["boot", "user1"] }];
    const error = await repaired(flash, fixes).catch((thrown: unknown) => thrown);
    expect(isFlasherError(error) && [error.code, error.message]).toEqual([
      "recover-needs-package",
      "What is damaged can only come from the firmware's package: boot and user1.",
    ]);
  });
});

describe("a repair of the map alone", () => {
  it("loses nothing where the program is whole in which settings would have been stored", async () => {
    const flash = espruinoChip("ESP8266_4MB", "1v95", { sizeFreq: 0x4f, mapSize: 0x400000 });
    const { plan } = await repaired(flash, [{ kind: "header", size: "4MB-c1" }]);
    expect(plan.writes.map(({ region }) => region)).toEqual([{ offset: 0, size: 0x1000 }]);
    expect(story(plan).filter((line) => /^0x07[7b]000/.test(line))).toEqual([
      "0x077000..0x077fff kept user1 <user1> sector-untouched",
      "0x07b000..0x07bfff kept user1 <user1> sector-untouched",
    ]);
  });

  it("loses the settings that were stored in the program", async () => {
    const flash = espruinoChip("ESP8266_4MB", "1v95", { sizeFreq: 0x4f, mapSize: 0x400000 });
    flash.fill(0xff, 0x7b000, 0x7c000);
    flash.set(wifiBlock({ ssid: "home", password: "secret12" }), 0x7b000);
    const { plan } = await repaired(flash, [{ kind: "header", size: "4MB-c1" }]);
    expect(story(plan).filter((line) => line.includes("0x07b000"))).toEqual([
      "0x07b000..0x07bfff lost user1 <wifi> lost-place-changed backed up",
    ]);
  });
});

describe("a repair with a package", () => {
  it("writes only what is damaged, and the header that the diagnosis asks for", async () => {
    const flash = espruinoChip("ESP8266_4MB", "1v95", { sizeFreq: 0x4f, mapSize: 0x400000 });
    const sound = flash.slice();
    flash.fill(0xff, 0x7b000, 0x7c000);
    flash.set(wifiBlock({ ssid: "home", password: "secret12" }), 0x7b000);
    const made = await planned(flash, {
      intent: "recover",
      package: madeEspruino("ESP8266_4MB", "1v95"),
      fixes: [
        { kind: "header", size: "4MB-c1" },
        { kind: "rewrite", slots: ["user1"] },
      ],
    });
    expect(made.plan.writes.map(({ region }) => region)).toEqual([
      { offset: 0, size: 0x1000 },
      { offset: 0x7b000, size: 0x1000 },
    ]);
    // Under the map that is to be in force Wi-Fi settings are there; until now it is a program's own.
    sound.fill(0xff, 0xfb000, 0xfc000);
    sound[3] = 0x6f;
    expect(firstDifference(after(made, flash), sound)).toBeUndefined();
    expect(story(made.plan).filter((line) => line.includes(" lost "))).toEqual([
      "0x07b000..0x07bfff lost user1 <wifi> lost-overwritten backed up",
      "0x0fb000..0x0fbfff lost wifi <free> lost-place-changed backed up",
    ]);
  });
});

describe("a backup that is put back", () => {
  it("brings its bytes and its blanks, and touches nothing else", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "2v09", { sizeFreq: 0x40, mapSize: 0x400000 });
    const wiped = flash.slice().fill(0x00, 0x77000, 0x7b000);
    const source = dumpSource(wiped);
    const survey = await surveyFlash(source, { depth: "quick" });
    const request: RestoreRequest = {
      intent: "restore",
      target: esp8266,
      chip,
      survey,
      regions: [{ name: "storage", offset: 0x77000, bytes: flash.slice(0x77000, 0x78000) }],
      blank: [{ offset: 0x78000, size: 0x3000 }],
    };
    const made = planFlash({ ...request, contents: await gatherContents(source, request) });
    expect(firstDifference(after(made, wiped), flash)).toBeUndefined();
    expect(story(made.plan).filter((line) => line.includes(" storage"))).toEqual([
      "0x077000..0x077fff written storage",
      "0x078000..0x07afff erased storage blank-in-backup",
    ]);
  });
});

describe("a boot sector that is put back", () => {
  it("is neither patched nor judged as a file, although its image goes on behind it", async () => {
    const flash = espruinoChip("ESP8266_BOARD", "2v09", { sizeFreq: 0x40, mapSize: 0x400000 });
    const bytes = flash.slice(0, 0x1000);
    // Of the image only the first segment is in the sector.
    bytes[1] = 8;
    const { plan, data } = planFlash({
      intent: "restore",
      target: esp8266,
      chip,
      regions: [{ name: "boot", offset: 0, bytes }],
      blank: [],
    });
    expect([...data.values()]).toEqual([bytes]);
    expect(plan.warnings).toEqual([]);
  });
});

describe("modes to try", () => {
  const params = (mode: number, sizeFreq: number) => decodeFlashParams(mode, sizeFreq, esp8266FlashParams);
  const tried = (present: Parameters<typeof modeRecovery>[0]) =>
    modeRecovery(present, esp8266).map((fix) => (fix.kind === "header" ? `${fix.mode} ${fix.freq}` : fix));

  it.each([
    ["QIO at 80 MHz", params(0, 0x6f), ["qio 40m", "dio 40m", "dout 40m"]],
    ["QIO at 40 MHz", params(0, 0x60), ["dio 40m", "dout 40m"]],
    ["QOUT at 80 MHz", params(1, 0x6f), ["dio 40m", "dout 40m"]],
    ["DIO at 80 MHz", params(2, 0x6f), ["dio 40m", "dout 40m"]],
    ["DOUT at 40 MHz", params(3, 0x60), []],
    ["nothing that is known", undefined, ["qio 80m", "qio 40m", "dio 40m", "dout 40m"]],
  ])("after %s are slower ones", (_, present, expected) => {
    expect(tried(present)).toEqual(expected);
  });

  it("start a board that cannot read in the mode of its header, one sector written for each", async () => {
    const flash = espruinoChip("ESP8266_4MB", "2v09", c1);
    flash[2] = 0;
    const clock = createVirtualClock();
    const board = createVirtualBoard({ board: "d1-mini-pro", flash, clock, pace: "line" });
    let header = params(flash[2], flash[3]!);
    const verdicts: string[] = [];
    for (;;) {
      const session = await connect(board.reconnect(), { target: esp8266, clock });
      const { verdict } = await watchBoot(session, {
        limits: { silenceMs: 400, settleMs: 200, recoveryMs: 300 },
      });
      verdicts.push(`${header.mode!.name}: ${verdict}`);
      const [fix] = modeRecovery(header, esp8266);
      if (verdict !== "does-not-boot" || fix === undefined) break;
      const again = await connect(board.reconnect(), { target: esp8266, clock });
      const source = sessionSource(again);
      const survey = await surveyFlash(source, { depth: "quick" });
      const request: RepairRequest = {
        intent: "recover",
        target: esp8266,
        chip: { mac: again.chip.mac, flashSize: again.flashSize, loader: "stub" },
        survey,
        fixes: [fix],
      };
      const made = planFlash({ ...request, contents: await gatherContents(source, request) });
      const outcome = await runPlan(again, made.plan, made.data, { contentsFresh: true });
      expect(outcome.writtenBytes).toBe(0x1000);
      header = params(board.flash[2]!, board.flash[3]!);
    }
    expect(verdicts).toEqual(["qio: does-not-boot", "qio: does-not-boot", expect.stringMatching(/^dio: /)]);
    expect(verdicts[2]).not.toBe("dio: does-not-boot");
  });
});
