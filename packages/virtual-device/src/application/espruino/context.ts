/** Everything that Espruino's modules share while it runs. @module */
import type { Machine } from "../../chip/machine.js";
import type { LoadedFirmware } from "../loaded-firmware.js";
import { type FlashWindow, flashWindow } from "./flash-window.js";
import { rawSaveArea, storageArea, storageHeaderSize } from "./places.js";
import type { EspruinoBuild } from "./recognise.js";
import { type SavedCode, savedInArea, savedInStorage } from "./saved-code.js";
import type { Value } from "./script/values.js";
import { Storage } from "./storage.js";
import { Wifi } from "./wifi.js";

/** What `save`, `load` and the like ask for; it is done when the line is over. */
export type IdleWork = "save" | "load" | "reset" | "reset-and-erase" | "reboot";

/** One running Espruino. */
export interface Context {
  readonly machine: Machine;
  readonly firmware: LoadedFirmware;
  readonly build: EspruinoBuild;
  readonly flash: FlashWindow;
  /** None before 1v96. */
  readonly storage: Storage | undefined;
  readonly saved: SavedCode;
  readonly wifi: Wifi;
  /** What scripts have set. */
  readonly variables: Map<string, Value>;
  idleWork: IdleWork | undefined;
}

/** Puts the parts together, without touching the flash. */
export function makeContext(machine: Machine, firmware: LoadedFirmware, build: EspruinoBuild): Context {
  const flash = flashWindow(machine, firmware, build);
  const area = storageArea(build);
  const storage = area && new Storage(flash, area, storageHeaderSize(build));
  const saved = storage === undefined ? savedInArea(flash, rawSaveArea(build)!) : savedInStorage(storage);
  const wifi = new Wifi(machine, firmware, build, storage);
  return {
    machine,
    firmware,
    build,
    flash,
    storage,
    saved,
    wifi,
    variables: new Map(),
    idleWork: undefined,
  };
}
