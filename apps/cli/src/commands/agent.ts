/** `flashwright agent`. @module */
import type { AgentEvent, RunningAgent } from "@flashwright/agent";
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";

/** Options of `agent`. */
export interface AgentCommandOptions {
  readonly open: boolean;
  readonly pair?: boolean;
  readonly allPorts?: boolean;
  readonly port?: readonly string[];
  readonly virtual?: readonly string[];
  readonly listenPort?: number;
  readonly verbose?: boolean;
}

/**
 * Lends ports until Ctrl-C, which is the orderly end.
 * @throws FlasherError those of `startAgent`
 */
export async function agent(context: Context, options: AgentCommandOptions): Promise<OperationResult> {
  const { world, emit } = context;
  const { startAgent } = await import("@flashwright/agent");
  if (world.isRoot) emit({ type: "warning", code: "agent-as-root", params: {} });
  const running = await startAgent({
    dataFolder: world.dataFolder,
    allPorts: options.allPorts === true,
    namedPorts: options.port ?? [],
    virtualBoards: options.virtual ?? [],
    ...(options.listenPort === undefined ? {} : { tcpPorts: [options.listenPort] }),
    listPorts: () => world.listPorts(),
    now: () => world.now().getTime(),
    onEvent: (event) => tell(context, event, options.verbose === true),
  });
  try {
    emit({ type: "agent", url: running.url, link: running.launchUrl() });
    if (options.pair) running.openPairing((state) => emit({ type: "pairing", ...state }));
    if (options.open && !context.output.json) await openBrowser(context, running);
    await interrupted(context);
  } finally {
    await running.close();
  }
  return { code: "agent-stopped", params: {} };
}

/** Warnings always; what passes, one line each, for those who asked. */
function tell({ emit }: Context, event: AgentEvent, isVerbose: boolean): void {
  if (event.type === "warning" || isVerbose) emit(event);
}

/** Not with the link that is printed: what a browser is started with can be seen by every user of this computer. */
async function openBrowser({ world, emit }: Context, running: RunningAgent): Promise<void> {
  try {
    await world.openLink(running.launchUrl(true));
  } catch (error) {
    const detail = (error as Error).message;
    emit({ type: "warning", code: "agent-no-browser", params: { detail } });
  }
}

/** Resolves on Ctrl-C. */
function interrupted({ signal }: Context): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Rejects on Ctrl-C with its reason. */
export function whenInterrupted({ signal }: Context): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
