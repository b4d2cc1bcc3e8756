import { describe, expect, it } from "vitest";
import { wifiBlock } from "../../../../../test/support/made-firmware.js";
import { describeWith } from "../../../../../test/support/requirements.js";
import { personaBench } from "../../testing/persona-bench.js";
import { decodeWifiBlock, encodeWifiBlock } from "./wifi-block.js";
import { defaultSettings } from "./wifi-settings.js";

const ESP8266_4MB = { build: "ESP8266_4MB" } as const;
const CONNECT = 'require("Wifi").connect("home",{password:"secret12"})';
const SAVE = 'require("Wifi").save()';
const SSID = 'require("Wifi").getDetails().ssid';

describeWith(["firmware"], "Wifi.save()", () => {
  it.each([
    ["1v84", 0, "ESP8266_BOARD", ["0x7b000"]],
    ["1v91", 6, "ESP8266_BOARD", ["0x7b000"]],
    ["1v92", 4, "ESP8266_BOARD", ["0x7b000"]],
    ["1v92", 6, "ESP8266_BOARD", ["0x3fb000"]],
    ["1v94", 6, "ESP8266_4MB", ["0x3fb000"]],
    ["1v94", 4, "ESP8266_4MB", ["0x7b000"]],
    ["1v95", 2, "ESP8266_4MB", ["0x7b000"]],
    ["1v95", 6, "ESP8266_4MB", ["0xfb000"]],
    ["1v97", 5, "ESP8266_BOARD", ["0x7b000"]],
    ["1v97", 6, "ESP8266_BOARD", ["0xfb000"]],
    // Since 1v98 it is a file in Storage, which the map does not move.
    ["1v98", 0, "ESP8266_BOARD", ["0x77000"]],
    ["2v09", 4, "ESP8266_BOARD", ["0x77000"]],
    ["2v29", 6, "ESP8266_4MB", ["0xcb000"]],
    ["2v29", 3, "ESP8266_4MB", ["0xcb000"]],
  ] as const)("of %s on map %i, %s, writes %j and nothing else", (version, map, build, expected) => {
    const bench = personaBench({ version, map, build });
    bench.type(CONNECT);
    bench.changedSectors();
    bench.type(SAVE);
    expect(bench.changedSectors()).toEqual(expected);
    bench.board.powerCycle();
    expect(bench.type(SSID)).toBe('="home"\r\n');
  });

  it("before 1v84 leaves the network to the SDK", () => {
    const bench = personaBench({ version: "1v83", map: 4 });
    bench.changedSectors();
    bench.type(CONNECT);
    bench.type(SAVE);
    // The mode, then the network: one copy after the other, and back to the first.
    expect(bench.changedSectors()).toEqual(["0x3fd000", "0x3fe000"]);
    bench.board.powerCycle();
    expect(bench.type(SSID)).toBe('="home"\r\n');
  });

  it("of the 4 MB build 1v95 on the map 512+512 kills it at the next start", () => {
    const bench = personaBench({ version: "1v95", map: 4, size: 509_332, ...ESP8266_4MB });
    bench.type(CONNECT);
    bench.changedSectors();
    expect(bench.type(SAVE)).toBe("=undefined\r\n");
    expect(bench.changedSectors()).toEqual(["0x7b000"]);
    expect(bench.type("process.env.BOARD")).toBe('="ESP8266_4MB"\r\n');
    expect(bench.send('require("ESP8266").reboot()\n')).toContain("excvaddr=0x401000df");
    expect(bench.board.state.mode).toBe("hung");
  });

  it('"clear" up to 1v97 writes the same sector with the mode off', () => {
    const bench = personaBench({ version: "1v97", map: 4 });
    bench.type(CONNECT);
    bench.type('require("Wifi").save("clear")');
    expect([...bench.board.flash.subarray(0x7b000, 0x7b00a)].slice(0, 4)).toEqual([0, 4, 24, 0]);
    expect(bench.board.flash[0x7b008]).toBe(0);
    bench.board.powerCycle();
    expect(bench.type('require("Wifi").getStatus().mode')).toBe('="off"\r\n');
  });

  it('"clear" since 1v98 removes the file', () => {
    const bench = personaBench({ version: "2v09", map: 4 });
    bench.type(CONNECT);
    bench.type(SAVE);
    bench.type('require("Wifi").save("clear")');
    expect(bench.type('require("Storage").list()')).toBe("=[  ]\r\n");
  });
});

describeWith(["firmware"], "Wi-Fi settings at start", () => {
  it("are taken from a block that another program wrote", () => {
    const parts = { 503808: wifiBlock({ ssid: "attic", password: "secret12" }) };
    const bench = personaBench({ version: "1v97", map: 4, parts });
    expect(bench.type(SSID)).toBe('="attic"\r\n');
    expect(bench.type('require("Wifi").getStatus()')).toBe(
      '={\r\n  "mode": "sta",\r\n  "station": "no_ap_found",\r\n  "ap": "disabled",\r\n  "phy": "11n",\r\n' +
        '  "powersave": "ps-poll",\r\n  "savedMode": "sta"\r\n }\r\n',
    );
  });

  it("are those of an access point where the block's CRC does not fit", () => {
    const block = wifiBlock({ ssid: "attic", password: "secret12" });
    block[20]! ^= 1;
    const bench = personaBench({ version: "1v97", map: 4, parts: { 503808: block } });
    expect(bench.type('require("Wifi").getStatus().mode')).toBe('="ap"\r\n');
    expect(bench.type('require("Wifi").getAPDetails().ssid')).toBe('="ESP_029AB7"\r\n');
  });

  it("have a saved mode that is always off up to 1v95", () => {
    const bench = personaBench({ version: "1v95", map: 4 });
    bench.type(CONNECT);
    bench.type(SAVE);
    expect(bench.type('require("Wifi").getStatus().savedMode')).toBe('="off"\r\n');
  });
});

describe("the Wi-Fi block", () => {
  const settings = { ...defaultSettings("ESP_ABCDEF"), mode: 3, ssid: "home", password: "secret12" };

  it("has its fields at their places", () => {
    const block = encodeWifiBlock(settings);
    expect(block.length).toBe(1024);
    expect([...block.subarray(8, 14)]).toEqual([3, 3, 2, 4, 0, 0]);
    const text = (at: number, length: number) => String.fromCharCode(...block.subarray(at, at + length));
    expect([text(14, 5), text(46, 9), text(110, 11), text(206, 11)]).toEqual([
      "home\0",
      "secret12\0",
      "ESP_ABCDEF\0",
      "ESP_ABCDEF\0",
    ]);
  });

  it("comes back as it was, and not after any change", () => {
    const block = encodeWifiBlock(settings);
    expect(decodeWifiBlock(block)).toEqual(settings);
    for (const at of [0, 2, 4, 8, 500, 1023]) {
      const changed = block.slice();
      changed[at]! ^= 1;
      expect(decodeWifiBlock(changed)).toBeUndefined();
    }
  });
});
