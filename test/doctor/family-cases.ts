/** Healthy chips of every other family of firmware: nothing above a note may be found on them. @module */

import type { FirmwareId } from "@flashwright/core/maps";
import { noise } from "../support/content.js";
import {
  bootFlag,
  bootRecord,
  type FlashParts,
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeAtNoBoot,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeRtos,
  madeSdkBoot,
  phyInit,
  rfCal,
  sdkParams,
  sdkTail,
} from "../support/made-firmware.js";
import { realBoot, realFirmware } from "../support/real-firmware.js";
import { requirement } from "../support/requirements.js";
import { type ChipCase, healthy } from "./chip-case.js";
import { once } from "./images.js";
import type { Choice } from "./random.js";

const KB = 0x400;
const MB = 0x100000;

interface FamilyRow {
  readonly row: string;
  readonly firmware: FirmwareId;
  readonly make: (choice: Choice) => { about: string; parts: FlashParts; chipSize: number };
}

const wifi = { ssid: "office", password: "battery staple" };

/** What an SDK of generation 2 keeps at the end of the flash that the map describes. */
function tail(mapped: number, choice: Choice, slot: 1 | 2 = 1, release: 6 | 7 = 6): FlashParts {
  const at = sdkTail(mapped);
  const started = [
    { offset: mapped - 0x5000, bytes: rfCal() },
    { offset: at.paramsA, bytes: sdkParams(wifi, bootRecord(slot, release)) },
    { offset: at.bootFlag, bytes: bootFlag() },
  ];
  const hasRun = slot === 2 || choice.chance(0.6);
  return [{ offset: at.phyInit, bytes: phyInit(8) }, ...(hasRun ? started : [])];
}

/** A little of what is on a disk: a file system in its first blocks. */
const files = (offset: number, size: number): FlashParts => [
  { offset, bytes: once(`files ${size}`, () => noise(size, size)) },
];

/** A sketch for offset 0, with what its core keeps at the end of a chip. */
function sketch(
  family: "arduino" | "tasmota" | "esphome",
  version: string,
  choice: Choice,
): { image: Uint8Array; sizeFreq: number; chipSize: number; core: string; parts: FlashParts } {
  const core = choice.pick(["2.5.2", "2.7.4", "3.0.2", "3.1.2"] as const);
  const [sizeFreq, chipSize] = choice.pick([
    [0x20, MB],
    [0x30, 2 * MB],
    [0x40, 4 * MB],
    [0x4f, 4 * MB],
  ] as const);
  const mode = choice.pick([2, 3]);
  const image = once(`${family} ${core} ${sizeFreq} ${mode}`, () =>
    madeArduinoImage({ family, version, core, mode, sizeFreq }),
  );
  const used = [
    { offset: chipSize - 0x4000, bytes: rfCal() },
    { offset: chipSize - 0x3000, bytes: sdkParams(wifi) },
  ];
  return {
    image,
    sizeFreq,
    chipSize,
    core,
    parts: [{ offset: 0, bytes: image }, ...(choice.chance(0.7) ? used : [])],
  };
}

