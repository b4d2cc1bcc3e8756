/**
 * A colour for each owner of flash, the same in every drawing and list.
 *
 * @module
 */
import type { RegionOwner } from "../layout.js";

/** Of one owner, on light and on dark ground. */
export interface OwnerColour {
  /** `#rrggbb` */
  readonly light: string;
  readonly dark: string;
}

/** Blue is code, violet the SDK's, warm colours are a person's own, green is room. */
export const ownerColours: Readonly<Record<RegionOwner, OwnerColour>> = {
  boot: { light: "#46566f", dark: "#8fa1bd" },
  user1: { light: "#2a72c8", dark: "#5b9df0" },
  app: { light: "#2a72c8", dark: "#5b9df0" },
  user2: { light: "#86b4e6", dark: "#2f5f99" },
  "rf-cal": { light: "#b39ddb", dark: "#8d78bd" },
  "phy-init": { light: "#8e6fc7", dark: "#ab8ee0" },
  "system-params": { light: "#6a4fae", dark: "#c3adf0" },
  "boot-flag": { light: "#493a86", dark: "#7561b8" },
  eeprom: { light: "#f0b64d", dark: "#d99e33" },
  "saved-code": { light: "#ea8a2f", dark: "#f09a48" },
  storage: { light: "#ea8a2f", dark: "#f09a48" },
  wifi: { light: "#d8486c", dark: "#ee6d8e" },
  settings: { light: "#d8486c", dark: "#ee6d8e" },
  "file-system": { light: "#cf6a3c", dark: "#e58558" },
  reserved: { light: "#b4bbc7", dark: "#566072" },
  free: { light: "#8ecf9a", dark: "#4f9a62" },
  unused: { light: "#e6e9ee", dark: "#2c333f" },
};

/** Everything else in a drawing. */
export const inks = {
  ground: { light: "#ffffff", dark: "#161b22" },
  text: { light: "#1b2430", dark: "#e6edf3" },
  faint: { light: "#5d6878", dark: "#9aa7b8" },
  line: { light: "#c6ccd6", dark: "#3b4452" },
  alarm: { light: "#c8102e", dark: "#ff6b6b" },
} as const satisfies Record<string, OwnerColour>;
