/** The ways to a board that this page has. @module */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { Engine, VirtualWay, Way } from "../engine/engine.js";
import { words } from "../words/words.js";
import type { PageAgent } from "./create-agent.js";

/** One way, as a person chooses it. */
export interface OfferedWay {
  readonly title: string;
  readonly note: string;
  /** One button for each variant; none where it cannot be gone, and the note says why. */
  readonly choices: readonly {
    readonly label: string;
    /** A name, set in the monospace. */
    readonly isCode?: boolean;
    /** Somebody else has it. */
    readonly isTaken?: boolean;
    /** Called while the click counts. */
    readonly open: () => Promise<Way>;
  }[];
}

/** What of the browser decides on the ways. */
export interface BrowserParts {
  readonly search: string;
  readonly hasSerial: boolean;
  readonly isSecure: boolean;
}

/** All ways; those to ports of the agent, and to those that were granted before, change as these come and go. */
export function createWays(
  engine: Pick<Engine, "hasSerial">,
  agent: PageAgent | undefined,
  parts: BrowserParts = thisBrowser(),
): Accessor<readonly OfferedWay[]> {
  const [granted, setGranted] = createSignal<readonly string[]>([]);
  if (parts.hasSerial) {
    const controller = new AbortController();
    onCleanup(() => controller.abort());
    void import("./serial-ports.js").then(({ followPorts }) => followPorts(setGranted, controller.signal));
  }
  return () => [
    ...(agent === undefined ? [] : agentWays(agent)),
    // Whoever has the agent's ports needs no other browser.
    ...(agent === undefined || parts.hasSerial ? [serialWay(engine, parts, granted())] : []),
    virtualWay(paceOf(parts.search)),
  ];
}

function thisBrowser(): BrowserParts {
  return { search: location.search, hasSerial: "serial" in navigator, isSecure: isSecureContext };
}

/** None while the page says elsewhere what keeps it from the agent. */
function agentWays(agent: PageAgent): OfferedWay[] {
  const { title, note, none, connecting, taken } = words.agent;
  const state = agent.state();
  if (state.kind === "connecting") return [{ title, note: connecting, choices: [] }];
  if (state.kind === "cut") return [];
  const choices = state.ports.map((port) => ({
    label: port.isTaken ? taken(port.title) : port.title,
    isCode: true,
    isTaken: port.isTaken,
    open: async (): Promise<Way> => agent.wayTo(port),
  }));
  return [{ title, note: state.unlisted ?? (choices.length === 0 ? none : note), choices }];
}

function serialWay(
  engine: Pick<Engine, "hasSerial">,
  { hasSerial, isSecure }: BrowserParts,
  granted: readonly string[],
): OfferedWay {
  const title = words.start.serial;
  if (!hasSerial) {
    return { title, note: isSecure ? words.start.noSerial : words.start.noSecure, choices: [] };
  }
  const choose = (all: boolean) => async (): Promise<Way> => {
    const { choosePort } = await import("./serial-ports.js");
    return choosePort(engine, all);
  };
  return {
    title,
    note: words.start.serialNote,
    choices: [
      ...granted.map((label) => ({
        label,
        isCode: true,
        open: async (): Promise<Way> => {
          const { grantedWay } = await import("./serial-ports.js");
          return grantedWay(engine, label);
        },
      })),
      { label: words.start.choosePort, open: choose(false) },
      { label: words.start.allPorts, open: choose(true) },
    ],
  };
}

/** `?pace=unlimited` makes virtual boards as quick as the computer, for whoever is in a hurry. */
function paceOf(search: string): VirtualWay["pace"] {
  return new URLSearchParams(search).get("pace") === "unlimited" ? "unlimited" : "line";
}

function virtualWay(pace: VirtualWay["pace"]): OfferedWay {
  const open = (holds: VirtualWay["holds"]) => async (): Promise<Way> => ({ kind: "virtual", holds, pace });
  return {
    title: words.start.virtual,
    note: words.start.virtualNote,
    choices: [
      { label: words.start.virtualEspruino, open: open("espruino") },
      { label: words.start.virtualBlank, open: open("nothing") },
    ],
  };
}
