/** An agent's events in lines. @module */
import type { CliEvent } from "../cli-event.js";
import type { Colours } from "./colour.js";
import { clean, table } from "./text.js";

/** What an agent tells the terminal. */
export type AgentCliEvent = Extract<
  CliEvent,
  {
    type: "agent" | "pairing" | "pairings" | "request" | "port-opened" | "port-refused" | "port-closed";
  }
>;

export function agentLines(event: AgentCliEvent, colours: Colours): string[] {
  switch (event.type) {
    case "agent":
      return [
        `The agent is at ${clean(event.url)}. Open this link; it is good once, within a minute:`,
        `  ${colours.bold(clean(event.link))}`,
      ];
    case "pairing":
      return pairingLines(event, colours);
    case "pairings":
      return pairingList(event.pairings);
    case "request":
      return [colours.dim(`${event.method} ${clean(event.path)} ${event.status} ${event.ms} ms`)];
    case "port-opened":
      return [colours.dim(`${clean(event.id)} opened at ${event.baudRate} baud`)];
    case "port-refused":
      return [colours.dim(`${clean(event.id)} refused: ${event.code}`)];
    case "port-closed":
      return [colours.dim(`${clean(event.id)} closed${reasonOf(event.why)}`)];
  }
}

/** That the client closed it is what everybody expects. */
function reasonOf(why: string): string {
  return why === "closed" ? "" : `: ${clean(why)}`;
}

function pairingLines(event: Extract<CliEvent, { type: "pairing" }>, colours: Colours): string[] {
  switch (event.state) {
    case "open":
      return [
        "Type this code into the page that you want to let in, within two minutes:",
        `  ${colours.bold(event.code)}`,
      ];
    case "asked":
      return [`${clean(event.origin)} types a code. Tries left after this one: ${event.triesLeft}.`];
    case "paired":
      return [`${clean(event.pairing.origin)} is let in until ${dayOf(event.pairing.expiresAt)}.`];
    case "closed":
      return [];
  }
}

function pairingList(pairings: Extract<CliEvent, { type: "pairings" }>["pairings"]): string[] {
  if (pairings.length === 0) return ["No page is paired."];
  return table(
    pairings.map(({ id, origin, createdAt, expiresAt }) => [
      clean(id),
      clean(origin),
      `since ${dayOf(createdAt)}`,
      `until ${dayOf(expiresAt)}`,
    ]),
  );
}

function dayOf(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}
