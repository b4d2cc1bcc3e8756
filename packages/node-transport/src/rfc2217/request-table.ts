/** Questions to the server that wait for their answers. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { ComPortCommand, controlSubject } from "./com-port.js";

/** How long a server may take to answer; its own port may be slow, and the network too. */
export const ANSWER_MS = 3000;

interface Waiter {
  readonly resolve: (body: Uint8Array) => void;
}

/** Pairs answers with requests: the oldest request of the same command, and of the same line for SET-CONTROL. */
export class RequestTable {
  readonly #waiters = new Map<string, Waiter[]>();
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
    const waiters = this.#of(keyOf(command, body));
    return new Promise((resolve, reject) => {
      let cancel: (() => void) | undefined;
      const waiter: Waiter = {
        resolve: (answer) => {
          cancel?.();
          resolve(answer);
        },
      };
      waiters.push(waiter);
      if (timeoutMs === undefined) return;
      cancel = this.#clock.setTimer(timeoutMs, () => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(new FlasherError("rfc2217-no-answer", { label: this.#label, request, timeoutMs }));
      });
    });
  }

  /** Gives an answer of the server to its request. One that nobody asked for is a notice of no interest. */
  answer(command: number, body: Uint8Array): void {
    this.#of(keyOf(command, body)).shift()?.resolve(body);
  }

  #of(key: string): Waiter[] {
    let waiters = this.#waiters.get(key);
    if (waiters === undefined) {
      waiters = [];
      this.#waiters.set(key, waiters);
    }
    return waiters;
  }
}

function keyOf(command: number, body: Uint8Array): string {
  if (command !== ComPortCommand.SetControl) return String(command);
  return `${command} ${controlSubject(body[0] ?? 0)}`;
}
