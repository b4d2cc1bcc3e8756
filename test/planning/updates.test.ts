/** What named updates keep and what they lose: the whole chip, sector by sector, as a person is told. @module */
import type { FlashPlan } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { atChip, espruinoChip } from "./support/made-chip.js";
import { madeEspruino } from "./support/made-package.js";
import { planned, story } from "./support/planned.js";

const on4MB = { sizeFreq: 0x40, mapSize: 0x400000 };
const on4MBc1 = { sizeFreq: 0x6f, mapSize: 0x400000 };

function header({ header }: FlashPlan): string[] {
  const fields = [header!.mode, header!.freq, header!.size];
  return fields.map(({ name, reason }) => `${name} ${reason.code}`);
}

describe("updates of ESP8266_BOARD under the map 4MB to 2v09", () => {
  const update = async (version: string) =>
    planned(espruinoChip("ESP8266_BOARD", version, on4MB), {
      intent: "update",
      package: madeEspruino("ESP8266_BOARD", "2v09"),
    });
  const untouchedTail = [
    "0x3fc000..0x3fcfff kept phy-init <phy-init> kept-phy-init",
    "0x3fd000..0x3fefff kept system-params <system-params> sector-untouched",
    "0x3ff000..0x3fffff kept boot-flag <boot-flag> sector-untouched",
  ];

  it("from 1v95 lose saved code and Wi-Fi settings to other formats, and the EEPROM page to Storage", async () => {
    const { plan, backup } = await update("1v95");
    expect(story(plan)).toEqual([
      "0x000000..0x000fff equal boot <boot>",
      "0x001000..0x072fff written user1",
      "0x073000..0x075fff kept user1 sector-untouched",
      "0x076000..0x076fff kept unused sector-untouched",
      "0x077000..0x077fff lost storage <eeprom> lost-place-changed backed up",
      "0x078000..0x078fff lost storage <saved-code> lost-format-changed backed up",
      "0x079000..0x079fff equal storage blank-of-other-content",
      "0x07a000..0x07afff lost storage <saved-code> lost-format-changed backed up",
      "0x07b000..0x07bfff lost unused <wifi> lost-format-changed backed up",
      "0x07c000..0x07ffff kept unused sector-untouched",
      "0x080000..0x080fff kept free <rf-cal> sector-untouched",
      "0x081000..0x0f6fff kept user2 sector-untouched",
      "0x0f7000..0x3fafff kept free <free> kept-readable",
      "0x3fb000..0x3fbfff equal rf-cal blank-recreated",
      ...untouchedTail,
    ]);
    expect(backup).toEqual([{ offset: 0x77000, size: 0x5000 }]);
    expect(header(plan)).toEqual(["dio header-as-present", "40m header-as-present", "4MB map-kept"]);
    expect(plan.boots).toEqual({ slot: "user1", offset: 0x1000 });
  });

  it("from 2v04 lose Storage, whose headers have another form since 2v05", async () => {
    const { plan, backup } = await update("2v04");
    expect(story(plan).slice(1)).toEqual([
      "0x001000..0x072fff written user1",
      "0x073000..0x075fff kept user1 sector-untouched",
      "0x076000..0x076fff kept unused sector-untouched",
      "0x077000..0x077fff lost storage <storage> lost-format-changed backed up",
      "0x078000..0x07afff equal storage blank-of-other-content",
      "0x07b000..0x07ffff kept unused sector-untouched",
      "0x080000..0x080fff kept free <free> kept-readable",
      "0x081000..0x0f6fff kept user2 sector-untouched",
      "0x0f7000..0x3fafff kept free <free> kept-readable",
      "0x3fb000..0x3fbfff kept rf-cal <rf-cal> sector-untouched",
      ...untouchedTail,
    ]);
    expect(plan.erases).toEqual([{ offset: 0x77000, size: 0x1000 }]);
    expect(backup).toEqual([{ offset: 0x77000, size: 0x4000 }]);
  });

  it("from 2v09 write nothing and keep everything", async () => {
    const { plan, backup } = await update("2v09");
    expect(story(plan).slice(0, 5)).toEqual([
      "0x000000..0x000fff equal boot <boot>",
      "0x001000..0x072fff equal user1 <user1>",
      "0x073000..0x075fff kept user1 sector-untouched",
      "0x076000..0x076fff kept unused sector-untouched",
      "0x077000..0x07afff kept storage <storage> kept-readable",
    ]);
    expect([plan.writes, plan.erases, backup]).toEqual([[], [], []]);
  });
});

