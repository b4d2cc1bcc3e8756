/** `require("Wifi")`, as far as settings go: no network is ever found. @module */
import type { Context } from "../context.js";
import { asText, instant, isObject, ScriptError, type Value, type ValueObject } from "../script/values.js";
import { WifiMode } from "../wifi.js";
import type { WifiSettings } from "../wifi-settings.js";

const phyNames: Readonly<Record<number, string>> = { 1: "11b", 2: "11g", 3: "11n" };
const sleepNames: Readonly<Record<number, string>> = { 0: "none", 1: "light", 2: "ps-poll" };
const modeNames = ["off", "sta", "ap", "sta+ap"];
const WPA_AND_WPA2 = 4;

/** `require("Wifi")`. */
export function wifiLibrary({ wifi, build }: Context): ValueObject {
  return {
    *connect(ssid, options) {
      const mode = wifi.settings.mode | WifiMode.station;
      yield* wifi.change({ mode, ssid: networkName(ssid), password: option(options, "password") });
      return undefined;
    },
    *disconnect() {
      yield* wifi.change({ mode: wifi.settings.mode & ~WifiMode.station });
      return undefined;
    },
    *startAP(ssid, options) {
      const passwordAP = option(options, "password");
      const mode = wifi.settings.mode | WifiMode.accessPoint;
      const authmodeAP = passwordAP === "" ? 0 : WPA_AND_WPA2;
      yield* wifi.change({ mode, ssidAP: networkName(ssid), passwordAP, authmodeAP });
      return undefined;
    },
    *stopAP() {
      yield* wifi.change({ mode: wifi.settings.mode & ~WifiMode.accessPoint });
      return undefined;
    },
    *setHostname(name) {
      yield* wifi.change({ hostname: asText(name) });
      return undefined;
    },
    getHostname: instant(() => wifi.settings.hostname),
    *save(what) {
      if (what === "clear") yield* wifi.clear();
      else if (!(yield* wifi.save())) throw new ScriptError("Error", "Unable to find or create file");
      return undefined;
    },
    *restore() {
      yield* wifi.restore();
      return undefined;
    },
    getStatus: instant(() => status(wifi.settings, savedMode(wifi.saved, build.release))),
    getDetails: instant(() => details(wifi.settings, wifi.saved)),
    getAPDetails: instant(() => accessPointDetails(wifi.settings)),
  };
}

/** Constantly "off" up to 1v95. */
function savedMode(saved: WifiSettings | undefined, release: number): string {
  return modeNames[release < 196 ? 0 : (saved?.mode ?? 0) & 3]!;
}

function status({ mode, phyMode, sleepType }: WifiSettings, saved: string): ValueObject {
  return {
    mode: modeNames[mode & 3]!,
    station: stationState(mode),
    ap: (mode & WifiMode.accessPoint) === 0 ? "disabled" : "enabled",
    phy: phyNames[phyMode] ?? "",
    powersave: sleepNames[sleepType] ?? "",
    savedMode: saved,
  };
}

function details({ mode, ssid, password }: WifiSettings, saved: WifiSettings | undefined): ValueObject {
  return { status: stationState(mode), ssid, password, savedSsid: saved?.ssid || null };
}

function accessPointDetails({ mode, ssidAP, passwordAP, authmodeAP, hiddenAP }: WifiSettings): ValueObject {
  return {
    status: (mode & WifiMode.accessPoint) === 0 ? "disabled" : "enabled",
    authMode: authmodeAP === 0 ? "open" : "wpa_wpa2",
    hidden: hiddenAP !== 0,
    ssid: ssidAP,
    password: passwordAP,
    savedSsid: null,
  };
}

function stationState(mode: number): string {
  return (mode & WifiMode.station) === 0 ? "off" : "no_ap_found";
}

function networkName(value: Value): string {
  const name = value === undefined ? "" : asText(value);
  if (name === "" || name.length > 32)
    throw new ScriptError("Error", "No SSID, or one of more than 32 characters");
  return name;
}

function option(options: Value, name: string): string {
  const value = isObject(options) ? options[name] : undefined;
  return value === undefined ? "" : asText(value).slice(0, 64);
}
