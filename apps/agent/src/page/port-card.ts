/** One port: what it is called, and who is there. @module */
import type { Transport } from "@flashwright/core";
import { browserClock } from "@flashwright/web-transport";
import type { AgentPort } from "@flashwright/web-transport/agent";
import { element } from "./dom.js";
import { type Fact, identify } from "./identify.js";
import { errorLines } from "./notice.js";

const OPEN_BAUD_RATE = 115_200;

/** Opens a port at a rate. */
export type OpenPort = (id: string, baudRate: number) => Promise<Transport>;

/** A card that stays while its port is there. */
export class PortCard {
  readonly root: HTMLElement;
  readonly #title = element("h2", "");
  readonly #where = element("p", "where");
  readonly #button = element("button", "");
  readonly #answer = element("div", "answer");
  readonly #openPort: OpenPort;
  #port: AgentPort;
  #isBusy = false;

  constructor(port: AgentPort, openPort: OpenPort) {
    this.#port = port;
    this.#openPort = openPort;
    this.#button.type = "button";
    this.#button.addEventListener("click", () => void this.#identify());
    this.#answer.setAttribute("aria-live", "polite");
    const names = element("div", "", this.#title, this.#where);
    this.root = element("section", "card", element("div", "head", names, this.#button), this.#answer);
    this.show(port);
  }

  /** The port as the agent tells of it now. */
  show(port: AgentPort): void {
    this.#port = port;
    this.#title.textContent = port.product ?? port.bridge ?? nameOf(port);
    this.#where.textContent = placeOf(port);
    const isTaken = port.inUse && !this.#isBusy;
    this.#button.disabled = port.inUse || this.#isBusy;
    this.#button.textContent = this.#isBusy ? "Working" : isTaken ? "In use" : "Identify";
    this.#button.setAttribute("aria-label", `${this.#button.textContent}: ${port.path}`);
  }

  async #identify(): Promise<void> {
    this.#setBusy(true);
    this.#say("Opening the port");
    try {
      const open = () => this.#openPort(this.#port.id, OPEN_BAUD_RATE);
      this.#answer.replaceChildren(factList(await identify(open, browserClock, (text) => this.#say(text))));
    } catch (error) {
      this.#answer.replaceChildren(...errorLines(error));
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.show(this.#port);
  }

  #say(text: string): void {
    this.#answer.replaceChildren(element("p", "where", text));
  }
}

function factList(facts: readonly Fact[]): HTMLElement {
  const lines = facts.flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]);
  return element("dl", "", ...lines);
}

function nameOf({ kind, path }: AgentPort): string {
  return kind === "virtual" ? "Virtual board" : path;
}

function placeOf({ path, bridge, vendorId, productId, serialNumber, product }: AgentPort): string {
  const usb = vendorId === undefined ? undefined : `${vendorId}:${productId ?? "?"}`;
  const chip = product === undefined ? undefined : bridge;
  const serial = serialNumber === undefined ? undefined : `serial ${serialNumber}`;
  return [path, chip, usb, serial].filter((part) => part !== undefined).join(" · ");
}