describe("updates of ESP8266_4MB under the map 4MB-c1 to 2v09", () => {
  const update = async (version: string, chip = on4MBc1) =>
    planned(espruinoChip("ESP8266_4MB", version, chip), {
      intent: "update",
      package: madeEspruino("ESP8266_4MB", "2v09"),
    });

  it("from 1v95 lose the saved code and the Wi-Fi block", async () => {
    const { plan, backup } = await update("1v95");
    expect(story(plan)).toEqual([
      "0x000000..0x000fff equal boot <boot>",
      "0x001000..0x0abfff written user1",
      "0x0ac000..0x0cafff kept user1 sector-untouched",
      "0x0cb000..0x0eafff equal storage blank-of-other-content",
      "0x0eb000..0x0ebfff lost storage <saved-code> lost-format-changed backed up",
      "0x0ec000..0x0f9fff equal storage blank-of-other-content",
      "0x0fa000..0x0fafff lost storage <saved-code> lost-format-changed backed up",
      "0x0fb000..0x0fbfff lost unused <wifi> lost-format-changed backed up",
      "0x0fc000..0x0fffff kept reserved sector-untouched",
      "0x100000..0x100fff kept unused sector-untouched",
      "0x101000..0x1fffff kept user2 sector-untouched",
      "0x200000..0x3fafff kept free <free> kept-readable",
      "0x3fb000..0x3fbfff equal rf-cal blank-recreated",
      "0x3fc000..0x3fcfff kept phy-init <phy-init> kept-phy-init",
      "0x3fd000..0x3fefff kept system-params <system-params> sector-untouched",
      "0x3ff000..0x3fffff kept boot-flag <boot-flag> sector-untouched",
    ]);
    expect(backup).toEqual([{ offset: 0xeb000, size: 0x11000 }]);
  });

  it("put 1v95 that was flashed for 4MB under the map that it was built for", async () => {
    const { plan } = await update("1v95", { sizeFreq: 0x4f, mapSize: 0x400000 });
    expect(header(plan)).toEqual(["dio header-as-present", "80m header-as-present", "4MB-c1 map-linked"]);
    expect(story(plan)[0]).toBe("0x000000..0x000fff written boot");
  });

  it("from 2v04 lose Storage and from 2v09 keep it", async () => {
    const older = await update("2v04");
    expect(story(older.plan).filter((line) => line.includes("storage"))).toEqual([
      "0x0cb000..0x0cbfff lost storage <storage> lost-format-changed backed up",
      "0x0cc000..0x0fafff equal storage blank-of-other-content",
    ]);
    const same = await update("2v09");
    expect(story(same.plan).filter((line) => line.includes("storage"))).toEqual([
      "0x0cb000..0x0fafff kept storage <storage> kept-readable",
    ]);
    expect([same.plan.writes, same.plan.erases]).toEqual([[], []]);
  });

  it("say that a saved image is bound to its version where the versions differ", async () => {
    const { plan } = await planned(espruinoChip("ESP8266_4MB", "2v09", on4MBc1), {
      intent: "update",
      package: madeEspruino("ESP8266_4MB", "2v29"),
    });
    expect(story(plan)).toContain("0x0cb000..0x0fafff kept storage <storage> kept-in-part");
  });

  it("copy the board's own PHY init data to where the new map has it", async () => {
    const chip = espruinoChip("ESP8266_BOARD", "2v09", { sizeFreq: 0x00, mapSize: 0x80000 });
    chip[0x7c000 + 48] = 0;
    const made = await planned(chip, { intent: "update", package: madeEspruino("ESP8266_4MB", "2v09") });
    expect(made.plan.warnings.map(({ code }) => code)).toEqual(["phy-init-moved"]);
    const write = made.plan.writes.find(({ region }) => region.offset === 0x3fc000)!;
    expect(made.data.get(write.sha256)!.subarray(0, 128)).toEqual(chip.subarray(0x7c000, 0x7c080));
    expect(story(made.plan)[2]).toBe("0x077000..0x077fff lost user1 <storage> lost-overwritten backed up");
  });
});

