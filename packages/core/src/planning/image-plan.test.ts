import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { isFlasherError } from "../errors.js";
import type { ImageInput } from "../flash/plan-images.js";
import { fillRegions } from "../flash/plan-writes.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import type { ImagesRequest } from "./image-plan.js";
import { planFlash } from "./plan-flash.js";

const chip = { mac: "5c:cf:7f:02:9a:b7", flashSize: 0x400000, loader: "stub" } as const;
const sha = (bytes: Uint8Array): string => toHex(defaultCodecs.sha256(bytes));
const image = (name: string, offset: number, size: number, fill = 0x5a): ImageInput => ({
  name,
  offset,
  bytes: new Uint8Array(size).fill(fill),
});
const plan = (images: ImageInput[], more: Partial<ImagesRequest> = {}) =>
  planFlash({ target: esp8266, chip, images, ...more });

const untouched = {
  owner: undefined,
  holds: [],
  reason: { code: "sector-untouched", params: {} },
  backedUp: false,
  md5: undefined,
};

function code(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return isFlasherError(error) ? error.code : error;
  }
}

describe("a plan for the stub", () => {
  it("completes the last sector with what is on the chip, and says so", () => {
    const input = image("a.bin", 0x1000, 0x1800);
    const [fill] = fillRegions([input]);
    expect(fill).toEqual({ offset: 0x2800, size: 0x800 });
    const there = new Uint8Array(0x800).fill(0x77);
    const { plan: made, data } = plan([input], { contents: [{ offset: 0x2800, bytes: there }] });
    const bytes = new Uint8Array(0x2000).fill(0x5a);
    bytes.fill(0x77, 0x1800);
    expect(made).toEqual({
      format: "flashwright/plan",
      version: 2,
      intent: "write",
      target: "esp8266",
      mac: "5c:cf:7f:02:9a:b7",
      flashSize: 0x400000,
      loader: "stub",
      eraseChip: false,
      images: [{ name: "a.bin", offset: 0x1000, size: 0x1800, sha256: sha(input.bytes), headerChanges: [] }],
      writes: [
        {
          region: { offset: 0x1000, size: 0x2000 },
          erases: { offset: 0x1000, size: 0x2000 },
          sha256: sha(bytes),
          images: ["a.bin"],
          fills: [{ region: { offset: 0x2800, size: 0x800 }, fate: "kept" }],
        },
      ],
      erases: [],
      accounts: [
        { region: { offset: 0, size: 0x1000 }, fate: "kept", ...untouched },
        { region: { offset: 0x1000, size: 0x2000 }, fate: "written", ...untouched, reason: undefined },
        { region: { offset: 0x3000, size: 0x3fd000 }, fate: "kept", ...untouched },
      ],
      warnings: [{ code: "fill-kept", params: { offset: 0x2800, size: 0x800, name: "a.bin" } }],
    });
    expect(data.get(sha(bytes))).toEqual(bytes);
  });

  it("calls what is not known lost, and what is erased already blank", () => {
    const input = image("a.bin", 0x1000, 0x10);
    const lost = plan([input]).plan;
    expect(lost.writes[0].fills).toEqual([{ region: { offset: 0x1010, size: 0xff0 }, fate: "lost" }]);
    expect(lost.warnings.map((warning) => warning.code)).toEqual(["fill-lost"]);
    const contents = [{ offset: 0x1010, bytes: new Uint8Array(0xff0).fill(0xff) }];
    const blank = plan([input], { contents }).plan;
    expect([blank.writes[0].fills[0].fate, blank.warnings]).toEqual(["blank", []]);
  });

  it("joins images whose sectors touch, and keeps apart those that do not", () => {
    const { writes } = plan([
      image("c", 0x9000, 0x1000),
      image("a", 0x1000, 0x1000),
      image("b", 0x2000, 0x1000),
    ]).plan;
    expect(writes.map(({ region, images }) => [region, images])).toEqual([
      [{ offset: 0x1000, size: 0x2000 }, ["a", "b"]],
      [{ offset: 0x9000, size: 0x1000 }, ["c"]],
    ]);
  });

  it("survives JSON and structuredClone unchanged", () => {
    const { plan: made } = plan([image("a", 0, 0x1234)]);
    expect(structuredClone(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });
});

describe("a plan for the mask ROM", () => {
  const rom = { chip: { ...chip, loader: "rom" as const } };

  it("counts the sector that the erase-size bug takes with it as lost", () => {
    const { writes, warnings } = plan([image("init.bin", 0x3fc000, 128)], rom).plan;
    expect(writes[0]).toMatchObject({
      region: { offset: 0x3fc000, size: 0x1000 },
      erases: { offset: 0x3fc000, size: 0x2000 },
      fills: [{ region: { offset: 0x3fc080, size: 0x1f80 }, fate: "lost" }],
    });
    expect(warnings).toEqual([
      { code: "fill-lost", params: { offset: 0x3fc080, size: 0x1f80, name: "init.bin" } },
    ]);
  });

  it("writes what lies behind an extra sector after it was erased", () => {
    const { writes } = plan([image("b", 0x3fd000, 0x1000), image("a", 0x3fb000, 0x1000)], rom).plan;
    expect(writes.map(({ region }) => region.offset)).toEqual([0x3fb000, 0x3fd000]);
  });

  it("does not count what lies beyond the end of flash", () => {
    const { writes } = plan([image("last", 0x3ff000, 0x1000)], rom).plan;
    expect([writes[0].erases, writes[0].fills]).toEqual([{ offset: 0x3ff000, size: 0x1000 }, []]);
  });

  it("keeps nothing around an image on a chip that is erased before", () => {
    const contents = [{ offset: 0x2800, bytes: new Uint8Array(0x800).fill(0x77) }];
    const { plan: made, data } = plan([image("a", 0x1000, 0x1800)], { contents, eraseChip: true });
    expect(made.writes[0]!.fills).toEqual([{ region: { offset: 0x2800, size: 0x800 }, fate: "lost" }]);
    expect(
      data
        .get(made.writes[0]!.sha256)!
        .subarray(0x1800)
        .every((byte) => byte === 0xff),
    ).toBe(true);
  });

  it("cannot erase the whole chip", () => {
    expect(code(() => plan([image("a", 0, 4)], { ...rom, eraseChip: true }))).toBe("needs-stub");
  });
});

describe("refusals before a byte moves", () => {
  const esp32 = new Uint8Array(64);
  esp32.set([0xe9, 1, 0, 0x20, 0x80, 0, 0x38, 0x40, 0, 0, 0, 0, 5, 0]);
  esp32.set([0x80, 0, 0x38, 0x40, 4], 24);
  it.each([
    ["nothing-to-write", []],
    ["file-empty", [image("empty.bin", 0, 0)]],
    ["offset-misaligned", [image("a", 0x1002, 4)]],
    ["does-not-fit", [image("a", 0x3ff000, 0x1001)]],
    ["image-other-chip", [{ name: "c3.bin", offset: 0, bytes: esp32 }]],
    ["images-overlap", [image("a", 0, 0x1001), image("b", 0x1000, 4)]],
  ])("%s", (expected, images) => {
    expect(code(() => plan(images))).toBe(expected);
  });
});

describe("remarks on images", () => {
  it("warns of an update image where the ROM starts, and of a header that claims more flash than there is", () => {
    const update = image("user1.bin", 0, 0x1000, 0);
    update.bytes.set([0xea, 4, 0, 1]);
    const codes = plan([update]).plan.warnings.map((warning) => warning.code);
    expect(codes).toContain("update-image-at-start");

    const boot = new Uint8Array([
      0xe9, 1, 0, 0x40, 0, 0, 0x10, 0x40, 0, 0, 0x10, 0x40, 4, 0, 0, 0, 1, 2, 3, 4,
    ]);
    const padded = new Uint8Array(32);
    padded.set(boot);
    padded[31] = 0xef ^ 1 ^ 2 ^ 3 ^ 4;
    const small = plan([{ name: "boot.bin", offset: 0, bytes: padded }], {
      chip: { ...chip, flashSize: 0x80000 },
    }).plan.warnings;
    expect(small.filter((warning) => warning.code.startsWith("header-"))).toEqual([
      {
        code: "header-size-too-large",
        params: { name: "boot.bin", headerSize: 0x400000, headerName: "4MB", flashSize: 0x80000 },
      },
    ]);
  });
});
