/** The Wi-Fi of a chip that no network reaches: settings that are kept in RAM, saved and restored. @module */
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { readParameters, writeParameters } from "../sdk/system-parameters.js";
import { stationMac } from "./mac.js";
import type { EspruinoBuild } from "./recognise.js";
import type { Storage } from "./storage.js";
import { defaultSettings, type WifiSettings } from "./wifi-settings.js";
import { type WifiStore, wifiStore } from "./wifi-store.js";

/** Bits of the mode. */
export const WifiMode = { station: 1, accessPoint: 2 } as const;

/** Settings in RAM, and the places from which they come and to which they go. */
export class Wifi {
  readonly #machine: Machine;
  readonly #firmware: LoadedFirmware;
  readonly #build: EspruinoBuild;
  readonly #store: WifiStore;
  readonly #defaults: WifiSettings;
  #settings: WifiSettings;

  constructor(
    machine: Machine,
    firmware: LoadedFirmware,
    build: EspruinoBuild,
    storage: Storage | undefined,
  ) {
    this.#machine = machine;
    this.#firmware = firmware;
    this.#build = build;
    const mac = stationMac(machine);
    this.#defaults = defaultSettings(`ESP_${mac.slice(6).toUpperCase()}`);
    this.#settings = this.#defaults;
    this.#store = wifiStore(machine, firmware, build, storage, this.#defaults);
  }

  /** What the chip runs with. */
  get settings(): WifiSettings {
    return this.#settings;
  }

  /** What was saved and would be restored now. */
  get saved(): WifiSettings | undefined {
    return this.#store.read();
  }

  /**
   * At boot, and on demand. Up to 1v97 the SDK's own mode is set to off first, and without saved settings the access point
   * is opened; since 1v98 the chip then stays as the SDK left it.
   */
  *restore(): Routine<void> {
    const saved = this.#store.read();
    if (this.#build.release >= 198) {
      const { wifiMode } = readParameters(this.#machine, this.#firmware.mapSize);
      this.#settings = saved ?? { ...this.#defaults, mode: wifiMode };
      return;
    }
    yield* this.#keepMode(0);
    this.#settings = saved ?? this.#defaults;
  }

  /** Saves what the chip runs with; false when there is no room for it. */
  *save(): Routine<boolean> {
    return yield* this.#store.write(this.#settings);
  }

  *clear(): Routine<void> {
    yield* this.#store.clear(this.#settings);
  }

  /** Changes settings in RAM. A change of the mode is kept by the SDK at once. */
  *change(changes: Partial<WifiSettings>): Routine<void> {
    this.#settings = { ...this.#settings, ...changes };
    if (changes.mode !== undefined) yield* this.#keepMode(changes.mode);
  }

  *#keepMode(wifiMode: number): Routine<void> {
    const { mapSize } = this.#firmware;
    const parameters = readParameters(this.#machine, mapSize);
    if (parameters.wifiMode === wifiMode) return;
    yield* writeParameters(this.#machine, mapSize, { ...parameters, wifiMode });
  }
}
