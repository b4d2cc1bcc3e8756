/** One port that a client may open, and how it is shown. @module */
import type { Transport } from "@flashwright/core";
import { clearOfControls, type ListedPort } from "@flashwright/node-transport";
import type { AgentPort, AgentPortKind } from "@flashwright/web-transport/agent-protocol";

/** A port of the list. */
export interface OfferedPort {
  /** All but who has it. */
  readonly shown: Omit<AgentPort, "inUse">;
  open(baudRate: number): Promise<Transport>;
}

const LONGEST_TEXT = 200;

/** What is shown of a listed port. The adapter chose these texts, so nothing in them may steer a screen or fill it. */
export function shownPort(id: string, kind: AgentPortKind, port: ListedPort): OfferedPort["shown"] {
  const { path, vendorId, productId, serialNumber, manufacturer, product, bridge } = port;
  const texts = Object.entries({ vendorId, productId, serialNumber, manufacturer, product, bridge });
  const clean = texts.flatMap(([name, text]) => {
    const harmless = text === undefined ? "" : harmlessText(text);
    return harmless === "" ? [] : [[name, harmless]];
  });
  return { id, kind, path: harmlessText(path), ...Object.fromEntries(clean) };
}

/** A text of a device without control characters, in whole characters, and short. */
export function harmlessText(text: string): string {
  const clear = clearOfControls(text.slice(0, 4 * LONGEST_TEXT)).replace(/\p{Cs}/gu, "");
  return Array.from(clear).slice(0, LONGEST_TEXT).join("");
}
