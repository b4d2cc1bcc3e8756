/** A client's request, carried out on the port. @module */
import type { Transport } from "@flashwright/core";
import type { PortRequest } from "@flashwright/web-transport/agent-protocol";
import type { BoardStream } from "./board-stream.js";

/** Carries out one request, in order with what was asked for before. @throws FlasherError as `Transport` does */
export async function runRequest(
  transport: Transport,
  stream: BoardStream,
  request: Exclude<PortRequest, { do: "taken" | "close" }>,
): Promise<void> {
  switch (request.do) {
    case "signal":
      return transport.signal(request.steps);
    case "baud":
      return transport.setBaudRate(request.baudRate);
    case "break":
      return transport.signal([{ brk: true, waitMs: request.durationMs }, { brk: false }]);
    case "drain":
      return transport.drain();
    case "discard":
      await transport.discard();
      stream.discard();
  }
}
