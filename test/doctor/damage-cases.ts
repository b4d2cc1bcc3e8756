/** One thing wrong on a chip that would be healthy without it, and how far somebody has to look to see it. @module */
import { noise } from "../support/content.js";
import {
  blankSector,
  bootFlag,
  bootRomImage,
  codeLike,
  type EspruinoChipOptions,
  espruinoChip,
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeMicroPython,
  madeSdkBoot,
  mappedSize,
  phyInit,
  sdkTail,
  wifiBlock,
} from "../support/made-firmware.js";
import { combinedImage, madeRelease } from "../support/release-archives.js";
import { type CaseFiles, type ChipCase, type Expectation, healthy, type Worst } from "./chip-case.js";
import { once, userImage } from "./images.js";
import type { Choice } from "./random.js";

const MB = 0x100000;
const SECTOR = 0x1000;
const USER1 = 0x1000;

interface DamageRow {
  readonly row: string;
  readonly make: (choice: Choice) => { about: string; flash: Uint8Array; files?: CaseFiles };
  readonly quick: Expectation;
  readonly deep?: Expectation;
}

const worst = (...severities: Worst[]): Expectation => ({ worst: severities });
const fatal = worst("fatal");
const alarming = worst("danger", "fatal");
const noticed = worst("warning", "danger", "fatal");
/** What a quick look cannot know; it may be lucky. */
const perhaps = worst("none", "note", "warning", "danger", "fatal");
const onlyDeep = { quick: perhaps, deep: fatal };

/** A sound Espruino under a map that fits it. */
function soundChip(choice: Choice): EspruinoChipOptions {
  const chip = choice.pick([
    { build: "ESP8266_BOARD", version: "1v95", size: 459_620, sizeFreq: 0x00, chipSize: MB / 2 },
    { build: "ESP8266_BOARD", version: "2v09", size: 466_260, sizeFreq: 0x00, chipSize: 4 * MB },
    { build: "ESP8266_BOARD", version: "2v09", size: 466_260, sizeFreq: 0x4f, chipSize: 4 * MB },
    { build: "ESP8266_BOARD", version: "2v04", size: 459_620, sizeFreq: 0x20, chipSize: MB },
    { build: "ESP8266_4MB", version: "1v95", size: 509_332, sizeFreq: 0x6f, chipSize: 4 * MB },
    { build: "ESP8266_4MB", version: "2v09", size: 700_004, sizeFreq: 0x60, chipSize: 4 * MB },
  ] as const);
  const { build, version, size, sizeFreq, chipSize } = chip;
  return {
    build,
    version,
    user1: userImage(build, version, size),
    sizeFreq,
    chipSize,
    ran: choice.chance(0.7),
  };
}

function filesOf({ user1 }: EspruinoChipOptions): CaseFiles {
  return { boot: { offset: 0, bytes: madeSdkBoot("1.6") }, user1: { offset: USER1, bytes: user1 } };
}

function aboutOf({ build, version, user1, sizeFreq, chipSize }: EspruinoChipOptions): string {
  return `${build} ${version} of ${user1.length} bytes, header 0x${sizeFreq.toString(16)}, chip 0x${chipSize.toString(16)}`;
}

/** A sound chip, changed. */
function damaged(
  change: (flash: Uint8Array, chip: EspruinoChipOptions, choice: Choice) => string,
): DamageRow["make"] {
  return (choice) => {
    const chip = soundChip(choice);
    const flash = espruinoChip(chip);
    const what = change(flash, chip, choice);
    return { about: `${aboutOf(chip)}: ${what}`, flash, files: filesOf(chip) };
  };
}

/** Offset in flash of the header behind the code. */
function innerHeader({ user1 }: EspruinoChipOptions): number {
  return USER1 + 16 + new DataView(user1.buffer, user1.byteOffset).getUint32(12, true);
}

const hex = (offset: number) => `0x${offset.toString(16)}`;

function flipBit(flash: Uint8Array, offset: number, choice: Choice): string {
  flash[offset]! ^= 1 << choice.below(8);
  return `a bit at ${hex(offset)}`;
}

/** A whole sector that lies within the bytes from `from` to `to`. */
function eraseSector(flash: Uint8Array, from: number, to: number, choice: Choice): string {
  const first = Math.ceil(from / SECTOR);
  const offset = (first + choice.below(Math.floor(to / SECTOR) - first)) * SECTOR;
  flash.fill(0xff, offset, offset + SECTOR);
  return `sector ${hex(offset)} erased`;
}

