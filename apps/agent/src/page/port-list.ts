/** All ports, live. @module */
import type { AgentPort } from "@flashwright/web-transport/agent";
import { notice } from "./notice.js";
import { type OpenPort, PortCard } from "./port-card.js";

/** Keeps a card for each port, so that an answer stays while others come and go. */
export class PortList {
  readonly #root: HTMLElement;
  readonly #openPort: OpenPort;
  #cards = new Map<string, PortCard>();

  constructor(root: HTMLElement, openPort: OpenPort) {
    this.#root = root;
    this.#openPort = openPort;
  }

  show(ports: readonly AgentPort[]): void {
    const cards = new Map(ports.map((port) => [port.id, this.#cardOf(port)]));
    this.#cards = cards;
    const shown = ports.length === 0 ? [nothingThere()] : [...cards.values()].map(({ root }) => root);
    // What is there already is not moved: it would lose the focus.
    if (!sameNodes(this.#root.children, shown)) this.#root.replaceChildren(...shown);
  }

  #cardOf(port: AgentPort): PortCard {
    const card = this.#cards.get(port.id) ?? new PortCard(port, this.#openPort);
    card.show(port);
    return card;
  }
}

function sameNodes(there: HTMLCollection, wanted: readonly HTMLElement[]): boolean {
  return there.length === wanted.length && wanted.every((node, at) => there[at] === node);
}

function nothingThere(): HTMLElement {
  return notice(
    "No board is plugged in",
    "Plug one in with a data cable; it appears here by itself. `flashwright agent --all-ports` also shows ports that are " +
      "not behind USB, `flashwright agent --virtual esp-12f` a virtual board.",
  );
}
