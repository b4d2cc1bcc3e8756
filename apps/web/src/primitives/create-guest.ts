/** An agent that this page is a guest of: another site's page, let in by a code from the terminal. @module */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { AgentWay } from "../engine/engine.js";
import type { AgentPortOffer, AgentTrouble } from "./create-agent.js";
import type { LoopbackPermission } from "./loopback-permission.js";
import { storedPairing, storePairing } from "./stored-pairing.js";

/** How this page stands with an agent of the person's computer. */
export type GuestState =
  /** Nothing was asked of anybody. */
  | { readonly kind: "apart" }
  /** The person wants to be let in. */
  | {
      readonly kind: "inviting";
      readonly permission: LoopbackPermission;
      readonly trouble?: AgentTrouble;
    }
  /** Asking; while the permission is `prompt`, it is the browser that has to be answered first. */
  | { readonly kind: "asking"; readonly permission: LoopbackPermission }
  /** Let in before, and not connected. */
  | {
      readonly kind: "paired";
      readonly permission: LoopbackPermission;
      readonly trouble?: AgentTrouble;
    }
  | { readonly kind: "ports"; readonly ports: readonly AgentPortOffer[]; readonly unlisted?: string };

/** Where an agent lends its ports, and with what; the token is for now. */
export interface GuestPlace {
  readonly url: string;
  readonly token: string;
}

/** Such an agent. */
export interface GuestAgent {
  readonly state: Accessor<GuestState>;
  /** Says how to be let in; asks nobody. */
  invite(): void;
  /** Shows the code. @param address of an agent that listens elsewhere; empty looks where agents listen */
  pair(code: string, address: string): void;
  /** Connects with the pairing that was kept. */
  comeBack(): void;
  /** Forgets the pairing; the agent keeps its side until the person revokes it there. */
  forget(): void;
  wayTo(port: AgentPortOffer): AgentWay;
}

/** For a page that no agent serves; `undefined` on an agent's own. */
export function createGuest(isAgentsOwn: boolean): GuestAgent | undefined {
  if (isAgentsOwn) return undefined;
  const [state, setState] = createSignal<GuestState>({ kind: "apart" });
  let controller = new AbortController();
  let place: GuestPlace | undefined;

  /** One visit at a time; what an older one still hears is dropped. */
  function begin(): { readonly say: (state: GuestState) => void; readonly signal: AbortSignal } {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const say = (next: GuestState) => {
      if (!signal.aborted) setState(next);
    };
    return { say, signal };
  }
  const visit = (step: (guest: typeof import("./follow-guest.js"), visit: Visit) => Promise<void>) => {
    const { say, signal } = begin();
    const keep = (found: GuestPlace) => {
      place = found;
    };
    void import("./follow-guest.js").then((guest) => step(guest, { say, keep, signal }));
  };
  const comeBack = (unasked: boolean) => visit((guest, own) => guest.comeBack(own, unasked));
  onCleanup(() => controller.abort());
  if (storedPairing() !== undefined) comeBack(true);

  return {
    state,
    invite: () => visit((guest, own) => guest.invite(own)),
    pair: (code, address) => visit((guest, own) => guest.pair(own, code, address)),
    comeBack: () => comeBack(false),
    forget: () => {
      storePairing(undefined);
      begin().say({ kind: "apart" });
    },
    wayTo: ({ id, label, adapter }) => {
      const { url, token } = place ?? { url: "", token: "" };
      return { kind: "agent", url, token, id, label, adapter };
    },
  };
}

/** One try to get in: who is told, and what is kept. */
export interface Visit {
  readonly say: (state: GuestState) => void;
  readonly keep: (place: GuestPlace) => void;
  readonly signal: AbortSignal;
}
