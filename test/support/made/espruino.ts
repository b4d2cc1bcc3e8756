/** Espruino in all its releases, made: form, sizes and text of the real ones around bytes that are no program. @module */
import { codeLike, concat, cString } from "./filler.js";
import { type StoredCrc, slotImage, slotOverhead } from "./image-format.js";

export type EspruinoBuild = "ESP8266_BOARD" | "ESP8266_4MB";

/** What an Espruino is to be. */
export interface UserImageOptions {
  readonly build: EspruinoBuild;
  /** As its makers write it: `1v95`, `2v09`. */
  readonly version: string;
  /** Bytes of the whole file: 16 n + 4, as of every such image; at least 75 KB. */
  readonly size: number;
  /** Byte 3 of the file: 0 in user1, 1 in user2. */
  readonly slot?: 0 | 1;
  /** Byte 2 of the inner header. */
  readonly mode?: number;
  /** Byte 3 of the inner header: what the build was linked for. */
  readonly sizeFreq?: number;
  readonly storedCrc?: StoredCrc;
}

/** Of 2v09 for ESP8266_BOARD, which has 466 260 bytes. */
const TEXT_SIZE = 0x6f38;
const DATA_SIZE = 0x8ac;
const RODATA_SIZE = 0x252c;
const IRAM = 0x40100000;
const DRAM = 0x3ffe8000;
const ENTRY = IRAM + 4;

/** The header byte of a build: 80 MHz on 1024+1024, and 40 MHz on 256+256. */
const linkedFor: Readonly<Record<EspruinoBuild, number>> = { ESP8266_4MB: 0x6f, ESP8266_BOARD: 0x00 };

/** An `espruino_esp8266_user1.bin`, or `_user2.bin`. The same bytes for the same options. */
export function madeUserImage(options: UserImageOptions): Uint8Array {
  const { build, version, size, slot = 0, mode = 0, sizeFreq = linkedFor[build] } = options;
  const codeSize = size - slotOverhead(TEXT_SIZE + DATA_SIZE + RODATA_SIZE);
  if (codeSize % 16 !== 0 || codeSize < 0x8000)
    throw new Error(`${size} bytes: no Espruino has this size; it is 16 n + 4 and at least 75 KB`);
  const seed = `made ${build} ${version} ${slot}`;
  return slotImage(
    slot,
    flashCode(codeSize, version, seed),
    { mode, sizeFreq, entry: ENTRY },
    [
      { address: IRAM, bytes: codeLike(TEXT_SIZE, `${seed} text`) },
      { address: DRAM, bytes: codeLike(DATA_SIZE, `${seed} data`) },
      { address: DRAM + DATA_SIZE + 4, bytes: constants(build, version, seed) },
    ],
    options.storedCrc,
  );
}

/** The code in flash; texts lie as far from its end as in the real one. */
function flashCode(size: number, version: string, seed: string): Uint8Array {
  const code = codeLike(size, seed);
  const put = (fromEnd: number, text: string) => code.set(cString(text), size - fromEnd);
  put(0x7c0c, "Not loading saved code from different Espruino firmware.\n");
  put(
    0x6d7b,
    `         |_| ${versionAtLeast(version, "2v20") ? "" : "http://"}espruino.com\n${copyright(version)}\n\n` +
      "Espruino is Open Source. Our work is supported\nonly by sales of official boards and donations:\n" +
      "http://espruino.com/Donate\n",
  );
  put(0x5738, "WARNING: *** Your flash chip does not match your flash map ***\n");
  put(0x56f8, "Flash map %s, manuf 0x%x chip 0x%x\n");
  put(0x1850, "rf_cal[0] !=0x05,is 0x%02X\n");
  put(0x17b0, "\nSDK ver: %s compiled @ Jun  7 2018 13:59:14\n");
  return code;
}

/** The read-only data: what names version and build. */
function constants(build: EspruinoBuild, version: string, seed: string): Uint8Array {
  const bytes = codeLike(RODATA_SIZE, `${seed} rodata`);
  const put = (offset: number, ...texts: readonly string[]) =>
    bytes.set(concat(...texts.map(cString)), offset);
  put(0, sdkOf(version));
  if (versionAtLeast(version, "1v96")) {
    put(0xeaf, ".varimg");
    put(0xec0, ".bootcde");
  }
  put(0x1641, "Flash,Storage,net,http,NetworkJS,Wifi,ESP8266,TelnetServer,crypto,neopixel");
  put(0x17c9, `%v %v HTTP/1.1\r\nUser-Agent: Espruino ${version}\r\nConnection: close\r\n`, "Host");
  put(0x183a, `HTTP/1.1 %d OK\r\nServer: Espruino ${version}\r\n`, "connection closed");
  put(0x1ae9, "512KB:256/256", "256KB", "1MB:512/512", "2MB:512/512", "4MB:512/512", "2MB:1024/1024");
  put(0x1b3a, "4MB:1024/1024", "power on", "wdt reset", "exception");
  put(0x200e, "GIT_COMMIT", build, "FLASH", "RAM", "SERIAL", "CONSOLE");
  put(0x2272, "maxConn", versionAtLeast(version, "1v98") ? ".wificfg" : "phyMode", "hostname", "ssidAP");
  return bytes;
}

/** The year is that of the release, about. */
function copyright(version: string): string {
  const year = releaseYear(version);
  return versionAtLeast(version, "1v96")
    ? ` ${version} (c) ${year} G.Williams`
    : ` ${version} Copyright ${year} G.Williams`;
}

const firstOfYear = [
  ["2v25", 2025],
  ["2v20", 2024],
  ["2v17", 2023],
  ["2v12", 2022],
  ["2v09", 2021],
  ["2v05", 2020],
  ["2v01", 2019],
  ["1v96", 2018],
  ["1v90", 2017],
] as const;

function releaseYear(version: string): number {
  return firstOfYear.find(([first]) => versionAtLeast(version, first))?.[1] ?? 2016;
}

function sdkOf(version: string): string {
  if (versionAtLeast(version, "2v00")) return "2.2.1(6ab97e9)";
  return versionAtLeast(version, "1v88") ? "2.0.0(5a875ba)" : "1.5.0(eaaebee)";
}

/** Whether a release is that one or newer: `1v95` < `2v00` < `2v09.12`. */
export function versionAtLeast(version: string, first: string): boolean {
  const [a, b] = [version, first].map((text) => text.split(/[v.]/).map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a![i] ?? 0) - (b![i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
