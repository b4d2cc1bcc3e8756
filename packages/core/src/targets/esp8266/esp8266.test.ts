import { describe, expect, it } from "vitest";
import { toHex } from "../../bytes.js";
import { defaultCodecs } from "../../codecs.js";
import { parseFlashId } from "../jedec.js";
import { esp8266 } from "./esp8266.js";

describe("the mask ROM's erase-size bug", () => {
  it.each([
    [0x1000, 0x8000, 0x4000, 0x8000],
    [0, 0x10000, 0x8000, 0x10000],
    [0, 0x40000, 0x30000, 0x40000],
    [0x1000, 0x6d000, 0x5e000, 0x6d000],
    [0x3fc000, 0x1000, 0x1000, 0x2000],
    [0x3fe000, 0x1000, 0x1000, 0x2000],
  ])("at %i for %i bytes takes the word %i and erases %i", (offset, size, word, erased) => {
    const region = { offset, size };
    expect([esp8266.rom.eraseWord(region), esp8266.rom.erases(region)]).toEqual([
      word,
      { offset, size: erased },
    ]);
  });

  it("never erases less than asked, and at most one sector more", () => {
    for (let start = 0; start < 20; start++) {
      for (let count = 1; count < 40; count++) {
        const asked = count * 0x1000;
        const { size } = esp8266.rom.erases({ offset: start * 0x1000, size: asked });
        expect([asked, asked + 0x1000]).toContain(size);
      }
    }
  });
});

describe("identity", () => {
  const parse = (registers: number[], baudRate = 115200) => esp8266.identity.parse(registers, baudRate);

  it("takes the MAC's first half from the OUI word where it is set", () => {
    expect(parse([0xb7000000, 0x0002029a & 0xffffff, 0, 0x005ccf7f, 451])).toEqual({
      target: "esp8266",
      name: "ESP8266EX",
      mac: "5c:cf:7f:02:9a:b7",
      chipId: 0x02029ab7,
      crystalMHz: 26,
      crystalMeasuredMHz: 25.98,
    });
  });

  it.each([
    [0x000000, "18:fe:34:02:9a:b7"],
    [0x010000, "ac:d0:74:02:9a:b7"],
    [0x020000, "??:??:??:02:9a:b7"],
  ])("takes it from the selector %i otherwise, and shows an unknown one as unknown", (selector, mac) => {
    expect(parse([0xb7000000, 0x00029a | selector, 0, 0, 451]).mac).toBe(mac);
  });

  it("does not take the flash codes of an ESP8285 for an OUI", () => {
    expect(parse([0xb7000010, 0x01029a, 0x10000, 0x04000000, 451])).toMatchObject({
      name: "ESP8285N16",
      mac: "ac:d0:74:02:9a:b7",
      embeddedFlash: 0x200000,
    });
  });

  it.each([
    [0x10, 0, "ESP8285N08", 0x100000],
    [0x30, 0, "ESP8285H08", 0x100000],
    [0x00, 0x2000000, "ESP8285N16", 0x200000],
    [0x00, 0x6000000, "ESP8285", 0x400000],
    [0x10, 0xe000000, "ESP8285", undefined],
  ])("names the ESP8285 with w0=%i, w3=%i", (w0, w3, name, embeddedFlash) => {
    const { name: actual, embeddedFlash: size } = parse([w0, 0, 0x10000, w3, 451]);
    expect([actual, size]).toEqual([name, embeddedFlash]);
  });

  it.each([
    [115200, 451, 26],
    [115200, 694, 40],
    [115200, 417, 24],
    [460800, 112, 26],
  ])("at %i baud reads the crystal from divisor %i", (baudRate, divisor, mhz) => {
    expect(parse([0, 0, 0, 0, divisor], baudRate).crystalMHz).toBe(mhz);
  });
});

describe("flash ids", () => {
  it.each([
    [0x1640e0, { manufacturer: 0xe0, device: 0x4016, manufacturerName: "BergMicro", size: 0x400000 }],
    [0x1840ef, { manufacturer: 0xef, device: 0x4018, manufacturerName: "Winbond", size: 0x1000000 }],
    [0x1340c8, { manufacturer: 0xc8, device: 0x4013, manufacturerName: "GigaDevice", size: 0x80000 }],
    [0x01471f, { manufacturer: 0x1f, device: 0x4701, manufacturerName: "Adesto", size: 0x400000 }],
    [0x3640aa, { manufacturer: 0xaa, device: 0x4036, size: 0x400000 }],
    [0x9940ef, { manufacturer: 0xef, device: 0x4099, manufacturerName: "Winbond" }],
  ])("%i", (id, expected) => {
    expect(parseFlashId(id)).toEqual({ id, ...expected });
  });

  it.each([0xffffff, 0, 0xffff3f])("%i means that no flash chip answers", (id) => {
    expect(parseFlashId(id)).toBeUndefined();
  });
});

describe("the stub", () => {
  it("is esp-flasher-stub 1.2.2 at its addresses, and names its licence", async () => {
    const stub = await esp8266.stub.load();
    expect({
      ...stub,
      text: toHex(defaultCodecs.sha256(stub.text)),
      data: toHex(defaultCodecs.sha256(stub.data)),
    }).toEqual({
      text: "37c16091ff165ffe760353a8e92d07f55927e34d01fb5fc04c18b5525c13f8f6",
      textAddress: 0x4010c500,
      data: "de5922ffd2c868b51c4eec1fb74459f31adb2975f7514459a91ac2ffed65f737",
      dataAddress: 0x3fffae6c,
      entry: 0x4010c504,
      origin:
        "esp-flasher-stub 1.2.2, Apache-2.0 OR MIT, by Espressif Systems, from the npm package esptool-js 0.7.0",
    });
  });
});
