/** A record of what passes on a console's port. @module */
import type { Transport } from "@flashwright/core";
import type { Context } from "../context.js";
import { PasswordFilter } from "../trace/password-filter.js";
import { openTraceFile } from "../trace/trace-file.js";
import { traceTransport } from "../trace/trace-transport.js";
import type { ConsoleOptions } from "./console-options.js";

/** A trace that has to be closed; nothing where none is wished. */
export interface ConsoleTrace {
  wrap(transport: Transport): Transport;
  /** @throws FlasherError `file-unwritable` when the disk did not take the trace */
  close(): void;
}

/** Opens the trace that the options ask for. @throws FlasherError `file-unwritable` */
export function openConsoleTrace(
  { world }: Pick<Context, "world">,
  { trace, traceSecrets = false }: Pick<ConsoleOptions, "trace" | "traceSecrets">,
): ConsoleTrace {
  if (trace === undefined) return { wrap: (transport) => transport, close() {} };
  const file = openTraceFile(trace, traceSecrets);
  const payloads = traceSecrets ? "recorded" : "hidden";
  return {
    wrap: (transport) =>
      traceTransport(transport, world.clock, file.sink, payloads, () => new PasswordFilter()),
    close: () => file.close(),
  };
}