describe("a package over a program that was only half written", () => {
  it("is told of no other firmware where the boot loader alone is known", async () => {
    const chip = espruinoChip("ESP8266_4MB", "1v95", on4MBc1);
    // An image's beginning and nothing behind it that has a name.
    chip.fill(0xff, 0x1100, 0x80000);
    const { plan, backup } = await planned(chip, {
      intent: "install",
      package: madeEspruino("ESP8266_4MB", "2v09"),
    });
    const lost = story(plan).filter((line) => line.includes(" lost "));
    expect(lost).toEqual([
      "0x3fd000..0x3fdfff lost system-params <system-params> lost-unrecognised backed up",
    ]);
    expect(backup).toEqual([{ offset: 0x3fd000, size: 0x2000 }]);
  });
});

describe("Espruino in place of AT", () => {
  const story4MB = async (intent: "install" | "update") => {
    const { plan, backup } = await planned(atChip(), {
      intent,
      package: madeEspruino("ESP8266_4MB", "2v09"),
    });
    return { plan, backup, lines: story(plan) };
  };

  it("installed starts clean; AT's settings are of no use to it and are backed up", async () => {
    const { plan, backup, lines } = await story4MB("install");
    expect(lines).toEqual([
      "0x000000..0x000fff written boot",
      "0x001000..0x0abfff written user1",
      "0x0ac000..0x0cafff kept user1 sector-untouched",
      "0x0cb000..0x0fafff equal storage blank-for-clean-start",
      "0x0fb000..0x0fbfff kept unused sector-untouched",
      "0x0fc000..0x0fcfff kept reserved sector-untouched",
      "0x0fd000..0x0fdfff lost reserved <settings> lost-other-firmware backed up",
      "0x0fe000..0x0fffff kept reserved sector-untouched",
      "0x100000..0x100fff kept unused sector-untouched",
      "0x101000..0x1fafff kept user2 sector-untouched",
      "0x1fb000..0x1fbfff kept user2 <rf-cal> sector-untouched",
      "0x1fc000..0x1fcfff kept user2 <phy-init> sector-untouched",
      "0x1fd000..0x1fdfff lost user2 <system-params> lost-other-firmware backed up",
      "0x1fe000..0x1fefff kept user2 sector-untouched",
      "0x1ff000..0x1fffff kept user2 <boot-flag> sector-untouched",
      "0x200000..0x3fafff kept free sector-untouched",
      "0x3fb000..0x3fbfff equal rf-cal blank-recreated",
      "0x3fc000..0x3fcfff written phy-init",
      "0x3fd000..0x3fefff equal system-params blank-recreated",
      "0x3ff000..0x3fffff equal boot-flag blank-recreated",
    ]);
    expect(backup).toEqual([
      { offset: 0xfd000, size: 0x3000 },
      { offset: 0x1fd000, size: 0x2000 },
    ]);
    expect(header(plan)).toEqual(["dio mode-usual", "80m freq-linked", "4MB-c1 map-linked"]);
  });

  it("as an update takes over the PHY init data and the mode, and loses the same", async () => {
    const { plan, lines } = await story4MB("update");
    expect(lines.filter((line) => line.includes(" lost "))).toEqual([
      "0x0fd000..0x0fdfff lost reserved <settings> lost-other-firmware backed up",
      "0x1fd000..0x1fdfff lost user2 <system-params> lost-other-firmware backed up",
    ]);
    expect(header(plan)).toEqual(["dio header-as-present", "40m header-as-present", "4MB-c1 map-linked"]);
    expect(plan.warnings.map(({ code }) => code)).toEqual(["phy-init-moved"]);
  });
});
