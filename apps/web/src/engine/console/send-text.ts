/** Types a whole text or file into a console. @module */
import { isFlasherError, type Transport } from "@flashwright/core";
import { EspruinoConsole, sendLines, sendScript, Transcript } from "@flashwright/core/console";
import { browserClock } from "@flashwright/web-transport";
import type { SendRequest, SentReport } from "../engine.js";

/** What sending works with. */
export interface SendWork {
  readonly transport: Transport;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, count: number) => void;
}

const INTERRUPT = Uint8Array.of(0x03);

/**
 * Sends it, waiting for the board behind each statement or line.
 * @returns how much the board has taken, also where somebody stopped it
 * @throws FlasherError those of `sendScript` and `sendLines`
 */
export async function sendText(
  { text, name, how, ending }: SendRequest,
  { transport, signal, onProgress }: SendWork,
): Promise<SentReport> {
  const source = new TextEncoder().encode(text);
  let [done, total] = [0, 0];
  const see = (sofar: number, count: number) => {
    [done, total] = [sofar, count];
    onProgress(sofar, count);
  };
  try {
    if (how === "statements") {
      const board = new EspruinoConsole(transport, browserClock, { signal });
      const { count, errors } = await sendScript(board, source, { name, onStatement: see });
      return { done: count, count, errors, wasStopped: false };
    }
    const transcript = new Transcript(transport, browserClock, { signal });
    const { count } = await sendLines(transcript, source, { ending, onLine: see });
    return { done: count, count, errors: [], wasStopped: false };
  } catch (error) {
    if (!signal.aborted || isFlasherError(error)) throw error;
    // Half a statement is left in the board's line.
    await transport.write(INTERRUPT);
    return { done, count: total, errors: [], wasStopped: true };
  }
}
