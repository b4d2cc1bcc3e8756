import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { esp8266ImageTarget as target } from "../targets/esp8266/image-target.js";
import { appCrcOf, crc32, unsignedAppCrcOf } from "./app-crc.js";
import { inspectEspImage, parseEspImage } from "./esp-image.js";
import { firmware, hex, le32, tinyImage } from "./sample-images.fixture.js";

const findingsOf = (bytes: Uint8Array) =>
  inspectEspImage(bytes, target).findings.map(({ code, params }) => [code, params]);

const withBytes = (offset: number, ...values: number[]) => {
  const bytes = tinyImage();
  bytes.set(values, offset);
  return bytes;
};

describe("an 0xE9 image", () => {
  it("is read with its header, segments and checksum", () => {
    expect(parseEspImage(tinyImage(), target)).toEqual({
      format: "v1",
      size: 32,
      trailingSize: 0,
      boot: {
        size: 32,
        header: {
          offset: 0,
          segmentCount: 1,
          entry: 0x40100000,
          flashParams: {
            mode: { code: 2, name: "dio" },
            freq: { code: 0, name: "40m", mhz: 40 },
            size: expect.objectContaining({ name: "4MB", code: 0x40 }),
            modeByte: 2,
            sizeFreqByte: 0x40,
          },
        },
        segments: [{ index: 0, address: 0x40100000, offset: 16, size: 4, memory: "IRAM" }],
        checksum: { offset: 31, stored: 0xeb, computed: 0xeb },
      },
    });
  });

  it("leaves what lies behind it alone", () => {
    const image = parseEspImage(Uint8Array.from([...tinyImage(), 0xff, 0xff, 0xff]), target);
    expect([image.size, image.trailingSize]).toEqual([32, 3]);
  });

  it("uses one more line when its data fill the last one", () => {
    const full = Uint8Array.from([...hex("e9 01 02 40 00 00 10 40"), ...le32(0x40100000), ...le32(16)]);
    const image = parseEspImage(Uint8Array.from([...full, ...new Uint8Array(31), 0xef]), target);
    expect(image.boot.checksum).toEqual({ offset: 47, stored: 0xef, computed: 0xef });
  });

  it("may hold an empty segment that points nowhere", () => {
    const image = hex(
      "e9 01 00 00 00 00 10 40 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ef",
    );
    expect(findingsOf(image)).toEqual([]);
  });
});

describe("a damaged 0xE9 image", () => {
  it("is reported with the place, what was expected and what is there", () => {
    expect(findingsOf(new Uint8Array())).toEqual([
      ["image-truncated", { what: "the first byte", offset: 0, expected: 1, actual: 0 }],
    ]);
    expect(findingsOf(hex("e9 01 02"))).toEqual([
      ["image-truncated", { what: "the header", offset: 0, expected: 8, actual: 3 }],
    ]);
    expect(findingsOf(hex("7f 45 4c 46"))).toEqual([
      ["image-bad-magic", { offset: 0, expected: 0xe9, actual: 0x7f }],
    ]);
    expect(findingsOf(withBytes(1, 0))).toEqual([["image-no-segments", { offset: 1 }]]);
    expect(findingsOf(withBytes(1, 17))).toEqual([
      ["image-too-many-segments", { offset: 1, expected: 16, actual: 17 }],
    ]);
    expect(findingsOf(withBytes(12, 0xff, 0xff, 0xff, 0xff))).toEqual([
      ["image-segment-out-of-range", { index: 0, offset: 16, expected: 0xffffffff, actual: 16 }],
    ]);
    expect(findingsOf(tinyImage().subarray(0, 31))).toEqual([
      ["image-truncated", { what: "the checksum", offset: 31, expected: 1, actual: 0 }],
    ]);
    expect(findingsOf(withBytes(31, 0xea))).toEqual([
      ["image-checksum-mismatch", { offset: 31, expected: 0xea, actual: 0xeb }],
    ]);
    expect(findingsOf(withBytes(8, ...le32(0x40110000)))).toEqual([
      [
        "image-segment-bad-address",
        { index: 0, offset: 16, address: 0x40110000, size: 4, target: "ESP8266" },
      ],
    ]);
    expect(findingsOf(withBytes(4, ...le32(0x3ffe8000)))).toEqual([
      ["image-entry-out-of-range", { address: 0x3ffe8000, offset: 4, target: "ESP8266" }],
    ]);
  });

  it("still shows the segments before the break", () => {
    const { image, header, segments, findings } = inspectEspImage(
      withBytes(1, 2, 2, 0x40).subarray(0, 24),
      target,
    );
    expect(image).toBeUndefined();
    expect(header?.segmentCount).toBe(2);
    expect(segments).toEqual([{ index: 0, address: 0x40100000, offset: 16, size: 4, memory: "IRAM" }]);
    expect(findings.map(({ params }) => params)).toEqual([
      { what: "the header of segment 1", offset: 20, expected: 8, actual: 4 },
    ]);
  });

  it("throws its first error when it has to be sound, with words and one hint", () => {
    expect(() => parseEspImage(withBytes(31, 0xea), target)).toThrow(
      expect.objectContaining({
        code: "image-checksum-mismatch",
        message: "The image is damaged: its data sum up to 0xeb, the checksum at 0x0000001f says 0xea.",
        hint: "Download or build the file again.",
      }),
    );
  });

  it("is parsed when all that is wrong with it is odd, not fatal", () => {
    const bytes = withBytes(12, 3);
    bytes[31] = 0xef ^ 1 ^ 2 ^ 3;
    expect(parseEspImage(bytes, target).boot.segments[0].size).toBe(3);
    expect(findingsOf(bytes)).toEqual([
      ["image-segment-unaligned", { index: 0, offset: 16, expected: 4, actual: 3 }],
    ]);
  });
});

