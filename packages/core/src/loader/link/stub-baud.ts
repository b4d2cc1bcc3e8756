/**
 * Another baud rate, through the stub.
 *
 * @module
 */
import { concat } from "../../bytes.js";
import { FlasherError, isFlasherError } from "../../errors.js";
import { type Command, changeBaudRate, readReg } from "../../protocol/command.js";
import { type Connection, LoaderRefusal } from "../../protocol/connection.js";
import { FRAME_END } from "../../protocol/slip.js";
import type { Target } from "../../targets/target.js";
import type { AbortSignalLike } from "../../transport.js";
import { isDamage } from "../ask.js";
import { resynchronise } from "../sync.js";
import { carriesEveryByte } from "./prove-link.js";

/** The stub changes its rate some 5 ms after the reply and settles for 5 ms more. */
const SETTLE_MS = 20;
const PROOF_TIMEOUT_MS = 400;
const DIVISOR_MASK = 0xfffff;
/** How often a stub that does not answer at the new rate is asked, unheard, to return to the old one. */
const BLIND_RETURNS = 3;

/**
 * Changes the rate of the chip and of the transport, and proves the link at the new one: a faster one has to carry every
 * byte value both ways. Where it does not, both ends are brought back to the old rate.
 *
 * The stub divides as if the present rate were always 115,200, so the request is computed from the divisor that is in
 * force to the one that is wanted; measured, this sets exactly the wanted divisor from any rate.
 * @param from the present rate in bit/s
 * @throws FlasherError `baud-change-failed`, with `recovered` false where the stub does not answer at the old rate either;
 * `port-baud-refused` before the chip was told; `command-timeout`
 */
export async function changeStubBaudRate(
  connection: Connection,
  target: Target,
  from: number,
  to: number,
  signal?: AbortSignalLike,
): Promise<void> {
  const { transport } = connection;
  await tryPort(connection, from, to);
  const change = await planChange(connection, target, from, to, signal).catch((error: unknown) => {
    if (!transport.capabilities.reopensForRate || !isDamage(error)) throw error;
    // To open the port for the trial has reset the chip.
    throw new FlasherError("baud-change-failed", { baudRate: to, fallback: from, recovered: false });
  });
  await tell(connection, change.forth, signal);
  await transport.setBaudRate(to);
  await connection.discard();
  if (await isProven(connection, target, to, change.wanted, to > from, signal)) return;
  const recovered = await comeBack(connection, target, change, signal);
  throw new FlasherError("baud-change-failed", { baudRate: to, fallback: from, recovered });
}

/** A change of the divisor and its way back. */
interface Change {
  readonly from: number;
  readonly to: number;
  /** Divisors in force at either rate. */
  readonly present: number;
  readonly wanted: number;
  readonly forth: Command<void>;
  readonly back: Command<void>;
}

/** Whether the adapter takes the rate is found out before the chip is at one where nobody can follow. */
async function tryPort({ transport }: Connection, from: number, to: number): Promise<void> {
  try {
    await transport.setBaudRate(to);
  } finally {
    await transport.setBaudRate(from);
  }
}

async function planChange(
  connection: Connection,
  target: Target,
  from: number,
  to: number,
  signal: AbortSignalLike | undefined,
): Promise<Change> {
  const { divisorRegister, referenceBaudRate } = target.uart;
  const present = (await connection.send(readReg(divisorRegister), signal)) & DIVISOR_MASK;
  const wanted = Math.max(1, Math.round((present * from) / to));
  const request = (divisor: number, next: number) => Math.floor((divisor * referenceBaudRate) / next);
  return {
    from,
    to,
    present,
    wanted,
    forth: changeBaudRate(request(present, wanted), from),
    back: changeBaudRate(request(wanted, present), to),
  };
}

/** The reply may be what is lost or damaged, so that it reads as a refusal; at which rate the stub is will be seen. */
async function tell(
  connection: Connection,
  command: Command<void>,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  try {
    await connection.send(command, signal);
  } catch (error) {
    if (!isDamage(error) && !(error instanceof LoaderRefusal)) throw error;
  }
}

async function isProven(
  connection: Connection,
  target: Target,
  baudRate: number,
  divisor: number,
  everyByte: boolean,
  signal: AbortSignalLike | undefined,
): Promise<boolean> {
  try {
    await answers(connection, target, baudRate, divisor, signal);
    return !everyByte || (await carriesEveryByte(connection, target, baudRate, signal));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

/**
 * Idle-like bytes fill the time in which the chip changes over: no timer, and a receiver at the old rate can take none of
 * them for a delimiter. Then the divisor itself is read back.
 */
async function answers(
  connection: Connection,
  target: Target,
  baudRate: number,
  divisor: number,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const proof: Command<number> = { ...readReg(target.uart.divisorRegister), timeoutMs: PROOF_TIMEOUT_MS };
  await resynchronise(
    connection,
    async () => {
      await connection.write(concat([idle(baudRate), connection.encode(proof)]), signal);
      const found = (await connection.reply(proof, signal)) & DIVISOR_MASK;
      if (found !== divisor)
        throw new FlasherError("command-timeout", { op: "READ_REG", timeoutMs: PROOF_TIMEOUT_MS });
    },
    signal,
  );
}

function idle(baudRate: number): Uint8Array {
  return new Uint8Array(Math.ceil((SETTLE_MS * baudRate) / 10_000)).fill(0xff);
}

/** Back to the old rate, where the stub may still be; else it is told so at the new one, whose replies may not be heard. */
async function comeBack(
  connection: Connection,
  target: Target,
  { from, to, present, back }: Change,
  signal: AbortSignalLike | undefined,
): Promise<boolean> {
  const { transport } = connection;
  const isBack = async (): Promise<boolean> => {
    await transport.setBaudRate(from);
    await connection.discard();
    return isProven(connection, target, from, present, false, signal);
  };
  if (await isBack()) return true;
  await transport.setBaudRate(to);
  for (let attempt = 0; attempt < BLIND_RETURNS; attempt++) {
    // The probes at the old rate may have left a frame open, or one delimiter too many.
    const opening = new Uint8Array(attempt % 2 === 1 ? [FRAME_END] : []);
    await connection.write(concat([opening, connection.encode(back), idle(to)]), signal);
  }
  await transport.drain();
  return isBack();
}

/** Whether a change of the rate failed in such a way that the stub does not answer any more. */
export function lostByChange(error: unknown): boolean {
  return isFlasherError(error, "baud-change-failed") && error.params.recovered !== true;
}
