/** Sound chips to damage, the ways to do it, and what a doctor must make of it. @module */
import {
  type EspruinoChipOptions,
  espruinoChip,
  madeSdkBoot,
  startSlot,
} from "../../support/made-firmware.js";
import type { CaseFiles, Expectation, Worst } from "../chip-case.js";
import { userImage } from "../images.js";
import type { Choice } from "../random.js";

/** Bytes of a megabyte. */
export const MB = 0x100000;
/** Bytes of an erase unit. */
export const SECTOR = 0x1000;
/** Where the first slot begins. */
export const USER1 = 0x1000;

/** A kind of content: how it is made, and what must be said of it. */
export interface DamageRow {
  readonly row: string;
  readonly make: (choice: Choice) => { about: string; flash: Uint8Array; files?: CaseFiles };
  readonly quick: Expectation;
  readonly deep?: Expectation;
}

/** The worst finding is one of these. */
export const worst = (...severities: Worst[]): Expectation => ({ worst: severities });
/** It does not start. */
export const fatal = worst("fatal");
/** It does not start, or destroys itself. */
export const alarming = worst("danger", "fatal");
/** Something must be said. */
export const noticed = worst("warning", "danger", "fatal");
/** What a quick look cannot know; it may be lucky. */
export const perhaps = worst("none", "note", "warning", "danger", "fatal");
/** What only a deep look can see. */
export const onlyDeep = { quick: perhaps, deep: fatal };

/** A sound Espruino under a map that fits it. */
export function soundChip(choice: Choice): EspruinoChipOptions {
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

/** The files that its owner has. */
export function filesOf({ user1 }: EspruinoChipOptions): CaseFiles {
  return { boot: { offset: 0, bytes: madeSdkBoot("1.6") }, user1: { offset: USER1, bytes: user1 } };
}

/** What a chip is, for a person. */
export function aboutOf({ build, version, user1, sizeFreq, chipSize }: EspruinoChipOptions): string {
  return `${build} ${version} of ${user1.length} bytes, header 0x${sizeFreq.toString(16)}, chip 0x${chipSize.toString(16)}`;
}

/** A sound chip, changed. */
export function damaged(
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
export function innerHeader({ user1 }: EspruinoChipOptions): number {
  return USER1 + 16 + new DataView(user1.buffer, user1.byteOffset).getUint32(12, true);
}

/** An offset for a person. */
export const hex = (offset: number) => `0x${offset.toString(16)}`;

/** Changes one bit; says which. */
export function flipBit(flash: Uint8Array, offset: number, choice: Choice): string {
  flash[offset]! ^= 1 << choice.below(8);
  return `a bit at ${hex(offset)}`;
}

/** A whole sector that lies within the bytes from `from` to `to`. */
export function eraseSector(flash: Uint8Array, from: number, to: number, choice: Choice): string {
  const first = Math.ceil(from / SECTOR);
  const offset = (first + choice.below(Math.floor(to / SECTOR) - first)) * SECTOR;
  flash.fill(0xff, offset, offset + SECTOR);
  return `sector ${hex(offset)} erased`;
}

/** ESP8266_4MB in both slots; the second one starts. */
export function bothSlots(version: string, other: string): { about: string; flash: Uint8Array } {
  const build = "ESP8266_4MB";
  const user1 = userImage(build, version, 700_004);
  const flash = espruinoChip({ build, version, user1, sizeFreq: 0x6f, chipSize: 4 * MB, ran: true });
  flash.set(userImage(build, other, 680_004, { slot: 1 }), 0x101000);
  startSlot(flash, 4 * MB, 2);
  return { about: `user1 is ${version}, user2 is ${other}`, flash };
}
