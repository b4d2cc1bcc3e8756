/** Where each release of Espruino keeps its Wi-Fi settings over a reset. @module */
import { latin1, textBytes } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { readSdkFlash, rewriteSector } from "../sdk/flash-access.js";
import { readParameters, writeParameters } from "../sdk/system-parameters.js";
import { wifiSector } from "./places.js";
import type { EspruinoBuild } from "./recognise.js";
import type { Storage } from "./storage.js";
import { decodeWifiBlock, encodeWifiBlock, WIFI_BLOCK_SIZE } from "./wifi-block.js";
import type { WifiSettings } from "./wifi-settings.js";

/** The file in Storage since 1v98. */
export const WIFI_FILE = ".wificfg";

/** One place for the settings: a sector by the map, a file, or the SDK's own parameters. */
export interface WifiStore {
  /** What was saved and is still whole; `undefined` when nothing is. */
  read(): WifiSettings | undefined;
  write(settings: WifiSettings): Routine<boolean>;
  /** `save("clear")`, which up to 1v97 writes the same sector with the mode off. */
  clear(settings: WifiSettings): Routine<void>;
}

/** The place of this release under this map. */
export function wifiStore(
  machine: Machine,
  firmware: LoadedFirmware,
  build: EspruinoBuild,
  storage: Storage | undefined,
  defaults: WifiSettings,
): WifiStore {
  const sector = wifiSector(build, firmware.mapCode);
  if (sector !== undefined) return sectorStore(machine, sector);
  if (storage !== undefined) return fileStore(storage, defaults);
  return parameterStore(machine, firmware.mapSize, defaults);
}

function sectorStore(machine: Machine, sector: number): WifiStore {
  const write = (settings: WifiSettings) => rewriteSector(machine, sector, encodeWifiBlock(settings));
  return {
    read: () => decodeWifiBlock(readSdkFlash(machine, sector, WIFI_BLOCK_SIZE)),
    *write(settings) {
      yield* write(settings);
      return true;
    },
    clear: (settings) => write({ ...settings, mode: 0 }),
  };
}

function fileStore(storage: Storage, defaults: WifiSettings): WifiStore {
  return {
    read() {
      const file = storage.find(WIFI_FILE);
      return file === undefined ? undefined : parseSettings(latin1(file.data), defaults);
    },
    *write(settings) {
      yield* storage.erase(WIFI_FILE);
      return yield* storage.write({ name: WIFI_FILE, data: textBytes(JSON.stringify(settings)), flags: 0 });
    },
    *clear() {
      yield* storage.erase(WIFI_FILE);
    },
  };
}

/** Before 1v84: what the SDK keeps is all there is. */
function parameterStore(machine: Machine, mapSize: number, defaults: WifiSettings): WifiStore {
  const write = (wifiMode: number, ssid: string, password: string) =>
    writeParameters(machine, mapSize, { wifiMode, ssid, password });
  return {
    read() {
      const { wifiMode, ssid, password } = readParameters(machine, mapSize);
      return { ...defaults, mode: wifiMode, ssid, password };
    },
    *write({ mode, ssid, password }) {
      yield* write(mode, ssid, password);
      return true;
    },
    clear: () => write(0, "", ""),
  };
}

/** Fields of the right kind are taken, the rest keeps its default; text that is no JSON object is as good as none. */
function parseSettings(text: string, defaults: WifiSettings): WifiSettings | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const found = parsed as Record<string, unknown>;
  const entries = Object.entries(defaults).map(([name, value]) => {
    const given = found[name];
    return [name, typeof given === typeof value ? given : value];
  });
  return Object.fromEntries(entries) as WifiSettings;
}
