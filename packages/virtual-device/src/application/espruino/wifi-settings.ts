/** Espruino's Wi-Fi settings. @module */

/** Names and values of the file `.wificfg`. */
export interface WifiSettings {
  /** Bit 0: station, bit 1: access point. */
  readonly mode: number;
  /** 1: 11b, 2: 11g, 3: 11n. */
  readonly phyMode: number;
  /** 0: none, 1: light, 2: modem. */
  readonly sleepType: number;
  readonly ssid: string;
  readonly password: string;
  readonly hostname: string;
  readonly ssidAP: string;
  readonly passwordAP: string;
  /** 0: open, 4: WPA and WPA2. */
  readonly authmodeAP: number;
  /** 1: the access point does not show its name. */
  readonly hiddenAP: number;
  readonly channelAP: number;
}

/** What a board that nobody has set up runs with, up to 1v97: an open access point with a name of its own. */
export function defaultSettings(accessPoint: string): WifiSettings {
  return {
    mode: 2,
    phyMode: 3,
    sleepType: 2,
    ssid: "",
    password: "",
    hostname: accessPoint,
    ssidAP: accessPoint,
    passwordAP: "",
    authmodeAP: 0,
    hiddenAP: 0,
    channelAP: 1,
  };
}
