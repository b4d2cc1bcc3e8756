/**
 * Another baud rate, through the stub.
 *
 * @module
 */
import { concat } from "../bytes.js";
import { FlasherError, isFlasherError } from "../errors.js";
import { type Command, changeBaudRate, readReg } from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { resynchronise } from "./sync.js";

/** The stub changes its rate some 5 ms after the reply and settles for 5 ms more. */
const SETTLE_MS = 20;
const PROOF_TIMEOUT_MS = 400;
const DIVISOR_MASK = 0xfffff;

/**
 * Changes the rate of the chip and of the transport, and proves the link at the new one.
 *
 * The stub divides as if the present rate were always 115,200, so the request is computed from the divisor that is in
 * force to the one that is wanted; measured, this sets exactly the wanted divisor from any rate.
 * @param from the present rate in bit/s
 * @throws FlasherError `baud-change-failed` where the chip does not answer at the new rate
 */
export async function changeStubBaudRate(
  connection: Connection,
  target: Target,
  from: number,
  to: number,
  signal?: AbortSignalLike,
): Promise<void> {
  const { divisorRegister, referenceBaudRate } = target.uart;
  const divisor = (await connection.send(readReg(divisorRegister), signal)) & DIVISOR_MASK;
  const wanted = Math.max(1, Math.round((divisor * from) / to));
  const request = Math.floor((divisor * referenceBaudRate) / wanted);
  await connection.send(changeBaudRate(request, from), signal);
  await connection.transport.setBaudRate(to);
  await connection.discard();
  try {
    await provedLink(connection, target, to, wanted, signal);
  } catch (error) {
    if (!isFlasherError(error, "command-timeout")) throw error;
    throw new FlasherError("baud-change-failed", { baudRate: to, fallback: from }, { cause: error });
  }
}

/**
 * Idle-like bytes fill the time in which the chip changes over: no timer, and a receiver at the old rate can take none of
 * them for a delimiter. Then the divisor itself is read back.
 */
async function provedLink(
  connection: Connection,
  target: Target,
  baudRate: number,
  wanted: number,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const idle = new Uint8Array(Math.ceil((SETTLE_MS * baudRate) / 10_000)).fill(0xff);
  const proof: Command<number> = { ...readReg(target.uart.divisorRegister), timeoutMs: PROOF_TIMEOUT_MS };
  await resynchronise(
    connection,
    async () => {
      await connection.write(concat([idle, connection.encode(proof)]), signal);
      const divisor = (await connection.reply(proof, signal)) & DIVISOR_MASK;
      if (divisor !== wanted)
        throw new FlasherError("command-timeout", { op: "READ_REG", timeoutMs: PROOF_TIMEOUT_MS });
    },
    signal,
  );
}
