/** The updates that people make, as chips before and releases after; what is kept and lost is said by literal offsets. @module */
import {
  type EspruinoBuild,
  espruinoChip,
  flashWith,
  type MadeFile,
  madeAtImage,
  madeUserImage,
  phyInit,
  rfCal,
  sdkParams,
} from "../../support/made-firmware.js";
import { realBoot } from "../../support/real-firmware.js";
import { type EspruinoRelease, madeRelease, realRelease } from "../../support/release-archives.js";

/** A stretch of flash with something of worth. */
export interface Belonging {
  readonly what: string;
  readonly offset: number;
  readonly size: number;
  /** Whether the new firmware can read it where it lies. */
  readonly fate: "kept" | "lost";
}

/** One update. */
export interface NamedUpdate {
  readonly name: string;
  /** The chip as its owner has it, with a real boot loader so that the virtual board starts it. */
  readonly before: () => Uint8Array;
  readonly release: () => EspruinoRelease;
  readonly belongings: readonly Belonging[];
}

/** Credentials on every chip, to be found afterwards where they were kept, and nowhere where they must not be. */
export const owner = { ssid: "greenhouse", password: "tomato-1879" } as const;
/** A file in Storage, where there is one. */
export const ownerFile: MadeFile = { name: "plan.js", content: "setInterval(water, 86400000);\n" };

/** ESP8266_BOARD on a 4 MB chip under map 4, in use. */
function boardInUse(version: string, user1: Uint8Array): Uint8Array {
  const saved = { files: [ownerFile] };
  const boot = realBoot("1.6", 2, 0x40);
  const build: EspruinoBuild = "ESP8266_BOARD";
  const chip = { build, version, user1, boot, sizeFreq: 0x40, chipSize: 0x400000 };
  return espruinoChip({ ...chip, ran: true, saved, wifi: owner });
}

const board = (version: string) => madeUserImage({ build: "ESP8266_BOARD", version, size: 459_620 });
const belonging = (what: string, offset: number, size: number, fate: Belonging["fate"]) => ({
  what,
  offset,
  size,
  fate,
});

/** With real firmware: `describeWith(["firmware"], ...)`. */
export const namedUpdates: readonly NamedUpdate[] = [
  {
    name: "1v95 -> 2v09",
    before: () => boardInUse("1v95", board("1v95")),
    release: realRelease,
    belongings: [
      belonging("saved code, as a RAM image of 1v95", 0x78000, 0x3000, "lost"),
      belonging("Wi-Fi settings, as a block", 0x7b000, 0x1000, "lost"),
    ],
  },
  {
    name: "2v04 -> 2v09",
    before: () => boardInUse("2v04", board("2v04")),
    release: realRelease,
    belongings: [belonging("Storage with headers of 16 bytes", 0x77000, 0x4000, "lost")],
  },
  {
    name: "2v09 -> 2v09",
    before: () => boardInUse("2v09", realRelease().user1),
    release: realRelease,
    belongings: [belonging("Storage with headers of 32 bytes", 0x77000, 0x4000, "kept")],
  },
  {
    name: "AT -> Espruino",
    before: () =>
      flashWith(
        [
          { offset: 0, bytes: realBoot("1.7", 2, 0x60) },
          { offset: 0x1000, bytes: madeAtImage() },
          { offset: 0x3fb000, bytes: rfCal() },
          { offset: 0x3fc000, bytes: phyInit(8) },
          { offset: 0x3fd000, bytes: sdkParams(owner) },
        ],
        0x400000,
      ),
    release: () => madeRelease("ESP8266_4MB", "2v09"),
    belongings: [belonging("Wi-Fi settings of the SDK", 0x3fd000, 0x1000, "lost")],
  },
];

/**
 * The chip of the forum's story: ESP8266_4MB 1v95, which is linked for the map 1024+1024, on a chip of 4 MB under the map
 * 512+512 that its instructions named.
 */
export function storyChip(options: { wifiSaved: boolean }): Uint8Array {
  return espruinoChip({
    build: "ESP8266_4MB",
    version: "1v95",
    user1: madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 }),
    boot: realBoot("1.6", 0, 0x4f),
    sizeFreq: 0x4f,
    chipSize: 0x400000,
    ran: true,
    ...(options.wifiSaved ? { wifi: owner } : {}),
  });
}
