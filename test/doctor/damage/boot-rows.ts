/** What is wrong at the beginning of flash. @module */
import {
  blankSector,
  bootRomImage,
  codeLike,
  espruinoChip,
  flashWith,
  mappedSize,
  phyInit,
} from "../../support/made-firmware.js";
import {
  aboutOf,
  type DamageRow,
  damaged,
  fatal,
  flipBit,
  hex,
  MB,
  SECTOR,
  soundChip,
  USER1,
} from "./sound-chip.js";

/** Rows of the table. */
export const bootRows: readonly DamageRow[] = [
  {
    row: "blank chip",
    make: (choice) => {
      const size = choice.pick([MB / 2, MB, 2 * MB, 4 * MB, 16 * MB]);
      return { about: hex(size), flash: flashWith([], size) };
    },
    quick: fatal,
  },
  {
    row: "chip of zeros",
    make: (choice) => {
      const size = choice.pick([MB / 2, 4 * MB]);
      return { about: hex(size), flash: new Uint8Array(size) };
    },
    quick: fatal,
  },
  {
    row: "update image at offset 0",
    make: (choice) => {
      const { user1, chipSize, sizeFreq } = soundChip(choice);
      const parts = [
        { offset: 0, bytes: user1 },
        { offset: mappedSize(sizeFreq >> 4) - 0x4000, bytes: phyInit(8) },
      ];
      return { about: `${user1.length} bytes`, flash: flashWith(parts, chipSize) };
    },
    quick: fatal,
  },
  {
    row: "no boot loader",
    make: damaged((flash) => {
      flash.fill(0xff, 0, SECTOR);
      return "sector 0 erased";
    }),
    quick: fatal,
  },
  {
    row: "damaged boot loader",
    make: damaged((flash, _, choice) => flipBit(flash, 0x20 + choice.below(0x900), choice)),
    quick: fatal,
  },
  {
    row: "no firmware behind the boot loader",
    make: damaged((flash, { user1 }) => {
      flash.fill(0xff, USER1, USER1 + user1.length);
      return "user1 erased";
    }),
    quick: fatal,
  },
  {
    row: "firmware one sector too far",
    make: (choice) => {
      const chip = soundChip(choice);
      const flash = espruinoChip(chip);
      flash.set(blankSector(), USER1);
      flash.set(chip.user1, USER1 + SECTOR);
      return { about: aboutOf(chip), flash };
    },
    quick: fatal,
  },
  {
    row: "image for an ESP32-C3 at offset 0",
    make: (choice) => {
      const image = bootRomImage({ mode: 2, sizeFreq: 0x20, entry: 0x403ce000 }, [
        { address: 0x3fcd5000, bytes: codeLike(0x1800, "an image for a C3") },
      ]);
      // The extended header of 16 bytes: pins, chip 5, lowest revision, a hash appended.
      const extended = Uint8Array.of(0xee, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
      const bytes = new Uint8Array(image.length + 16);
      bytes.set(image.subarray(0, 8));
      bytes.set(extended, 8);
      bytes.set(image.subarray(8), 24);
      return { about: "4 MB", flash: flashWith([{ offset: 0, bytes }], choice.pick([MB, 4 * MB])) };
    },
    quick: fatal,
  },
];