describe("an image for another chip", () => {
  // Header, pin settings EE 00 00 00, chip id, revisions, reserved bytes, hash flag, first segment's header.
  const extended = (entry: number, chipId: number, address: number) =>
    Uint8Array.from([
      ...hex("e9 04 02 20"),
      ...le32(entry),
      ...hex("ee 00 00 00"),
      ...[chipId, 0],
      ...hex("00 00 00 ff 00 00 00 00 00 01"),
      ...le32(address),
      ...le32(0x1000),
    ]);

  it("is named after its chip id", () => {
    const chips = [
      [0, 0x400805e4, 0x3fff0018],
      [0, 0x40081080, 0x3f400020],
      [2, 0x4002a9c4, 0x3f000020],
      [5, 0x40380568, 0x3c0a0020],
      [9, 0x403756f8, 0x3c0b0020],
      [13, 0x40800568, 0x42060020],
      [99, 0x40800568, 0x42060020],
    ] as const;
    expect(chips.map(([id, entry, address]) => findingsOf(extended(entry, id, address))[0])).toEqual(
      ["ESP32", "ESP32", "ESP32-S2", "ESP32-C3", "ESP32-S3", "ESP32-C6", "ESP32 family (chip id 99)"].map(
        (chip) => ["image-other-chip", { chip, target: "ESP8266", offset: 0 }],
      ),
    );
  });

  it("is refused with both names", () => {
    expect(() => parseEspImage(extended(0x403756f8, 9, 0x3c0b0020), target)).toThrow(
      "This image is for the ESP32-S3, not for the ESP8266.",
    );
  });

  it("is not suspected where only the addresses are wrong", () => {
    expect(findingsOf(withBytes(4, ...le32(0x40080000)))).toEqual([
      ["image-entry-out-of-range", { address: 0x40080000, offset: 4, target: "ESP8266" }],
    ]);
  });
});

describe("an update image", () => {
  const update = (iromSize = 16, crc?: number) => {
    const body = Uint8Array.from([
      ...hex("ea 04 00 01 00 00 10 40 00 00 00 00"),
      ...le32(iromSize),
      ...new Uint8Array(16).fill(0xaa),
      ...tinyImage(),
    ]);
    return Uint8Array.from([...body, ...le32(crc ?? appCrcOf(crc32(body)))]);
  };

  it("is read with its slot, its code, the inner image and its CRC", () => {
    const image = parseEspImage(update(), target);
    expect(image).toMatchObject({
      format: "v2",
      update: { slotByte: 1, entry: 0x40100000, iromOffset: 16, iromSize: 16 },
      boot: { header: { offset: 32 }, checksum: { offset: 63 }, size: 32 },
      crc: { offset: 64, match: "vendor" },
      size: 68,
      trailingSize: 0,
    });
  });

  it("may carry the CRC of scripts that count it as unsigned", () => {
    expect(crc32(update().subarray(0, 64))).toBe(0xc13ab533);
    expect(parseEspImage(update(16, 0xc13ab534), target)).toMatchObject({
      crc: { stored: 0xc13ab534, computed: 0x3ec54acc, match: "unsigned" },
    });
  });

  it("is odd, not refused, with a wrong CRC or none", () => {
    expect(findingsOf(update(16, 0x12345678))).toEqual([
      [
        "image-crc-mismatch",
        { offset: 64, expected: appCrcOf(crc32(update().subarray(0, 64))), actual: 0x12345678 },
      ],
    ]);
    expect(findingsOf(update().subarray(0, 66))).toEqual([
      ["image-crc-missing", { offset: 64, expected: 4, actual: 2 }],
    ]);
    expect(parseEspImage(update().subarray(0, 64), target)).toMatchObject({ size: 64, crc: undefined });
  });

  it("is refused when its code is longer than the file or does not end before an image", () => {
    expect(findingsOf(update(0x10000))).toEqual([
      ["image-truncated", { what: "the code block", offset: 16, expected: 0x10000, actual: 52 }],
    ]);
    expect(findingsOf(update(0))).toEqual([
      ["image-bad-magic", { offset: 16, expected: 0xe9, actual: 0xaa }],
    ]);
  });

  it("is refused when the constants of its header are others", () => {
    const bytes = update();
    bytes[1] = 3;
    bytes[8] = 0x10;
    expect(findingsOf(bytes).slice(0, 2)).toEqual([
      ["image-bad-v2-header", { what: "the constant", offset: 1, expected: 4, actual: 3 }],
      ["image-bad-v2-header", { what: "the load address", offset: 8, expected: 0, actual: 0x10 }],
    ]);
  });
});

