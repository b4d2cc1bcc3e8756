import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { isFlasherError } from "../errors.js";
import { makePhyInit, type PhyInitOptions, readPhyInit } from "./phy-init.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const sdk = join(process.env.FLASHWRIGHT_FIRMWARE ?? join(root, "../shared/firmware"), "esp8266-sdk");

/** As the SDK ships it: version 8 whole, and what version 5 has in its place. */
const V08 = [
  "0508040205050502050004050504050504fefdfff0f0f0e0e0e0e10afffff800",
  `f8f84e4a46403c3800000101020304050100000000000200${"00".repeat(8)}`,
  `e10a${"00".repeat(8)}019343${"00".repeat(19)}`,
  `${"00".repeat(18)}01${"00".repeat(13)}`,
].join("");
const V05 = V08.replace("0508", "0500").replace("4e4a46403c38", "524e4a444038");

const sha256 = (bytes: Uint8Array): string => toHex(defaultCodecs.sha256(bytes));
/** Bytes that differ from version 8 as it is. */
const changes = (options: Omit<PhyInitOptions, "version">) => {
  const plain = makePhyInit({ version: 8 });
  return [...makePhyInit({ version: 8, ...options })].flatMap((byte, at) =>
    byte === plain[at] ? [] : [[at, byte]],
  );
};

describe("PHY init data that was made", () => {
  it.each([
    [5, V05, "0da80624efa6159bbf30141b6e978a17bed80d8f5505c4bbfb75d49f496ecb83"],
    [8, V08, "b2218087cf938ce665b26ac049f7d146677c70fe2909205a4d0e6a58aef0e4b3"],
  ] as const)("is the SDK's version %i, byte for byte", (version, hex, digest) => {
    const made = makePhyInit({ version });
    expect(toHex(made)).toBe(hex);
    expect(sha256(made)).toBe(digest);
  });

  it.skipIf(!existsSync(sdk)).each([5, 8] as const)("equals the SDK's file of version %i", (version) => {
    const file = readFileSync(join(sdk, `esp_init_data_default_v0${version}.bin`));
    expect(toHex(makePhyInit({ version }))).toBe(file.toString("hex"));
  });

  it.each<[string, Omit<PhyInitOptions, "version">, number[][]]>([
    ["a crystal of 40 MHz", { crystalMHz: 40 }, [[48, 0]]],
    ["a crystal of 24 MHz", { crystalMHz: 24 }, [[48, 2]]],
    ["a supply that is measured", { supply: "measured" }, [[107, 0xff]]],
    ["a supply of 3.3 V", { supply: 3.3 }, [[107, 33]]],
    ["full calibration", { calibration: "full" }, [[114, 3]]],
    ["stored calibration", { calibration: "stored" }, [[114, 0]]],
    [
      "its own power",
      { powerDbm: [20.5, 19.5, 18.5, 17, 16, 14] },
      [
        [34, 82],
        [35, 78],
        [36, 74],
        [37, 68],
        [38, 64],
      ],
    ],
    [
      "no more than 17 dBm",
      { maxPowerDbm: 17 },
      [
        [34, 68],
        [35, 68],
        [36, 68],
      ],
    ],
  ])("has %s in its place", (_, options, expected) => {
    expect(changes(options)).toEqual(expected);
  });

  it.each<[string, object, string]>([
    ["version", { version: 7 }, "version"],
    ["crystal", { crystalMHz: 25 }, "crystalMHz"],
    ["supply", { supply: 1.7 }, "supply"],
    ["supply between the steps", { supply: 3.33 }, "supply"],
    ["power", { maxPowerDbm: 20.75 }, "maxPowerDbm"],
    ["power between the steps", { powerDbm: [1, 1, 1, 1, 1, 1.1] }, "powerDbm"],
    ["number of steps", { powerDbm: [1] }, "powerDbm"],
    ["calibration", { calibration: "never" }, "calibration"],
  ])("is refused with another %s", (_, options, option) => {
    try {
      makePhyInit({ version: 8, ...options } as PhyInitOptions);
      expect.unreachable();
    } catch (error) {
      expect(isFlasherError(error, "phy-init-option") && error.params.option).toBe(option);
    }
  });
});

describe("reading PHY init data", () => {
  it("gives back what it was made from", () => {
    const options = {
      version: 5,
      crystalMHz: 40,
      supply: 2.8,
      powerDbm: [20, 19, 18, 17, 16, 15.25],
      calibration: "full",
    } as const;
    expect(readPhyInit(makePhyInit(options))).toEqual({ ...options, isDefault: false });
  });

  it("knows the SDK's own, also at the start of its sector", () => {
    const sector = new Uint8Array(0x1000).fill(0xff);
    sector.set(makePhyInit({ version: 8 }));
    expect(readPhyInit(sector)).toEqual({
      version: 8,
      crystalMHz: 26,
      supply: "assumed",
      powerDbm: [19.5, 18.5, 17.5, 16, 15, 14],
      calibration: "power",
      isDefault: true,
    });
  });

  it("finds none where the first byte is not 5 or bytes are missing", () => {
    expect(readPhyInit(new Uint8Array(128).fill(0xff))).toBeUndefined();
    expect(readPhyInit(makePhyInit({ version: 8 }).subarray(0, 127))).toBeUndefined();
  });

  it("has no words for values that nobody documents", () => {
    const odd = makePhyInit({ version: 8 });
    odd.set([9], 1);
    odd.set([7], 48);
    odd.set([9], 114);
    expect(readPhyInit(odd)).toMatchObject({
      version: undefined,
      crystalMHz: undefined,
      calibration: undefined,
      isDefault: false,
    });
  });
});
