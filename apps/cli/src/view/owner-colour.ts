/** One colour and one sign for each owner of a region, wherever regions are shown. @module */
import type { RegionOwner } from "@flashwright/core/maps";
import type { Colours } from "./colour.js";

type Kind = "boot" | "firmware" | "sdk" | "yours" | "free" | "nobody";

const KINDS: Readonly<Record<RegionOwner, Kind>> = {
  boot: "boot",
  user1: "firmware",
  user2: "firmware",
  app: "firmware",
  "rf-cal": "sdk",
  "phy-init": "sdk",
  "system-params": "sdk",
  "boot-flag": "sdk",
  eeprom: "yours",
  "saved-code": "yours",
  storage: "yours",
  wifi: "yours",
  settings: "yours",
  "file-system": "yours",
  reserved: "nobody",
  free: "free",
  unused: "nobody",
};

/** Signs beside the colours, for those who do not see them. */
const SIGNS: Readonly<Record<Kind, string>> = {
  boot: "B",
  firmware: "#",
  sdk: "+",
  yours: "*",
  free: " ",
  nobody: " ",
};

const LEGEND: Readonly<Record<Kind, string>> = {
  boot: "boot loader",
  firmware: "program",
  sdk: "the chip maker's SDK",
  yours: "yours",
  free: "",
  nobody: "",
};

/** The colour of an owner. */
export function ownerColour(owner: RegionOwner | undefined, colours: Colours): (text: string) => string {
  const byKind: Readonly<Record<Kind, (text: string) => string>> = {
    boot: colours.red,
    firmware: colours.green,
    sdk: colours.magenta,
    yours: colours.yellow,
    free: colours.cyan,
    nobody: colours.dim,
  };
  return owner === undefined ? colours.dim : byKind[KINDS[owner]];
}

/** One character. */
export function ownerSign(owner: RegionOwner): string {
  return SIGNS[KINDS[owner]];
}

/** `B boot loader, # program` for the owners that are there. */
export function ownerLegend(owners: readonly RegionOwner[], colours: Colours): string {
  const kinds = [...new Set(owners.map((owner) => KINDS[owner]))].filter((kind) => LEGEND[kind] !== "");
  return kinds
    .map((kind) => {
      const owner = owners.find((candidate) => KINDS[candidate] === kind);
      return `${ownerColour(owner, colours)(SIGNS[kind])} ${LEGEND[kind]}`;
    })
    .join(", ");
}
