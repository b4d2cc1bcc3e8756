/** The ways to a board that this page has. @module */
import type { VirtualWay, Way } from "../engine/engine.js";
import { words } from "../words/en.js";

/** One way, as a person chooses it. */
export interface OfferedWay {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** One button for each variant. */
  readonly choices: readonly { readonly label: string; readonly open: () => Promise<Way> }[];
}

/** All ways, and what cannot be done and why. */
export interface Ways {
  readonly offered: readonly OfferedWay[];
  /** Whether a port with this name is a board in this page. */
  isVirtual(label: string): boolean;
}

/** What this browser and this page can do. */
export function createWays(location: Pick<Location, "search"> = globalThis.location): Ways {
  return { offered: [virtualWay(paceOf(location))], isVirtual: (label) => label.startsWith("virtual") };
}

/** `?pace=unlimited` makes virtual boards as quick as the computer, for whoever is in a hurry. */
function paceOf({ search }: Pick<Location, "search">): VirtualWay["pace"] {
  return new URLSearchParams(search).get("pace") === "unlimited" ? "unlimited" : "line";
}

function virtualWay(pace: VirtualWay["pace"]): OfferedWay {
  const open = (holds: VirtualWay["holds"]) => async (): Promise<Way> => ({ kind: "virtual", holds, pace });
  return {
    id: "virtual",
    title: words.start.virtual,
    note: words.start.virtualNote,
    choices: [
      { label: words.start.virtualEspruino, open: open("espruino") },
      { label: words.start.virtualBlank, open: open("nothing") },
    ],
  };
}
