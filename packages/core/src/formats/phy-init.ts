/**
 * PHY init data: 128 bytes with which the radio starts, `esp_init_data_default.bin` among the SDK's files.
 *
 * The bytes are made from the table of parameters and equal the SDK's files. Names and units are those of the ESP8266
 * Arduino core's `core_esp8266_phy.cpp`; what has no name there is fixed.
 *
 * @module
 */
import { FlasherError } from "../errors.js";

/** Bytes of the data; the rest of its sector is not used. */
export const PHY_INIT_SIZE = 128;

/** The first byte. The SDK halts on any other: `rf_cal[0] !=0x05,is 0x..`. */
export const PHY_INIT_MARK = 0x05;

/** Which of the SDK's files: `v05` up to SDK 2.1, `v08` since 2.2. They differ in the second byte and the power. */
export type PhyInitVersion = 5 | 8;

/** When the radio calibrates itself at a start. */
export const RfCalibration = {
  /** Not at all: what flash holds is used; about 2 ms. */
  stored: "stored",
  /** Only the transmit power; about 20 ms. */
  power: "power",
  /** Everything; about 200 ms. */
  full: "full",
} as const;
export type RfCalibration = (typeof RfCalibration)[keyof typeof RfCalibration];

/** What can be chosen. What is not named is as in the SDK's file. */
export interface PhyInitOptions {
  readonly version: PhyInitVersion;
  /** Frequency of the crystal; 26 unless told. With another one than the board's, nothing that the radio sends is heard. */
  readonly crystalMHz?: 24 | 26 | 40;
  /**
   * Supply voltage: `assumed` is 3.3 V and what the SDK's files say; `measured` needs a TOUT pin that is not connected; a
   * voltage of 1.8 to 3.6 V in steps of 0.1 frees TOUT for the ADC.
   */
  readonly supply?: "assumed" | "measured" | number;
  /** Six steps of transmit power in dBm, 0 to 20.5 in steps of 0.25, the strongest first. */
  readonly powerDbm?: readonly number[];
  /** No step of the transmit power is above this, in dBm. */
  readonly maxPowerDbm?: number;
  readonly calibration?: RfCalibration;
}

/** What PHY init data says. `undefined` where a byte has none of the values that are known. */
export interface PhyInit {
  readonly version: PhyInitVersion | undefined;
  readonly crystalMHz: 24 | 26 | 40 | undefined;
  /** In volts where it is a number. */
  readonly supply: "assumed" | "measured" | number;
  readonly powerDbm: readonly number[];
  readonly calibration: RfCalibration | undefined;
  /** Whether it is one of the SDK's files, byte for byte. */
  readonly isDefault: boolean;
}

const SUB_VERSION: Readonly<Record<PhyInitVersion, number>> = { 5: 0x00, 8: 0x08 };
const POWER_QDB: Readonly<Record<PhyInitVersion, readonly number[]>> = {
  5: [0x52, 0x4e, 0x4a, 0x44, 0x40, 0x38],
  8: [0x4e, 0x4a, 0x46, 0x40, 0x3c, 0x38],
};

const AT_SUB_VERSION = 1;
const AT_POWER = 34;
const POWER_STEPS = 6;
const AT_CRYSTAL = 48;
const AT_SUPPLY = 107;
const AT_CALIBRATION = 114;

const CRYSTALS = [40, 26, 24] as const;
const SUPPLY_MEASURED = 0xff;
const SUPPLY_RANGE = [18, 36] as const;
/** Quarters of a dBm; 82 is what the SDK's own file has at most. */
const MAX_POWER_QDB = 82;
const CALIBRATIONS: readonly (readonly [RfCalibration, number])[] = [
  [RfCalibration.stored, 0],
  [RfCalibration.power, 1],
  [RfCalibration.full, 3],
];

/** Everything that is not zero and no option: offset and bytes. */
// biome-ignore format: a line a group of parameters
const FIXED: readonly (readonly [offset: number, bytes: readonly number[]])[] = [
  [0, [PHY_INIT_MARK]],
  [2, [0x04, 0x02, 0x05, 0x05, 0x05, 0x02, 0x05, 0x00, 0x04, 0x05, 0x05, 0x04, 0x05, 0x05]], // reserved
  [16, [0x04, 0xfe, 0xfd, 0xff, 0xf0, 0xf0, 0xf0, 0xe0, 0xe0, 0xe0]], // reserved
  [26, [225, 10]], // first spur: frequency and divider
  [28, [0xff, 0xff]], // channels with it, high and low
  [30, [0xf8, 0x00, 0xf8, 0xf8]], // reserved
  [40, [0, 0, 1, 1, 2, 3, 4, 5]], // step of the power for MCS 0 to 7
  [54, [0x02]], // reserved
  [64, [225, 10]], // second spur
  [74, [0x01, 0x93, 0x43]], // reserved
];

