/** `agent://127.0.0.1:PORT/ID`, a port that an agent lends. @module */

/** Whether an address names a port of an agent. */
export function isAgentAddress(address: string): boolean {
  return /^agent:\/\//i.test(address);
}
