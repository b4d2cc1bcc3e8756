/** Being let in by an agent, coming back to it, and following it. Loaded when somebody wants it, or is paired. @module */
import { FlasherError, isFlasherError } from "@flashwright/core";
import { findAgent, pairPage, returnToAgent } from "@flashwright/web-transport/agent-session";
import { words } from "../words/words.js";
import type { AgentTrouble } from "./create-agent.js";
import type { GuestState, Visit } from "./create-guest.js";
import { followPorts, troubleOf } from "./follow-agent.js";
import { type LoopbackPermission, loopbackPermission } from "./loopback-permission.js";
import { type StoredPairing, storedPairing, storePairing } from "./stored-pairing.js";

/** Says how to be let in. */
export async function invite({ say }: Visit): Promise<void> {
  say({ kind: "inviting", permission: await loopbackPermission() });
}

/** Shows the code that stands in the terminal. */
export async function pair(visit: Visit, code: string, address: string): Promise<void> {
  const { say } = visit;
  const refuse = (trouble: AgentTrouble, permission: LoopbackPermission) =>
    say({ kind: "inviting", permission, trouble });
  await tryToGetIn(visit, refuse, async () => {
    const url = address.trim() === "" ? await findAgent() : originOf(address);
    if (url === undefined) throw new FlasherError("agent-not-found");
    const { token, ...pairing } = await pairPage({ url }, code.replace(/\s/g, ""));
    storePairing({ ...pairing, url });
    return { url, token };
  });
}

/**
 * Connects with the pairing that was kept.
 * @param unasked nobody pressed a button: then nothing is asked of the computer unless the browser has allowed it before
 */
export async function comeBack(visit: Visit, unasked: boolean): Promise<void> {
  const { say } = visit;
  const permission = await loopbackPermission();
  const pairing = storedPairing();
  if (pairing === undefined) return invite(visit);
  if (unasked && permission !== "granted" && permission !== "none-needed") {
    return say({ kind: "paired", permission });
  }
  const refuse = (trouble: AgentTrouble, now: LoopbackPermission) =>
    say({ kind: storedPairing() === undefined ? "inviting" : "paired", permission: now, trouble });
  await tryToGetIn(visit, refuse, () => returnWith(pairing));
}

/** The agent may have come up at another of its ports. */
async function returnWith(pairing: StoredPairing): Promise<{ url: string; token: string }> {
  const returnTo = async (url: string) => {
    const token = await returnToAgent({ url }, { pairing, origin: location.origin });
    return { url, token };
  };
  try {
    return await returnTo(pairing.url);
  } catch (error) {
    if (isFlasherError(error, "agent-unauthorised")) storePairing(undefined);
    if (!isFlasherError(error, "agent-unreachable")) throw error;
    const url = await findAgent();
    if (url === undefined || url === pairing.url) throw new FlasherError("agent-not-found");
    const place = await returnTo(url);
    storePairing({ ...pairing, url });
    return place;
  }
}

type Refuse = (trouble: AgentTrouble, permission: LoopbackPermission) => void;

/** Follows the agent where `getIn` got a token of one. */
async function tryToGetIn(
  { say, keep, signal }: Visit,
  refuse: Refuse,
  getIn: () => Promise<{ readonly url: string; readonly token: string }>,
): Promise<void> {
  say({ kind: "asking", permission: await loopbackPermission() });
  const fail = async (error: unknown) => {
    const permission = await loopbackPermission();
    refuse(permission === "denied" ? blocked() : guestTrouble(refusal(error)), permission);
  };
  try {
    const place = await getIn();
    keep(place);
    const onPorts = (state: Extract<GuestState, { kind: "ports" }>) => say(state);
    const onLost = (error: unknown) => {
      const trouble = { ...guestTrouble(error), title: words.agent.ended };
      void loopbackPermission().then((permission) => say({ kind: "paired", permission, trouble }));
    };
    await followPorts({ ...place, signal }, onPorts, onLost);
  } catch (error) {
    await fail(error);
  }
}

/** An agent tells a stranger nothing: to this page it is as if none were there. */
function refusal(error: unknown): unknown {
  if (!isFlasherError(error, "agent-unreachable")) return error;
  return new FlasherError("agent-not-found", {}, { cause: error });
}

/** Said by the permission alone: a request that the browser blocks fails like one to an agent that is not there. */
function blocked(): AgentTrouble {
  const { title, message, hint } = words.guest.blocked;
  return { title, message, hint, mayPass: true };
}

function guestTrouble(error: unknown): AgentTrouble {
  return { ...troubleOf(error), title: words.problem.title };
}

/** @throws FlasherError `agent-address-not-local` for what is no address of this computer */
function originOf(text: string): string {
  const typed = text.trim();
  const address = /^\d+$/.test(typed) ? `http://127.0.0.1:${typed}` : typed;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "http:" || !/^(?:localhost|127\.0\.0\.1)$/.test(url.hostname)) {
    throw new FlasherError("agent-address-not-local", { address: typed });
  }
  return url.origin;
}
