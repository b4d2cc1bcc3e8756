/** Words for an agent that has gone without one. @module */
import { agentLimits } from "../agent-protocol/index.js";

/** Why a connection is given up. */
export const SILENT = `the agent said nothing for ${agentLimits.silenceMs / 1000} s`;
