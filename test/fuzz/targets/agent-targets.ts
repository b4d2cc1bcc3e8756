/** What an agent and its clients read of each other. @module */
import { FlasherError } from "@flashwright/core";
import {
  agentLimits,
  challengeRequest,
  controlMessage,
  controlRequest,
  launchCodeFrom,
  launchRequest,
  pairingRequest,
  parseError,
  portMessage,
  portRequest,
  proofRequest,
  readMessage,
  SUBPROTOCOL,
  tokenFromSubprotocols,
  withToken,
} from "@flashwright/web-transport/agent-protocol";
import { type FuzzTarget, must } from "../target.js";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const json = (...messages: readonly unknown[]) =>
  messages.map((message) => new TextEncoder().encode(JSON.stringify(message)));
const secret = "s".repeat(43);

/** Every message of a client, and of an agent. */
export const agentTargets: readonly FuzzTarget[] = [
  {
    name: "what a client asks of an open port",
    samples: () =>
      json(
        { id: 1, do: "signal", steps: [{ dtr: false, rts: true, waitMs: 100 }, { dtr: true }] },
        { id: 2, do: "baud", baudRate: 921_600 },
        { id: 3, do: "break", durationMs: 100 },
        { do: "taken", byteCount: 65_536 },
        { do: "close" },
      ),
    run: (bytes) => {
      const request = readMessage(portRequest, text(bytes));
      if (request?.do === "baud") must(request.baudRate >= 300 && request.baudRate <= 4_000_000, "a rate");
      if (request?.do === "break") must(request.durationMs <= agentLimits.breakMs, "a short break");
      if (request?.do !== "signal") return;
      const waits = request.steps.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0);
      must(
        request.steps.length <= agentLimits.signalSteps && waits <= agentLimits.signalMs,
        "a short sequence",
      );
    },
  },
  {
    name: "what a client asks of the control socket, and bodies of plain requests",
    samples: () =>
      json(
        { id: 0, do: "new-link" },
        { id: 1, do: "revoke-pairing", pairing: "abcd1234" },
        { launchCode: secret },
        { code: "123456" },
        { pairingId: "abcd1234", pageNonce: secret },
        { pairingId: "abcd1234", agentNonce: secret, proof: secret },
      ),
    run: (bytes) => {
      readMessage(controlRequest, text(bytes));
      for (const schema of [launchRequest, challengeRequest, proofRequest]) readMessage(schema, text(bytes));
      const pairing = readMessage(pairingRequest, text(bytes));
      must(pairing === undefined || /^[0-9]{6}$/.test(pairing.code), "six digits");
    },
  },
  {
    name: "what an agent says",
    samples: () =>
      json(
        { type: "open", label: "/dev/ttyUSB0", capabilities: { lines: "dtr-rts", baudRate: "any" } },
        { type: "refused", error: new FlasherError("port-busy", { label: "COM3" }).toJSON() },
        { type: "ports", ports: [{ id: "COM3", kind: "usb", path: "COM3", inUse: false }] },
        { type: "pairing", pairing: { state: "open", code: "123456", expiresAt: 1 } },
      ),
    run: (bytes) => {
      readMessage(controlMessage, text(bytes));
      const message = readMessage(portMessage, text(bytes));
      if (message?.type === "refused") JSON.stringify(parseError(message.error));
    },
  },
  {
    name: "tokens and codes in headers and addresses",
    samples: () =>
      [withToken(secret).join(", "), `#code=${secret}`].map((sample) => new TextEncoder().encode(sample)),
    run: (bytes) => {
      const header = text(bytes);
      const token = tokenFromSubprotocols(header);
      must(token === undefined || header.includes(SUBPROTOCOL), "a token only beside the protocol");
      const code = launchCodeFrom(header);
      must(code === undefined || /^[\w-]{22,100}$/.test(code), "a code of its alphabet");
    },
  },
];
