/** Questions to the server that wait for their answers. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { ComPortCommand, controlSubject, isGrantOf } from "./com-port.js";

/** How long a server may take to answer; its own port may be slow, and the network too. */
export const ANSWER_MS = 3000;

/** A request whose answer may still come. */
interface Outstanding {
  readonly body: Uint8Array;
  /** `undefined` once nobody waits any more: the answer came too late, or that of an equal request was taken for it. */
  resolve: ((answer: Uint8Array) => void) | undefined;
}

/**
 * Pairs answers with requests of the same command, and of the same line for SET-CONTROL.
 *
 * A server answers in the order of the requests (RFC 2217 does not number them), but it may skip one, or answer after
 * the time was up. So a request that timed out stays in the table, and the value that an answer repeats tells whether
 * the answer is for it or for the one that is waited for.
 */
export class RequestTable {
  readonly #outstanding = new Map<string, Outstanding[]>();
  readonly #clock: Clock;
  readonly #label: string;

  /** @param label the server, for errors */
  constructor(clock: Clock, label: string) {
    this.#clock = clock;
    this.#label = label;
  }

  /**
   * The body of the answer to a request that is about to be sent.
   * @param request its name, for the error
   * @param timeoutMs no limit when `undefined`: the caller has one
   * @throws FlasherError `rfc2217-no-answer`
   */
  expect(
    command: ComPortCommand,
    body: Uint8Array,
    request: string,
    timeoutMs?: number,
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      let cancel: (() => void) | undefined;
      const entry: Outstanding = {
        body,
        resolve: (answer) => {
          cancel?.();
          resolve(answer);
        },
      };
      this.#of(keyOf(command, body)).push(entry);
      if (timeoutMs === undefined) return;
      cancel = this.#clock.setTimer(timeoutMs, () => {
        entry.resolve = undefined;
        reject(new FlasherError("rfc2217-no-answer", { label: this.#label, request, timeoutMs }));
      });
    });
  }

  /** Gives an answer of the server to its request. One that nobody asked for is a notice of no interest. */
  answer(command: number, body: Uint8Array): void {
    const outstanding = this.#of(keyOf(command, body));
    const isGrant = (request: Outstanding) => isGrantOf(command, request.body, body);
    const waiting = outstanding.findIndex(({ resolve }) => resolve !== undefined);
    const candidates = waiting < 0 ? outstanding : outstanding.slice(0, waiting + 1);
    const found = Math.max(0, candidates.findIndex(isGrant));
    // The server answers in order: what stands before this one was skipped.
    outstanding.splice(0, found + 1);
    const awaited = candidates[waiting];
    // Whether the answer is for a request that timed out or for its repetition, the setting is the one asked for.
    if (awaited === undefined || (found < waiting && !isGrant(awaited))) return;
    awaited.resolve?.(body);
    awaited.resolve = undefined;
  }

  #of(key: string): Outstanding[] {
    let outstanding = this.#outstanding.get(key);
    if (outstanding === undefined) {
      outstanding = [];
      this.#outstanding.set(key, outstanding);
    }
    return outstanding;
  }
}

function keyOf(command: number, body: Uint8Array): string {
  if (command !== ComPortCommand.SetControl) return String(command);
  return `${command} ${controlSubject(body[0] ?? 0)}`;
}
