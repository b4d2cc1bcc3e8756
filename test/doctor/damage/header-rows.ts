/** Headers that do not fit chip or firmware. @module */
import { espruinoChip } from "../../support/made-firmware.js";
import { combinedImage, madeRelease } from "../../support/release-archives.js";
import { once, userImage } from "../images.js";
import { aboutOf, alarming, type DamageRow, damaged, fatal, hex, MB, noticed } from "./sound-chip.js";

/** Rows of the table. */
export const headerRows: readonly DamageRow[] = [
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