/**
 * The 128 bytes.
 * @throws FlasherError `phy-init-option` with the option that is out of its range
 */
export function makePhyInit(options: PhyInitOptions): Uint8Array {
  const { version, crystalMHz = 26, supply = "assumed", calibration = RfCalibration.power } = options;
  if (version !== 5 && version !== 8) refuse("version", version, "5 or 8");
  const bytes = new Uint8Array(PHY_INIT_SIZE);
  for (const [offset, fixed] of FIXED) bytes.set(fixed, offset);
  bytes[AT_SUB_VERSION] = SUB_VERSION[version];
  bytes.set(powerOf(options), AT_POWER);
  bytes[AT_CRYSTAL] = crystalCode(crystalMHz);
  bytes[AT_SUPPLY] = supplyCode(supply);
  bytes[AT_CALIBRATION] = calibrationCode(calibration);
  return bytes;
}

/** What the bytes say; `undefined` where they are no PHY init data, which the SDK would not start with. */
export function readPhyInit(bytes: Uint8Array): PhyInit | undefined {
  if (bytes.length < PHY_INIT_SIZE || bytes[0] !== PHY_INIT_MARK) return undefined;
  const steps = Array.from(bytes.subarray(AT_POWER, AT_POWER + POWER_STEPS));
  const version = ([5, 8] as const).find((known) => SUB_VERSION[known] === bytes[AT_SUB_VERSION]);
  return {
    version,
    crystalMHz: CRYSTALS[bytes[AT_CRYSTAL]!],
    supply: readSupply(bytes[AT_SUPPLY]!),
    powerDbm: steps.map((quarters) => quarters / 4),
    calibration: readCalibration(bytes[AT_CALIBRATION]!),
    isDefault:
      version !== undefined && makePhyInit({ version }).every((byte, index) => byte === bytes[index]),
  };
}

function powerOf({ version, powerDbm, maxPowerDbm }: PhyInitOptions): readonly number[] {
  if (powerDbm !== undefined && powerDbm.length !== POWER_STEPS) {
    refuse("powerDbm", powerDbm.length, `${POWER_STEPS} steps`);
  }
  const steps = powerDbm?.map((dbm) => quarters("powerDbm", dbm)) ?? POWER_QDB[version];
  if (maxPowerDbm === undefined) return steps;
  const limit = quarters("maxPowerDbm", maxPowerDbm);
  return steps.map((step) => Math.min(step, limit));
}

function quarters(option: string, dbm: number): number {
  const value = dbm * 4;
  if (Number.isInteger(value) && value >= 0 && value <= MAX_POWER_QDB) return value;
  return refuse(option, dbm, `0 to ${MAX_POWER_QDB / 4} dBm in steps of 0.25`);
}

function crystalCode(mhz: number): number {
  const code = (CRYSTALS as readonly number[]).indexOf(mhz);
  return code < 0 ? refuse("crystalMHz", mhz, "24, 26 or 40") : code;
}

function supplyCode(supply: "assumed" | "measured" | number): number {
  if (supply === "assumed") return 0;
  if (supply === "measured") return SUPPLY_MEASURED;
  const tenths = Math.round(supply * 10);
  const [low, high] = SUPPLY_RANGE;
  if (Math.abs(tenths - supply * 10) < 1e-6 && tenths >= low && tenths <= high) return tenths;
  return refuse("supply", supply, `${low / 10} to ${high / 10} V in steps of 0.1`);
}

function readSupply(code: number): "assumed" | "measured" | number {
  if (code === SUPPLY_MEASURED) return "measured";
  const [low, high] = SUPPLY_RANGE;
  return code >= low && code <= high ? code / 10 : "assumed";
}

function calibrationCode(calibration: RfCalibration): number {
  const known = CALIBRATIONS.find(([name]) => name === calibration);
  return known?.[1] ?? refuse("calibration", calibration, CALIBRATIONS.map(([name]) => name).join(", "));
}

/** 2 does the same as 0. */
function readCalibration(code: number): RfCalibration | undefined {
  return code === 2 ? RfCalibration.stored : CALIBRATIONS.find(([, known]) => known === code)?.[0];
}

function refuse(option: string, value: string | number, expected: string): never {
  throw new FlasherError("phy-init-option", { option, value, expected });
}
