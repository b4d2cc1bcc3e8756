import { createHash } from "node:crypto";
import { esp8266, inspectEspImage, parseEspImage } from "@flashwright/core";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import {
  bootFlag,
  bootRecord,
  espruinoChip,
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeAtNoBoot,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeRtos,
  madeSdkBoot,
  madeUserImage,
  phyInit,
  saveArea,
  storageArea,
  wifiBlock,
} from "./made-firmware.js";
import { realBoot, realFirmware } from "./real-firmware.js";
import { describeWith } from "./requirements.js";

const target = esp8266.image;
const espruino1v95 = () => madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 });
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const findingsOf = (bytes: Uint8Array) =>
  inspectEspImage(bytes, target).findings.map(({ code, severity }) => `${severity} ${code}`);

describe("a made Espruino", () => {
  it("is the same on every call, in the size that was asked for", () => {
    expect(espruino1v95().length).toBe(509_332);
    expect(sha256(espruino1v95())).toBe(sha256(espruino1v95()));
  });

  it("is an update image that core finds nothing wrong with, CRC as the vendor's script stores it", () => {
    const image = parseEspImage(espruino1v95(), target);
    if (image.format !== "v2") throw new Error("not an update image");
    expect(image.update).toEqual({ slotByte: 0, entry: 0x40100004, iromOffset: 16, iromSize: 0x72840 });
    expect(image.boot.header).toMatchObject({ offset: 0x72850, segmentCount: 3, entry: 0x40100004 });
    expect(image.boot.segments.map(({ address, size }) => [address, size])).toEqual([
      [0x40100000, 0x6f38],
      [0x3ffe8000, 0x8ac],
      [0x3ffe88b0, 0x252c],
    ]);
    expect(image.crc?.match).toBe("vendor");
    expect(findingsOf(espruino1v95())).toEqual([]);
    expect(image.trailingSize).toBe(0);
  });

  it("says in its inner header what it was linked for, and in its text who it is", () => {
    const bytes = espruino1v95();
    expect([...bytes.subarray(0x72850, 0x72854)]).toEqual([0xe9, 3, 0, 0x6f]);
    for (const text of [
      " 1v95 Copyright 2017 G.Williams",
      "Espruino 1v95",
      "ESP8266_4MB",
      "Flash map %s, manuf",
    ])
      expect(textOf(bytes)).toContain(text);
    expect(textOf(bytes)).not.toContain(".wificfg");
    const newer = textOf(madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 466_260, slot: 1 }));
    for (const text of [" 2v09 (c) 2021 G.Williams", "Espruino 2v09", "ESP8266_BOARD", ".wificfg", ".varimg"])
      expect(newer).toContain(text);
  });

  it("takes the other way of storing the CRC", () => {
    const image = madeUserImage({
      build: "ESP8266_4MB",
      version: "2v29",
      size: 700_004,
      storedCrc: "unsigned",
    });
    const parsed = parseEspImage(image, target);
    expect(parsed.format === "v2" && parsed.crc?.match).not.toBe("none");
  });

  it("refuses a size that no such file has", () => {
    expect(() => madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_333 })).toThrow("16 n + 4");
  });

  it("has no sector that looks erased, and holds no stretch of equal bytes", () => {
    const bytes = espruino1v95();
    let longest = 0;
    for (let at = 1, run = 1; at < bytes.length; at++) {
      run = bytes[at] === bytes[at - 1] ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    expect(longest).toBeLessThan(32);
  });
});

describe("other made firmware", () => {
  it.each([
    ["AT user1", madeAtImage()],
    ["AT user2", madeAtImage({ slot: 2 })],
    ["AT without second boot", madeAtNoBoot()[0]!.bytes],
    ["boot 1.2", madeSdkBoot("1.2")],
    ["boot 1.6", madeSdkBoot()],
    ["boot 1.7", madeSdkBoot("1.7(5d6f877)", { mode: 2, sizeFreq: 0x6f })],
    ["Arduino's eboot", madeArduinoImage()],
    ["Arduino's sketch", madeArduinoImage({ core: "2.5.2" }).subarray(0x1000)],
    ["Tasmota", madeArduinoImage({ family: "tasmota", version: "13.1.0" }).subarray(0x1000)],
    ["NodeMCU", madeNodeMcu()[0]!.bytes],
    ["MicroPython", madeMicroPython()],
    ["rBoot", madeRboot()[0]!.bytes],
    ["an application under rBoot", madeRboot()[2]!.bytes],
    ["the RTOS SDK's boot loader", madeRtos()[0]!.bytes],
    ["an RTOS application", madeRtos()[2]!.bytes],
  ])("%s is an image that core finds nothing wrong with", (_, bytes) => {
    expect(findingsOf(bytes)).toEqual([]);
  });

  it("has the sizes and first bytes of the real AT firmware", () => {
    const user1 = madeAtImage();
    expect(user1.length).toBe(446_196);
    expect([...user1.subarray(0, 4)]).toEqual([0xea, 4, 0, 1]);
    expect([...madeAtImage({ slot: 2 }).subarray(0, 4)]).toEqual([0xea, 4, 0, 2]);
  });

  it("keeps MicroPython's total length before its code and the digest behind it", () => {
    const file = madeMicroPython();
    const view = new DataView(file.buffer, file.byteOffset);
    const total = view.getUint32(0x8ffc, true);
    expect(file.length).toBe(total + 16);
    expect(Buffer.from(file.subarray(total)).toString("hex")).toBe(
      createHash("md5").update(file.subarray(4, total)).digest("hex"),
    );
  });
});

