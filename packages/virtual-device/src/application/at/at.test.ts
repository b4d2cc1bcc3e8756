import { expect, it } from "vitest";
import { realFirmware } from "../../../../../test/support/real-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { personaBench } from "../../testing/persona-bench.js";

/** The real AT 1.7.6 as user1 under the map 1024+1024. */
const at = (parts: Readonly<Record<number, Uint8Array>> = {}) =>
  personaBench({ map: 6, image: realFirmware("atUser1"), parts });

describeWith(["firmware"], "the AT firmware", () => {
  it("says that it is ready", () => {
    expect(at().board.uartLog.endsWith("\n[115299 baud]\n\r\nready\r\n")).toBe(true);
  });

  it("names its versions from its image", () => {
    expect(at().send("AT+GMR\r\n")).toBe(
      "AT+GMR\r\nAT version:1.7.6.0\r\nSDK version:3.0.6-dev(072755c)\r\n" +
        "compile time:Jun 17 2024 07:37:40\r\nBin version(Wroom 02):1.7.6\r\n\r\nOK\r\n",
    );
  });

  it.each([
    ["AT\r\n", "AT\r\n\r\nOK\r\n"],
    ["AT+NONE\r\n", "AT+NONE\r\n\r\nERROR\r\n"],
    ["\r\n", "\r\n"],
    ["ATE0\r\nAT\r\n", "ATE0\r\n\r\nOK\r\n\r\nOK\r\n"],
    ["AT+CWMODE_DEF?\r\n", "AT+CWMODE_DEF?\r\n+CWMODE_DEF:2\r\n\r\nOK\r\n"],
    ["AT+CWJAP_DEF?\r\n", "AT+CWJAP_DEF?\r\nNo AP\r\n\r\nOK\r\n"],
    ['AT+CWJAP_DEF="x","y"\r\n', 'AT+CWJAP_DEF="x","y"\r\n\r\nERROR\r\n'],
  ])("answers %j with %j", (sent, expected) => {
    expect(at().send(sent)).toBe(expected);
  });

  it("writes RF calibration and parameters at its start, and the network into a copy of them", () => {
    const bench = at();
    expect(bench.changedSectors()).toEqual(["0x3fb000", "0x3fd000", "0x3fe000", "0x3ff000"]);
    bench.send("ATE0\r\nAT+CWMODE_DEF=1\r\n");
    expect(bench.changedSectors()).toEqual(["0x3fe000", "0x3ff000"]);
    expect(bench.send('AT+CWJAP_DEF="my \\"net\\"","secret12"\r\n')).toBe("+CWJAP:3\r\n\r\nFAIL\r\n");
    expect(bench.changedSectors()).toEqual(["0x3fd000", "0x3ff000"]);
    expect(String.fromCharCode(...bench.board.flash.subarray(0x3fd010, 0x3fd018))).toBe('my "net"');
    const log = bench.send("AT+RST\r\n");
    expect(log).toContain("OK\r\n\n[74928 baud]\n\r\n ets Jan  8 2013,rst cause:2, boot mode:(3,6)");
    expect(log.endsWith("ready\r\n")).toBe(true);
    expect(bench.send("ATE0\r\nAT+CWJAP_DEF?\r\n")).toContain(
      '+CWJAP_DEF:"my "net"","00:00:00:00:00:00",0,0\r\n',
    );
    bench.send("AT+RESTORE\r\n");
    expect(bench.send("ATE0\r\nAT+CWJAP_DEF?\r\n")).toContain("No AP\r\n");
  });

  it("keeps the slot that runs", () => {
    const userTwo = Uint8Array.of(0xfd, 0xe6);
    const bench = at({ 1052672: realFirmware("atUser2"), 4186112: userTwo });
    expect(bench.board.flash.slice(0x3fd000, 0x3fd002)).toEqual(userTwo);
    bench.send("AT+CWMODE_DEF=1\r\n");
    bench.board.powerCycle();
    expect(bench.board.uartLog.lastIndexOf("jump to run user2 @ 101000")).toBeGreaterThan(
      bench.board.uartLog.lastIndexOf("rst cause:1"),
    );
  });

  it("crashes with damaged code", () => {
    expect(at({ 131072: new Uint8Array(16) }).board.uartLog).toContain("Fatal exception (3)");
  });
});