describe("the CRC of update images", () => {
  it("is zlib's, inverted or plus one by its highest bit", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(appCrcOf(0xafa7749f)).toBe(0x50588b60);
    expect(appCrcOf(0x8f20514b)).toBe(0x70dfaeb4);
    expect(appCrcOf(0x12345678)).toBe(0x12345679);
    expect(unsignedAppCrcOf(0xafa7749f)).toBe(0xafa774a0);
    expect(unsignedAppCrcOf(0xffffffff)).toBe(0);
  });
});

describeWith(["firmware"], "real firmware", () => {
  it.each([
    ["esp8266-sdk/boot_v1.6.bin", 0x40100438, 3856, 0xd8, [2408, 776, 632]],
    ["esp8266-sdk/boot_v1.7.bin", 0x4010057c, 4080, 0x22, [2592, 764, 676]],
  ])("%s is a sound image for 512KB, QIO, 40 MHz", (path, entry, size, checksum, sizes) => {
    const bytes = firmware(path);
    const image = parseEspImage(bytes, target);
    expect(findingsOf(bytes)).toEqual([]);
    expect(image).toMatchObject({ format: "v1", size, trailingSize: 0 });
    expect(image.boot.header).toMatchObject({ entry, flashParams: { modeByte: 0, sizeFreqByte: 0 } });
    expect(image.boot.segments.map((segment) => [segment.memory, segment.size])).toEqual([
      ["IRAM", sizes[0]],
      ["DRAM", sizes[1]],
      ["DRAM", sizes[2]],
    ]);
    expect(image.boot.checksum).toEqual({ offset: size - 1, stored: checksum, computed: checksum });
  });

  it.each([
    ["esp8266-at-1024+1024/user1.2048.new.5.bin", 1, 0x61f30, "2MB-c1", 0x6f, 0x50588b60],
    ["esp8266-at-1024+1024/user2.2048.new.5.bin", 2, 0x61f30, "2MB-c1", 0x6f, 0x7de458e3],
    ["espruino-2v09-esp8266/espruino_esp8266_user1.bin", 0, 0x68010, "512KB", 0x50, 0x6cede4f0],
  ])("%s is a sound update image", (path, slotByte, headerOffset, size, checksum, crc) => {
    const bytes = firmware(path);
    const image = parseEspImage(bytes, target);
    expect(findingsOf(bytes)).toEqual([]);
    expect(image).toMatchObject({
      format: "v2",
      size: bytes.length,
      trailingSize: 0,
      update: { slotByte, iromOffset: 16, iromSize: headerOffset - 16 },
      boot: {
        header: { offset: headerOffset, flashParams: { size: { name: size }, mode: { name: "qio" } } },
        checksum: { offset: bytes.length - 5, stored: checksum, computed: checksum },
      },
      crc: { offset: bytes.length - 4, stored: crc, computed: crc, match: "vendor" },
    });
  });

  it("that is cut off anywhere is refused", () => {
    const bytes = firmware("esp8266-sdk/boot_v1.7.bin");
    for (let size = 0; size < bytes.length; size += 97) {
      expect(inspectEspImage(bytes.subarray(0, size), target).image, `${size} bytes`).toBeUndefined();
    }
  });

  it("that is only data is no image", () => {
    for (const name of ["blank", "esp_init_data_default_v08"]) {
      expect(findingsOf(firmware(`esp8266-sdk/${name}.bin`))[0][0]).toBe("image-bad-magic");
    }
  });
});

describe("hostile bytes", () => {
  it("never make the tolerant reader throw or read outside of the file", () => {
    const start = fc.constantFrom([], [0xe9], [0xea, 4, 0, 1], [...tinyImage()]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (prefix, rest) => {
        const bytes = Uint8Array.from([...prefix, ...rest]);
        const { image, segments, findings } = inspectEspImage(bytes, target);
        for (const { offset, size } of segments) expect(offset + size).toBeLessThanOrEqual(bytes.length);
        if (image === undefined) expect(findings).not.toEqual([]);
        else expect(image.size + image.trailingSize).toBe(bytes.length);
      }),
    );
  });

  it("in one place of a sound image are read or refused, never a crash", () => {
    fc.assert(
      fc.property(fc.nat(31), fc.nat(255), (offset, value) => {
        const { image, findings } = inspectEspImage(withBytes(offset, value), target);
        expect(image !== undefined || findings.some(({ severity }) => severity === "error")).toBe(true);
      }),
    );
  });
});
