/** What looks odd and is none. @module */
import { noise } from "../../support/content.js";
import { flashWith, mappedSize } from "../../support/made-firmware.js";
import { combinedImage, madeRelease } from "../../support/release-archives.js";
import { healthy } from "../chip-case.js";
import { once } from "../images.js";
import { bothSlots, type DamageRow, damaged, hex, MB, SECTOR } from "./sound-chip.js";

/** What looks odd and is none. */
export const harmlessRows: readonly DamageRow[] = [
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
