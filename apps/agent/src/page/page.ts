/** The plain page of the agent: which ports there are, and who is at them. @module */
import { isFlasherError } from "@flashwright/core";
import { browserClock } from "@flashwright/web-transport";
import { type AgentClient, type AgentEvent, connectAgent } from "@flashwright/web-transport/agent";
import { byId, element } from "./dom.js";
import { failureNotice, linkNeeded } from "./notice.js";
import { PortList } from "./port-list.js";
import { dropToken, takeToken } from "./token.js";

const ports = byId("ports");
const trouble = byId("trouble");
const status = byId("status");
let client: AgentClient | undefined;

window.addEventListener("hashchange", () => {
  if (location.hash !== "") void start();
});
void start();

async function start(): Promise<void> {
  client?.close();
  say("Connecting", "");
  try {
    const token = await takeToken();
    if (token === undefined) return showLinkNeeded();
    await follow(token);
    say("Connected to the agent", "good");
  } catch (error) {
    if (isFlasherError(error, "agent-unauthorised")) return showLinkNeeded();
    showFailure(error);
  }
}

async function follow(token: string): Promise<void> {
  const list = new PortList(ports, (id, baudRate) => {
    if (client === undefined) throw new Error("there is no agent");
    return client.openPort(id, { baudRate });
  });
  const onEvent = (event: AgentEvent) => {
    if (event.type === "ports") list.show(event.ports);
    if (event.type === "lost") showFailure(event.error);
    trouble.replaceChildren(...(event.type === "ports-unavailable" ? [failureNotice(event.error)] : []));
  };
  client = await connectAgent({ url: location.origin, token, clock: browserClock, onEvent });
}

function showLinkNeeded(): void {
  dropToken();
  say("Not connected", "bad");
  trouble.replaceChildren();
  ports.replaceChildren(linkNeeded());
}

function showFailure(error: unknown): void {
  say("Not connected", "bad");
  const again = element("button", "", "Connect again");
  again.type = "button";
  again.addEventListener("click", () => void start());
  trouble.replaceChildren();
  ports.replaceChildren(failureNotice(error, again));
}

function say(text: string, state: "good" | "bad" | ""): void {
  status.textContent = text;
  status.dataset.state = state;
}
