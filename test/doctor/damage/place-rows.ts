/** Data that lie where they must not, or do not lie where they must. @module */
import { noise } from "../../support/content.js";
import { espruinoChip, mappedSize, sdkTail, startSlot, wifiBlock } from "../../support/made-firmware.js";
import { userImage } from "../images.js";
import {
  aboutOf,
  alarming,
  bothSlots,
  type DamageRow,
  damaged,
  fatal,
  hex,
  MB,
  SECTOR,
  USER1,
  worst,
} from "./sound-chip.js";

/** Rows of the table. */
export const placeRows: readonly DamageRow[] = [
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
      startSlot(flash, 4 * MB, 2);
      return { about: "user2 has 0x60000 of 680004 bytes", flash };
    },
    quick: fatal,
  },
];
