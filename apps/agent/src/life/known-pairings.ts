/** Pairings, whether an agent runs or not. @module */
import type { PairingInfo } from "@flashwright/web-transport/agent-protocol";
import { PairingBook } from "../pairing/pairing-book.js";
import { findRunning } from "./runtime-file.js";
import { connectToRunning, type TerminalLink } from "./terminal-link.js";

/** Every pairing of a data folder. @throws FlasherError `file-unreadable`, `agent-pairings-damaged` */
export function listPairings(dataFolder: string): Promise<PairingInfo[]> {
  return withPairings(
    dataFolder,
    (link) => link.pairings(),
    async (book) => book.list(),
  );
}

/**
 * Forgets one pairing, or "all"; a page that is connected with it is cut off.
 * @returns those that are left
 * @throws FlasherError `agent-pairing-unknown`, `file-unreadable`, `file-unwritable`, `agent-pairings-damaged`
 */
export function revokePairing(dataFolder: string, pairing: string): Promise<PairingInfo[]> {
  return withPairings(
    dataFolder,
    (link) => link.revoke(pairing),
    async (book) => {
      await book.revoke(pairing);
      return book.list();
    },
  );
}

/** An agent that runs has its own copy, so it is asked. */
async function withPairings(
  dataFolder: string,
  ask: (link: TerminalLink) => Promise<PairingInfo[]>,
  look: (book: PairingBook) => Promise<PairingInfo[]>,
): Promise<PairingInfo[]> {
  if ((await findRunning(dataFolder)) === undefined)
    return look(await PairingBook.open(dataFolder, Date.now));
  const link = await connectToRunning(dataFolder);
  try {
    return await ask(link);
  } finally {
    link.close();
  }
}