const bootRows: readonly DamageRow[] = [
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

const imageRows: readonly DamageRow[] = [
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

const placeRows: readonly DamageRow[] = [
  {
    row: "PHY init data missing",
    make: damaged((flash, { sizeFreq }) => {
      const offset = sdkTail(mappedSize(sizeFreq >> 4)).phyInit;
      flash.fill(0xff, offset, offset + SECTOR);
      return `sector ${hex(offset)} erased`;
    }),
    quick: fatal,
  },
  {
    row: "PHY init data overwritten",
    make: damaged((flash, { sizeFreq }, choice) => {
      const offset = sdkTail(mappedSize(sizeFreq >> 4)).phyInit;
      flash.set(choice.pick([new Uint8Array(SECTOR), noise(SECTOR, 77).fill(0x31, 0, 1)]), offset);
      return `sector ${hex(offset)}`;
    }),
    quick: fatal,
  },
  {
    row: "Wi-Fi settings in the code, map put right since",
    make: () => {
      const user1 = userImage("ESP8266_4MB", "1v95", 509_332);
      const flash = espruinoChip({
        build: "ESP8266_4MB",
        version: "1v95",
        user1,
        sizeFreq: 0x6f,
        chipSize: 4 * MB,
        ran: true,
      });
      flash.fill(0xff, 0x7b000, 0x7c000);
      flash.set(wifiBlock({ ssid: "home", password: "12345678" }), 0x7b000);
      return { about: "1v95 under map 6", flash };
    },
    quick: fatal,
  },
  {
    row: "calibration in the code (1v88-1v97, an image of more than 520192 bytes)",
    make: (choice) => {
      const [build, version] = choice.pick([
        ["ESP8266_4MB", "1v95"],
        ["ESP8266_4MB", "1v97"],
      ] as const);
      const user1 = userImage(build, version, 537_764);
      const ran = choice.chance(0.5);
      const chip = { build, version, user1, sizeFreq: 0x6f, chipSize: 4 * MB, ran };
      return { about: `${aboutOf(chip)}, ${ran ? "started" : "never started"}`, flash: espruinoChip(chip) };
    },
    quick: alarming,
  },
  {
    row: "image reaches into Storage",
    make: (choice) => {
      const [build, version, size, sizeFreq] = choice.pick([
        ["ESP8266_4MB", "2v09", 831_476, 0x6f],
        ["ESP8266_BOARD", "2v29", 499_700, 0x40],
      ] as const);
      const user1 = userImage(build, version, size);
      const chip = { build, version, user1, sizeFreq, chipSize: 4 * MB };
      const flash = espruinoChip(chip);
      // Storage is formatted by the firmware; a flasher wrote the image whole.
      flash.set(user1, USER1);
      return { about: aboutOf(chip), flash };
    },
    quick: alarming,
  },
  {
    row: "the other slot starts, whole and older: user1 was flashed since",
    make: () => bothSlots("2v09", "2v04"),
    quick: worst("note", "warning"),
  },
  {
    row: "the other slot starts, and is cut off",
    make: () => {
      const user1 = userImage("ESP8266_4MB", "2v09", 700_004);
      const user2 = userImage("ESP8266_4MB", "2v04", 680_004, { slot: 1 });
      const flash = espruinoChip({
        build: "ESP8266_4MB",
        version: "2v09",
        user1,
        sizeFreq: 0x6f,
        chipSize: 4 * MB,
        ran: true,
      });
      flash.set(user2.subarray(0, 0x60000), 0x101000);
      flash.set(bootFlag(2), 0x3ff000);
      return { about: "user2 has 0x60000 of 680004 bytes", flash };
    },
    quick: fatal,
  },
];

const headerRows: readonly DamageRow[] = [
  {
    row: "combined file of ESP8266_4MB, header as shipped",
    make: (choice) => {
      const version = choice.pick(["1v95", "1v97", "2v09"]);
      const fill = choice.pick([0x00, 0xff] as const);
      const flash = once(`combined ${version} ${fill}`, () =>
        combinedImage(madeRelease("ESP8266_4MB", version), fill),
      );
      return { about: `${version}, filled with 0x${fill.toString(16)}`, flash: flash.slice() };
    },
    quick: fatal,
  },
  {
    row: "map larger than the chip",
    make: (choice) => {
      const [chipSize, sizeFreq] = choice.pick([
        [MB / 2, 0x20],
        [MB, 0x40],
        [MB, 0x6f],
        [2 * MB, 0x4f],
      ] as const);
      const user1 = userImage("ESP8266_BOARD", "2v09", 466_260);
      const chip = { build: "ESP8266_BOARD", version: "2v09", user1, sizeFreq, chipSize } as const;
      return { about: aboutOf(chip), flash: espruinoChip(chip) };
    },
    quick: fatal,
  },
  {
    row: "map of 256 KB",
    make: damaged((flash) => {
      flash[3] = 0x10;
      return "header 0x10";
    }),
    quick: alarming,
  },
  {
    row: "map code that no firmware knows",
    make: damaged((flash, _, choice) => {
      flash[3] = choice.pick([0x70, 0xa0, 0xc0, 0xf0]);
      return hex(flash[3]!);
    }),
    quick: noticed,
  },
];

/** What looks odd and is none. */
const harmlessRows: readonly DamageRow[] = [
  {
    row: "harmless | combined file of ESP8266_BOARD, either filling, on a chip of any size",
    make: (choice) => {
      const version = choice.pick(["1v91", "1v95", "2v09"]);
      const fill = choice.pick([0x00, 0xff] as const);
      const bytes = once(`combined 512 ${version} ${fill}`, () =>
        combinedImage(madeRelease("ESP8266_BOARD", version), fill),
      );
      const flash = flashWith([{ offset: 0, bytes }], choice.pick([MB / 2, MB, 4 * MB]));
      return { about: `${version}, filled with 0x${fill.toString(16)}`, flash };
    },
    quick: healthy,
  },
  {
    row: "harmless | leftovers of an earlier owner",
    make: damaged((flash, { build, chipSize }, choice) => {
      // Free under every layout of the sound chips: behind user1's slot, or the third megabyte.
      const offset = chipSize === 4 * MB ? 0x200000 : 0x76000;
      const size = build === "ESP8266_4MB" ? 0x20000 : SECTOR;
      flash.set(noise(size, 5 + choice.below(3)), offset);
      return `${size} bytes at ${hex(offset)}`;
    }),
    quick: healthy,
  },
  {
    row: "harmless | parameters and calibration erased",
    make: damaged((flash, { sizeFreq }) => {
      const mapped = mappedSize(sizeFreq >> 4);
      flash.fill(0xff, mapped - 0x3000, mapped);
      return "the SDK makes them again";
    }),
    quick: healthy,
  },
  {
    row: "harmless | the other slot starts, whole and newer: an update over the network",
    make: () => bothSlots("2v04", "2v09"),
    quick: healthy,
  },
];

/** ESP8266_4MB in both slots; the second one starts. */
function bothSlots(version: string, other: string): { about: string; flash: Uint8Array } {
  const build = "ESP8266_4MB";
  const user1 = userImage(build, version, 700_004);
  const flash = espruinoChip({ build, version, user1, sizeFreq: 0x6f, chipSize: 4 * MB, ran: true });
  flash.set(userImage(build, other, 680_004, { slot: 1 }), 0x101000);
  flash.set(bootFlag(2), 0x3ff000);
  return { about: `user1 is ${version}, user2 is ${other}`, flash };
}

function atChip(slot: 1 | 2): Uint8Array {
  const parts = [
    { offset: 0, bytes: madeSdkBoot("1.7(5d6f877)", { mode: 2, sizeFreq: 0x60 }) },
    { offset: USER1, bytes: once("at 1 50", () => madeAtImage({ slot: 1 })) },
    { offset: 0x101000, bytes: once("at 2 50", () => madeAtImage({ slot: 2 })) },
    { offset: 0x3fc000, bytes: phyInit(8) },
    { offset: 0x3ff000, bytes: bootFlag(slot) },
  ];
  return flashWith(parts, 4 * MB);
}

function arduinoChip(): Uint8Array {
  const bytes = once("arduino plain", () => madeArduinoImage());
  return flashWith([{ offset: 0, bytes }], 4 * MB);
}

/** The rows of the table. */
export const damageRows = [...bootRows, ...imageRows, ...placeRows, ...headerRows, ...harmlessRows].map(
  ({ row, make, quick, deep }) => {
    const name = row.startsWith("harmless") ? row : `damage | ${row}`;
    return {
      row: name,
      make: (choice: Choice): ChipCase => {
        return { row: name, ...make(choice), expected: { quick, ...(deep === undefined ? {} : { deep }) } };
      },
    };
  },
);