const rows: readonly FamilyRow[] = [
  {
    row: "AT with second boot, 1024+1024",
    firmware: { family: "at", version: "1.7.6" },
    make: (choice) => {
      const [sizeFreq, chipSize] = choice.pick([
        [0x50, 2 * MB],
        [0x60, 4 * MB],
        [0x6f, 4 * MB],
      ] as const);
      const slots = choice.pick(["user1", "both", "user2 starts"] as const);
      const boot = choice.pick(["1.6", "1.7(5d6f877)"] as const);
      const [user1, user2] = ([1, 2] as const).map((slot) =>
        once(`at ${slot} 50`, () => madeAtImage({ slot, sizeFreq: 0x50 })),
      );
      return {
        about: `header 0x${sizeFreq.toString(16)}, ${slots}`,
        chipSize,
        parts: [
          {
            offset: 0,
            bytes: madeSdkBoot(boot, { mode: 2, sizeFreq }),
          },
          { offset: 0x1000, bytes: user1! },
          ...(slots === "user1" ? [] : [{ offset: 0x101000, bytes: user2! }]),
          ...tail(chipSize, choice, slots === "user2 starts" ? 2 : 1, boot === "1.6" ? 6 : 7),
        ],
      };
    },
  },
  {
    row: "AT with second boot, 512+512",
    firmware: { family: "at", version: "1.6.2" },
    make: (choice) => {
      const [sizeFreq, chipSize] = choice.pick([
        [0x20, MB],
        [0x30, 2 * MB],
        [0x40, 4 * MB],
      ] as const);
      const both = choice.chance(0.5);
      const [user1, user2] = ([1, 2] as const).map((slot) =>
        once(`at ${slot} 20`, () => madeAtImage({ slot, sizeFreq: 0x20, version: "1.6.2" })),
      );
      return {
        about: `header 0x${sizeFreq.toString(16)}, ${both ? "both slots" : "user1"}`,
        chipSize,
        parts: [
          { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { mode: 2, sizeFreq }) },
          { offset: 0x1000, bytes: user1! },
          ...(both ? [{ offset: 0x81000, bytes: user2! }] : []),
          ...tail(chipSize, choice),
        ],
      };
    },
  },
  {
    row: "AT without second boot",
    firmware: { family: "at", version: "1.7.6" },
    make: (choice) => ({
      about: "4 MB",
      chipSize: 4 * MB,
      parts: [...madeAtNoBoot({ mode: 2 }), ...tail(4 * MB, choice)],
    }),
  },
  {
    row: "NodeMCU 2",
    firmware: { family: "nodemcu", version: "2.2.0.0" },
    make: (choice) => ({
      about: "4 MB",
      chipSize: 4 * MB,
      parts: [...madeNodeMcu(), ...files(0x100000, 0x8000), ...tail(4 * MB, choice)],
    }),
  },
  {
    row: "NodeMCU 3",
    firmware: { family: "nodemcu", version: "3.0.0.0" },
    make: () => ({
      about: "4 MB, PHY data at 0xF000",
      chipSize: 4 * MB,
      parts: [
        ...madeNodeMcu({ generation: 3 }),
        { offset: 0xd000, bytes: rfCal() },
        { offset: 0xf000, bytes: phyInit(8) },
        ...files(0x100000, 0x8000),
      ],
    }),
  },
  {
    row: "MicroPython",
    firmware: { family: "micropython" },
    make: (choice) => {
      const sizeFreq = choice.pick([0x40, 0x4f, 0x30]);
      const chipSize = sizeFreq === 0x30 ? 2 * MB : 4 * MB;
      return {
        about: `header 0x${sizeFreq.toString(16)}`,
        chipSize,
        parts: [
          { offset: 0, bytes: once(`micropython ${sizeFreq}`, () => madeMicroPython({ sizeFreq })) },
          ...files(0x100000, 0x4000),
          ...tail(chipSize, choice),
        ],
      };
    },
  },
  {
    row: "Arduino",
    firmware: { family: "arduino" },
    make: (choice) => {
      const { core, chipSize, sizeFreq, parts } = sketch("arduino", "1.0.0", choice);
      return { about: `core ${core}, header 0x${sizeFreq.toString(16)}`, chipSize, parts };
    },
  },
  {
    row: "Tasmota",
    firmware: { family: "tasmota" },
    make: (choice) => {
      const { core, chipSize, sizeFreq, parts } = sketch("tasmota", "13.1.0", choice);
      const settings = files(chipSize === MB ? 0xf4000 : 0xf7000, 0x1000);
      const about = `core ${core}, header 0x${sizeFreq.toString(16)}`;
      return { about, chipSize, parts: [...parts, ...settings] };
    },
  },
  {
    row: "ESPHome",
    firmware: { family: "esphome" },
    make: (choice) => {
      const { core, chipSize, sizeFreq, parts } = sketch("esphome", "2023.12.5", choice);
      const preferences = files(chipSize - 0x5000, 0x200);
      const about = `core ${core}, header 0x${sizeFreq.toString(16)}`;
      return { about, chipSize, parts: [...parts, ...preferences] };
    },
  },
  {
    row: "rBoot",
    firmware: { family: "rboot" },
    make: (choice) => {
      const current = choice.pick([0, 1] as const);
      return {
        about: `4 MB, rom${current}`,
        chipSize: 4 * MB,
        parts: [...madeRboot({ current }), ...tail(4 * MB, choice)],
      };
    },
  },
  {
    row: "RTOS SDK 3",
    firmware: { family: "rtos" },
    make: () => ({ about: "1 MB", chipSize: MB, parts: madeRtos() }),
  },
];

const realRows: readonly FamilyRow[] = [
  {
    row: "real Espruino 2v09",
    firmware: { family: "espruino", build: "ESP8266_BOARD", version: "2v09" },
    make: (choice) => {
      const [sizeFreq, chipSize] = choice.pick([
        [0x00, 512 * KB],
        [0x00, 4 * MB],
        [0x20, MB],
        [0x4f, 4 * MB],
      ] as const);
      const mapped = sizeFreq === 0 ? 512 * KB : chipSize;
      return {
        about: `header 0x${sizeFreq.toString(16)}, chip 0x${chipSize.toString(16)}`,
        chipSize,
        parts: [
          { offset: 0, bytes: realBoot("1.6", choice.pick([0, 2]), sizeFreq) },
          { offset: 0x1000, bytes: once("real espruino", () => realFirmware("espruinoUser1")) },
          ...tail(mapped, choice),
        ],
      };
    },
  },
  {
    row: "real AT 1.7.6",
    firmware: { family: "at", version: "1.7.6" },
    make: (choice) => {
      const sizeFreq = choice.pick([0x60, 0x6f]);
      return {
        about: `header 0x${sizeFreq.toString(16)}`,
        chipSize: 4 * MB,
        parts: [
          { offset: 0, bytes: realBoot("1.7", 2, sizeFreq) },
          { offset: 0x1000, bytes: once("real at 1", () => realFirmware("atUser1")) },
          { offset: 0x101000, bytes: once("real at 2", () => realFirmware("atUser2")) },
          ...tail(4 * MB, choice, choice.pick([1, 2] as const)),
        ],
      };
    },
  },
];

/** The rows of the table: real firmware only where it is available. */
export const familyRows = [...rows, ...(requirement("firmware").available ? realRows : [])].map(
  ({ row, firmware, make }) => ({
    row: `healthy | ${row}`,
    make: (choice: Choice): ChipCase => {
      const { about, parts, chipSize } = make(choice);
      const flash = flashWith(parts, chipSize);
      return { row: `healthy | ${row}`, about, flash, firmware, expected: { quick: healthy } };
    },
  }),
);