describe("made contents", () => {
  it("are laid out as on the chip: a Wi-Fi block", () => {
    const block = wifiBlock({ ssid: "home", password: "secret12" });
    expect(block.length).toBe(1024);
    expect(Buffer.from(block.subarray(0, 4)).toString("hex")).toBe("00041800");
    expect(Buffer.from(block.subarray(8, 14)).toString("hex")).toBe("010302040300");
    expect(textOf(block.subarray(14, 18))).toBe("home");
    expect(textOf(block.subarray(46, 54))).toBe("secret12");
  });

  it("are laid out as on the chip: Storage of both kinds", () => {
    const file = { name: "a.js", content: "print(1)\n" };
    const old = storageArea([file, { ...file, deleted: true }], 16, 0x3000);
    const record16 = `09000000${"f".repeat(8)}612e6a7300000000${"7072696e7428312"}90afffffff`;
    expect(Buffer.from(old.subarray(0, 28)).toString("hex").slice(0, 32)).toBe(record16.slice(0, 32));
    expect(textOf(old.subarray(16, 25))).toBe("print(1)\n");
    expect([...old.subarray(25, 28)]).toEqual([0xff, 0xff, 0xff]);
    expect([...old.subarray(28, 36)]).toEqual([9, 0, 0, 0, 0, 0, 0, 0]);
    const newer = storageArea(
      [
        { ...file, flags: 0x40 },
        { ...file, deleted: true },
      ],
      32,
      0x4000,
    );
    expect([...newer.subarray(0, 9)]).toEqual([9, 0, 0, 0x40, 0x61, 0x2e, 0x6a, 0x73, 0]);
    expect(textOf(newer.subarray(32, 41))).toBe("print(1)\n");
    expect([...newer.subarray(44, 52)]).toEqual([9, 0, 0, 0, 0, 0, 0, 0]);
    expect(newer[0x3fff]).toBe(0xff);
  });

  it("are laid out as on the chip: a save area", () => {
    const area = saveArea({ size: 0x3000, address: 0x78000, bootCode: "x()", runAlways: true });
    expect([...area.subarray(0, 4)]).toEqual([3, 0, 0, 0x80]);
    expect([...area.subarray(0x2ffc)]).toEqual([0xef, 0xbe, 0xad, 0xde]);
  });

  it("are PHY init data of both versions", () => {
    expect(sha256(phyInit(5))).toBe("0da80624efa6159bbf30141b6e978a17bed80d8f5505c4bbfb75d49f496ecb83");
    expect(sha256(phyInit(8))).toBe("b2218087cf938ce665b26ac049f7d146677c70fe2909205a4d0e6a58aef0e4b3");
  });
});

describeWith(["firmware"], "beside real firmware", () => {
  it("made images have the form of the real ones", () => {
    const shape = (bytes: Uint8Array) => {
      const image = parseEspImage(bytes, target);
      if (image.format !== "v2") throw new Error("not an update image");
      const { boot, update, size, trailingSize, crc } = image;
      const segments = boot.segments.map(({ address, offset, size: length }) => ({
        address,
        offset,
        length,
      }));
      return { update, header: boot.header, segments, size, trailingSize, crc: crc?.match };
    };
    const made = madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 466_260 });
    expect(shape(made)).toEqual(shape(realFirmware("espruinoUser1")));
  });

  it.each(["Espruino 2v09", " 2v09 (c) 2021 G.Williams", "ESP8266_BOARD", ".wificfg", ".varimg", ".bootcde"])(
    "made Espruino holds %j where the real one does, to some lines",
    (text) => {
      const made = textOf(madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 466_260 }));
      const real = textOf(realFirmware("espruinoUser1"));
      expect(Math.abs(made.indexOf(text) - real.indexOf(text))).toBeLessThanOrEqual(128);
    },
  );

  it("made boot loaders have the header, segments and size of the real ones", () => {
    const shape = (bytes: Uint8Array) => {
      const { boot, size } = parseEspImage(bytes, target);
      return [boot.header, size, boot.segments.map((segment) => [segment.address, segment.size])];
    };
    expect(shape(madeSdkBoot("1.6"))).toEqual(shape(realFirmware("boot16")));
    expect(shape(madeSdkBoot("1.7(5d6f877)"))).toEqual(shape(realFirmware("boot17")));
  });

  it("the virtual board's second boot starts a made Espruino", () => {
    const chip = { build: "ESP8266_4MB", version: "1v95", user1: espruino1v95() } as const;
    const boot = realBoot("1.6", 2, 0x6f);
    const flash = espruinoChip({ ...chip, boot, sizeFreq: 0x6f, chipSize: 0x400000 });
    const board = createVirtualBoard({ flash });
    expect(board.state.mode).toBe("application");
    expect(board.uartLog).toContain("32Mbit(1024KB+1024KB)\r\njump to run user1 @ 1000");
  });

  it("the virtual board's second boot starts a made AT firmware in either slot", () => {
    for (const [offset, slot] of [
      [0x1000, 1],
      [0x101000, 2],
    ] as const) {
      const parts = [
        { offset: 0, bytes: realBoot("1.7", 2, 0x60) },
        { offset, bytes: madeAtImage({ slot }) },
        { offset: 0x3fc000, bytes: phyInit(8) },
        { offset: 0x3fd000, bytes: bootRecord(slot, 7) },
        { offset: 0x3ff000, bytes: bootFlag() },
      ];
      const board = createVirtualBoard({ flash: flashWith(parts, 0x400000) });
      expect(board.state.mode).toBe("application");
      expect(board.uartLog).toContain(`jump to run user${slot} @ ${offset.toString(16)}`);
    }
  });
});
