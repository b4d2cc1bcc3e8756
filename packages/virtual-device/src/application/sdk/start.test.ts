import { expect, it } from "vitest";
import { describeWith } from "../../../../../test/support/requirements.js";
import { personaBench } from "../../testing/persona-bench.js";

/** The crash's words. */
const EXCEPTION = "Fatal exception (3): \r\nepc1=0x401000b8,";
const ESP8266_4MB = { build: "ESP8266_4MB" } as const;

describeWith(["firmware"], "the SDK's start writes to flash", () => {
  it.each([
    // Before SDK 2.0 there is no sector for RF calibration.
    ["1v87 for 512 KB", { version: "1v87", map: 4 }, ["0x3fd000", "0x3fe000", "0x3ff000"]],
    // Up to 1v97 it is 0x80000 under every map, which the SDK refuses where the map ends there.
    ["1v88 for 512 KB", { version: "1v88", map: 0 }, ["0x7d000", "0x7e000", "0x7f000"]],
    ["1v88 for 512 KB", { version: "1v88", map: 2 }, ["0x80000", "0xfd000", "0xfe000", "0xff000"]],
    ["1v95 for 512 KB", { version: "1v95", map: 3 }, ["0x80000", "0x1fd000", "0x1fe000", "0x1ff000"]],
    ["1v97 for 512 KB", { version: "1v97", map: 4 }, ["0x80000", "0x3fd000", "0x3fe000", "0x3ff000"]],
    [
      "1v95 for 4 MB",
      { version: "1v95", map: 6, ...ESP8266_4MB },
      ["0x80000", "0x3fd000", "0x3fe000", "0x3ff000"],
    ],
    // Since 1v98 it is the fifth sector from the end of the map.
    ["1v98 for 512 KB", { version: "1v98", map: 0 }, ["0x7b000", "0x7d000", "0x7e000", "0x7f000"]],
    ["2v09 for 512 KB", { version: "2v09", map: 2 }, ["0xfb000", "0xfd000", "0xfe000", "0xff000"]],
    ["2v09 for 512 KB", { version: "2v09", map: 5 }, ["0x1fb000", "0x1fd000", "0x1fe000", "0x1ff000"]],
    [
      "2v29 for 4 MB",
      { version: "2v29", map: 6, ...ESP8266_4MB },
      ["0x3fb000", "0x3fd000", "0x3fe000", "0x3ff000"],
    ],
  ])("of %s, %j: %j", (_, options, expected) => {
    const bench = personaBench(options);
    expect(bench.changedSectors()).toEqual(expected);
    expect(bench.board.state.mode).toBe("application");
  });

  it("once: a second start finds everything in place", () => {
    const bench = personaBench({ version: "2v09", map: 4 });
    bench.changedSectors();
    bench.board.powerCycle();
    expect(bench.changedSectors()).toEqual([]);
  });

  it("where a combined image has zeros, and not where anything is", () => {
    const zeros = new Uint8Array(0x1000);
    const inUse = new Uint8Array(32).fill(0x11);
    inUse.set([0xfc, 0xe6]);
    const parts = { 4182016: zeros, 4186112: inUse, 4190208: Uint8Array.of(1, 0xff, 0xff, 0xff) };
    const bench = personaBench({ version: "2v09", map: 4, parts });
    expect(bench.changedSectors()).toEqual(["0x3fb000", "0x3fd000", "0x3ff000"]);
  });

  it("into sector 0 for a map that Espruino does not know, and the boot loader is gone", () => {
    const bench = personaBench({ board: "d1-mini-pro", bootLoader: "1.7", version: "2v09", map: 9 });
    expect(bench.changedSectors()).toEqual(["0x0", "0xffd000", "0xffe000", "0xfff000"]);
    bench.board.powerCycle();
    expect(bench.board.uartLog).toContain("boot mode:(3,6)\r\n\r\nets_main.c\r\n");
  });

  it("into its own code where that reaches 0x80000, and the next start crashes", () => {
    const bench = personaBench({ version: "1v95", map: 6, size: 537_764, ...ESP8266_4MB });
    expect(bench.changedSectors()).toContain("0x80000");
    expect(bench.board.uartLog).not.toContain(EXCEPTION);
    bench.board.powerCycle();
    expect(bench.board.uartLog).toContain(EXCEPTION);
    expect(bench.board.state.mode).toBe("hung");
  });
});

describeWith(["firmware"], "the SDK does not start", () => {
  it.each([
    ["erased", 0xff, "0xFF", "no GPIO select!\r\n"],
    ["zero", 0, "0x00", ""],
  ])("where the PHY init data is %s, says so, and waits for the watchdog", (_, byte, shown, before) => {
    const bench = personaBench({ map: 4, parts: { 4177920: new Uint8Array(128).fill(byte) } });
    expect(bench.board.uartLog).toContain(
      `${before}jump to run user1 @ 1000\r\n\r\nrf_cal[0] !=0x05,is ${shown}\r\n\r\n ets Jan  8 2013,rst cause:4,`,
    );
    expect(bench.board.state.mode).toBe("hung");
    // By the boot loader, which found no record of its own.
    expect(bench.changedSectors()).toEqual(["0x3fd000", "0x3ff000"]);
  });

  it("where its code lies on the PHY init data: the build for 4 MB on the map of 512 KB", () => {
    const bench = personaBench({ map: 0, version: "2v29", size: 700_004, ...ESP8266_4MB });
    expect(bench.board.uartLog).toContain(EXCEPTION);
  });
});
