import { expect, it } from "vitest";
import { type AgentCliEvent, agentLines } from "./agent-lines.js";
import { coloursFor } from "./colour.js";

const plain = coloursFor({ write: () => true }, {});
const said = (events: readonly AgentCliEvent[]) => events.flatMap((event) => agentLines(event, plain));

it("says in one line each what the agent is asked and what becomes of its ports", () => {
  expect(
    said([
      { type: "request", method: "GET", path: "/api/\u001b[2Jhello", status: 403, ms: 2 },
      { type: "port-opened", id: "ttyUSB0", baudRate: 115_200 },
      { type: "port-closed", id: "ttyUSB0", why: "closed" },
      { type: "port-closed", id: "ttyUSB0", why: "the client has gone" },
      { type: "port-refused", id: "ttyUSB0", code: "port-in-use" },
    ]),
  ).toEqual([
    "GET /api/hello 403 2 ms",
    "ttyUSB0 opened at 115200 baud",
    "ttyUSB0 closed",
    "ttyUSB0 closed: the client has gone",
    "ttyUSB0 refused: port-in-use",
  ]);
});

it("says of a pairing what to type, who typed it, and until when it is good", () => {
  const origin = "https://flash.example";
  const pairing = { id: "dame2fsj", origin, createdAt: 0, expiresAt: Date.UTC(2026, 11, 28) };
  expect(
    said([
      { type: "pairing", state: "open", code: "627395", expiresAt: 0 },
      { type: "pairing", state: "asked", origin, triesLeft: 4 },
      { type: "pairing", state: "paired", pairing },
      { type: "pairing", state: "closed", reason: "expired" },
    ] as AgentCliEvent[]),
  ).toEqual([
    "Type this code into the page that you want to let in, within two minutes:",
    "  627395",
    "https://flash.example types a code. Tries left after this one: 4.",
    "https://flash.example is let in until 2026-12-28.",
  ]);
});
