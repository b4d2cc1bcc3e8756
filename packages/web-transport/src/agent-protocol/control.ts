/** The control WebSocket: which ports there are, as they come and go; for the terminal also pairings. @module */
import * as v from "valibot";
import { errorData } from "./error.js";
import { agentLimits } from "./limits.js";

const text = v.pipe(v.string(), v.maxLength(500));

/** `usb`: behind USB. `serial`: another port of this computer. `named`: given to the agent by name. `virtual`: no hardware. */
const portKind = v.picklist(["usb", "serial", "named", "virtual"]);
export type AgentPortKind = v.InferOutput<typeof portKind>;

const agentPort = v.object({
  /** What `portPath` takes. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  kind: portKind,
  /** The system's own name: "/dev/ttyUSB0". */
  path: text,
  /** USB identifiers, 4 lower-case hex digits. */
  vendorId: v.optional(text),
  productId: v.optional(text),
  serialNumber: v.optional(text),
  manufacturer: v.optional(text),
  product: v.optional(text),
  /** Usual name of the bridge chip: "CP2102". */
  bridge: v.optional(text),
  /** Whether a client of this agent has it open. */
  inUse: v.boolean(),
});
/** A port of the agent's computer. Texts come from the adapter and are not to be trusted. */
export type AgentPort = v.InferOutput<typeof agentPort>;

const pairingInfo = v.object({
  id: text,
  /** "https://flash.example" */
  origin: text,
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  expiresAt: v.number(),
});
/** A page that may come again; what both sides know is not in here. */
export type PairingInfo = v.InferOutput<typeof pairingInfo>;

const pairingState = v.variant("state", [
  /** Waits for a page to ask; `expiresAt` in milliseconds since 1970. */
  v.object({ state: v.literal("open"), code: text, expiresAt: v.number() }),
  /** A page has asked and is the only one that may go on. */
  v.object({ state: v.literal("asked"), origin: text, triesLeft: v.number() }),
  v.object({ state: v.literal("paired"), pairing: pairingInfo }),
  v.object({ state: v.literal("closed"), reason: v.picklist(["expired", "tries", "cancelled"]) }),
]);
/** How a pairing goes on. */
export type PairingState = v.InferOutput<typeof pairingState>;

const id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a client of the control socket asks; all of it for the terminal's own token alone. */
export const controlRequest = v.variant("do", [
  /** A link with a new code, for another page or another window. */
  v.strictObject({ id, do: v.literal("new-link") }),
  /** `done` at once, then a `pairing` at each step; closing the socket cancels it. */
  v.strictObject({ id, do: v.literal("open-pairing") }),
  v.strictObject({ id, do: v.literal("cancel-pairing") }),
  v.strictObject({ id, do: v.literal("list-pairings") }),
  /** Forgets a pairing, "all" for every one; pages that came with it are cut off. The rest is answered. */
  v.strictObject({ id, do: v.literal("revoke-pairing"), pairing: text }),
]);
export type ControlRequest = v.InferOutput<typeof controlRequest>;

/** What a client of the control socket hears. */
export const controlMessage = v.variant("type", [
  /** All ports: at once, and after each change. */
  v.object({
    type: v.literal("ports"),
    ports: v.pipe(v.array(agentPort), v.maxLength(agentLimits.listedPorts)),
  }),
  /** The system does not say which ports there are; named and virtual ones are in the `ports` that came before. */
  v.object({ type: v.literal("ports-unavailable"), error: errorData }),
  v.object({ type: v.literal("alive") }),
  v.object({ type: v.literal("done"), id }),
  v.object({ type: v.literal("failed"), id, error: errorData }),
  /** With a code that is good once, for a minute: whoever has it has the agent. */
  v.object({ type: v.literal("link"), id, url: text }),
  v.object({ type: v.literal("pairings"), id, pairings: v.array(pairingInfo) }),
  v.object({ type: v.literal("pairing"), pairing: pairingState }),
]);
export type ControlMessage = v.InferOutput<typeof controlMessage>;
