/** Applications that are not whole. @module */
import {
  bootFlag,
  bootRecord,
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeMicroPython,
  madeSdkBoot,
  phyInit,
} from "../../support/made-firmware.js";
import { once, userImage } from "../images.js";
import {
  type DamageRow,
  damaged,
  eraseSector,
  fatal,
  flipBit,
  hex,
  innerHeader,
  MB,
  onlyDeep,
  SECTOR,
  USER1,
} from "./sound-chip.js";

/** Rows of the table. */
export const imageRows: readonly DamageRow[] = [
  {
    row: "code cut off",
    make: damaged((flash, chip, choice) => {
      const cut = USER1 + SECTOR + choice.below(innerHeader(chip) - USER1 - SECTOR);
      flash.fill(0xff, cut, USER1 + chip.user1.length);
      return `erased from ${hex(cut)}`;
    }),
    quick: fatal,
  },
  {
    row: "cut off behind the code (deep only)",
    make: damaged((flash, chip, choice) => {
      const from = innerHeader(chip) + 0x40;
      const end = USER1 + chip.user1.length;
      const cut = from + choice.below(end - from - 0x20);
      flash.fill(0xff, cut, end);
      return `erased from ${hex(cut)}`;
    }),
    ...onlyDeep,
  },
  {
    row: "erased sector in the code (deep only)",
    make: damaged((flash, chip, choice) => eraseSector(flash, 0x2000, innerHeader(chip), choice)),
    ...onlyDeep,
  },
  {
    row: "one wrong bit in the code (deep only)",
    make: damaged((flash, chip, choice) => {
      const offset = USER1 + 16 + choice.below(innerHeader(chip) - USER1 - 16);
      return flipBit(flash, offset, choice);
    }),
    ...onlyDeep,
  },
  {
    row: "one wrong bit in what is loaded to RAM (deep only)",
    make: damaged((flash, chip, choice) =>
      flipBit(flash, innerHeader(chip) + 0x40 + choice.below(0x6000), choice),
    ),
    ...onlyDeep,
  },
  {
    row: "erased sector in what is loaded to RAM (deep only)",
    make: damaged((flash, chip, choice) => {
      const end = USER1 + chip.user1.length;
      return eraseSector(flash, innerHeader(chip) + 0x10, end, choice);
    }),
    ...onlyDeep,
  },
  {
    row: "another firmware's end behind this one's beginning (deep only)",
    make: damaged((flash, chip) => {
      const other = userImage(chip.build, "1v99", chip.user1.length);
      const from = 0x40000;
      flash.set(other.subarray(from - USER1), from);
      return "1v99 from 0x40000 on";
    }),
    ...onlyDeep,
  },
  {
    row: "AT: one wrong bit in the code of the slot that starts (deep only)",
    make: (choice) => {
      const slot = choice.pick([1, 2] as const);
      const offset = slot === 1 ? USER1 : 0x101000;
      const flash = atChip(slot);
      const bit = flipBit(flash, offset + 16 + choice.below(0x60000), choice);
      return { about: `user${slot}, ${bit}`, flash };
    },
    ...onlyDeep,
  },
  {
    row: "Arduino: one wrong bit in the sketch (deep only)",
    make: (choice) => {
      const flash = arduinoChip();
      return { about: flipBit(flash, 0x1020 + choice.below(0x50000), choice), flash };
    },
    ...onlyDeep,
  },
  {
    row: "Arduino: no sketch",
    make: () => {
      const flash = arduinoChip();
      flash.fill(0xff, 0x1000);
      return { about: "erased from 0x1000", flash };
    },
    quick: fatal,
  },
  {
    row: "MicroPython: one wrong bit in the code (deep only)",
    make: (choice) => {
      const parts = [
        { offset: 0, bytes: once("micropython 64", () => madeMicroPython({ sizeFreq: 0x40 })) },
        { offset: 0x3fc000, bytes: phyInit(8) },
      ];
      const flash = flashWith(parts, 4 * MB);
      return { about: flipBit(flash, 0x9000 + choice.below(0x80000), choice), flash };
    },
    ...onlyDeep,
  },
];

function atChip(slot: 1 | 2): Uint8Array {
  const parts = [
    { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { mode: 2, sizeFreq: 0x60 }) },
    { offset: USER1, bytes: once("at 1 50", () => madeAtImage({ slot: 1 })) },
    { offset: 0x101000, bytes: once("at 2 50", () => madeAtImage({ slot: 2 })) },
    { offset: 0x3fc000, bytes: phyInit(8) },
    { offset: 0x3fd000, bytes: bootRecord(slot, 7) },
    { offset: 0x3ff000, bytes: bootFlag() },
  ];
  return flashWith(parts, 4 * MB);
}

function arduinoChip(): Uint8Array {
  const bytes = once("arduino plain", () => madeArduinoImage());
  return flashWith([{ offset: 0, bytes }], 4 * MB);
}
