/** `flashwright agent pairings`. @module */
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";

/** Options of `agent pairings`. */
export interface PairingsOptions {
  /** An id, or "all". */
  readonly revoke?: string;
}

/**
 * Lists the pages that may come again; with `--revoke` those that are left.
 * @throws FlasherError `agent-pairing-unknown`, `agent-pairings-damaged`, `file-unreadable`, `file-unwritable`
 */
export async function agentPairings(context: Context, options: PairingsOptions): Promise<OperationResult> {
  const { listPairings, revokePairing } = await import("@flashwright/agent");
  const { dataFolder } = context.world;
  const { revoke } = options;
  const pairings =
    revoke === undefined ? await listPairings(dataFolder) : await revokePairing(dataFolder, revoke);
  context.emit({ type: "pairings", pairings });
  return { code: "pairings-listed", params: { count: pairings.length } };
}
