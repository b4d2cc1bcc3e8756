/** Any package, chip and intent: what the properties of plans are tried on. @module */
import { esp8266FlashParams, type HeaderChoice } from "@flashwright/core";
import type { FirmwarePackage } from "@flashwright/core/packages";
import fc from "fast-check";
import { noise } from "../../support/content.js";
import { startSlot } from "../../support/made-firmware.js";
import { atChip, espruinoChip } from "./made-chip.js";
import { madeAt, madeEspruino } from "./made-package.js";
import type { Wish } from "./planned.js";

/** A chip's content and what is wanted of it. */
export interface Case {
  readonly flash: Uint8Array;
  readonly wish: Wish;
}

/** The smallest that the made images can be, plus what leads them into another sector; keeps a case cheap. */
const SIZES = [80_004, 90_116] as const;
const VERSIONS = ["1v95", "1v97", "1v98", "2v04", "2v05", "2v09", "2v29"] as const;
const MAPS: readonly (readonly [sizeFreq: number, mapSize: number])[] = [
  [0x00, 0x80000],
  [0x20, 0x100000],
  [0x3f, 0x200000],
  [0x40, 0x400000],
  [0x6f, 0x400000],
];

const memo = new Map<string, FirmwarePackage>();

function once(key: string, make: () => FirmwarePackage): FirmwarePackage {
  const made = memo.get(key) ?? make();
  memo.set(key, made);
  return made;
}

const build = fc.constantFrom("ESP8266_BOARD" as const, "ESP8266_4MB" as const);

const anyPackage: fc.Arbitrary<FirmwarePackage> = fc.oneof(
  { weight: 6, arbitrary: espruino() },
  { weight: 1, arbitrary: fc.constant("AT").map((key) => once(key, () => madeAt())) },
);

function espruino(): fc.Arbitrary<FirmwarePackage> {
  return fc
    .tuple(build, fc.constantFrom(...VERSIONS), fc.constantFrom(...SIZES))
    .map(([of, version, size]) => once(`${of} ${version} ${size}`, () => madeEspruino(of, version, size)));
}

/** Chips in use, empty ones, and such as nobody can make sense of. */
function anyFlash(flashSize: number): fc.Arbitrary<Uint8Array> {
  const maps = MAPS.filter(([, mapSize]) => mapSize <= flashSize);
  const used = fc
    .tuple(build, fc.constantFrom("1v95", "2v04", "2v09"), fc.constantFrom(...maps))
    .filter(([of]) => of === "ESP8266_BOARD" || flashSize >= 0x100000)
    .map(([of, version, [sizeFreq, mapSize]]) =>
      espruinoChip(of, version, { sizeFreq, mapSize, flashSize, size: SIZES[0] }),
    );
  const others = [
    fc.constant(new Uint8Array(flashSize).fill(0xff)),
    fc.integer({ min: 1, max: 9 }).map((seed) => noise(flashSize, seed)),
    ...(flashSize >= 0x200000 ? [fc.constant(0).map(() => atChip(flashSize))] : []),
  ];
  return fc.oneof({ weight: 5, arbitrary: used }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })));
}

/** Something that was not there when the firmware was flashed. */
const scribble = fc.record({
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  seed: fc.integer({ min: 1, max: 99 }),
  size: fc.constantFrom(1, 0x80, 0x1000, 0x2345),
});

function scribbledOn(
  flash: Uint8Array,
  marks: readonly { place: number; seed: number; size: number }[],
  user2: boolean,
): Uint8Array {
  const copy = flash.slice();
  for (const { place, seed, size } of marks) {
    const offset = Math.floor(place * flash.length);
    copy.set(noise(size, seed).subarray(0, flash.length - offset), offset);
  }
  if (user2) startSlot(copy, flash.length, 2);
  return copy;
}

const anyHeader: fc.Arbitrary<HeaderChoice> = fc.record(
  {
    mode: fc.constantFrom(...esp8266FlashParams.modes),
    freq: fc.constantFrom(...esp8266FlashParams.freqs),
    size: fc.constantFrom(...esp8266FlashParams.sizes),
  },
  { requiredKeys: [] },
);

/** Any case on a chip of one of these sizes. */
export function anyCase(flashSizes: readonly number[]): fc.Arbitrary<Case> {
  return fc.constantFrom(...flashSizes).chain((flashSize) =>
    fc
      .record({
        flash: anyFlash(flashSize),
        marks: fc.array(scribble, { maxLength: 4 }),
        user2: fc.boolean(),
        pack: anyPackage,
        intent: fc.constantFrom("install" as const, "update" as const, "recover" as const),
        header: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: anyHeader }),
        force: fc.boolean(),
        eraseChip: fc.nat(9).map((n) => n === 0),
      })
      .map(({ flash, marks, user2, pack, ...wish }) => ({
        flash: scribbledOn(flash, marks, user2),
        wish: { package: pack, ...wish },
        // A counterexample is read by its wish; printing the flash would take minutes.
        [fc.toStringMethod]: () =>
          JSON.stringify({ flash: flash.length, package: pack.name, marks, user2, ...wish }),
      })),
  );
}
