/** The numbers of the Com Port Control option. Source: RFC 2217, section 3. @module */

/** Commands of the client; the server answers with the same number plus `ANSWER_OFFSET`. */
export const ComPortCommand = {
  Signature: 0,
  SetBaudRate: 1,
  SetDataSize: 2,
  SetParity: 3,
  SetStopSize: 4,
  SetControl: 5,
  NotifyLineState: 6,
  NotifyModemState: 7,
  FlowControlSuspend: 8,
  FlowControlResume: 9,
  SetLineStateMask: 10,
  SetModemStateMask: 11,
  PurgeData: 12,
} as const;
export type ComPortCommand = (typeof ComPortCommand)[keyof typeof ComPortCommand];

/** Commands of the server to the client are this much higher. */
export const ANSWER_OFFSET = 100;

/** Values of `SetControl` that a flasher sends. */
export const Control = {
  NoFlowControl: 1,
  BreakOn: 5,
  BreakOff: 6,
  DtrOn: 8,
  DtrOff: 9,
  RtsOn: 11,
  RtsOff: 12,
} as const;
export type Control = (typeof Control)[keyof typeof Control];

/** 8 data bits, no parity, 1 stop bit, in the option's own values. */
export const DATA_SIZE_8 = 8;
export const PARITY_NONE = 1;
export const STOP_SIZE_1 = 1;

/** `PurgeData` of what the server received from the port and has not sent yet. */
export const PURGE_RECEIVED = 1;

/** A rate as the option carries it: 32 bits, high byte first. `0` asks for the present rate. */
export function encodeBaudRate(baudRate: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, baudRate);
  return bytes;
}

/** An 8N1 receiver tolerates about this much, so a rate that is off by more is another rate. */
const RATE_TOLERANCE = 0.03;

/** Whether a port that was asked for a rate and runs at `actual` does what was asked. */
export function isRateGranted(asked: number, actual: number): boolean {
  return Math.abs(actual - asked) <= asked * RATE_TOLERANCE;
}

/** The rate of an answer; `undefined` when the body is too short. */
export function parseBaudRate(body: Uint8Array): number | undefined {
  if (body.length < 4) return undefined;
  return new DataView(body.buffer, body.byteOffset, 4).getUint32(0);
}

/** Whether an answer says that this very request was granted; for the question after the present rate that cannot be told. */
export function isGrantOf(command: number, request: Uint8Array, answer: Uint8Array): boolean {
  if (command !== ComPortCommand.SetBaudRate) return answer[0] === request[0];
  const [asked, actual] = [parseBaudRate(request), parseBaudRate(answer)];
  return asked !== undefined && actual !== undefined && isRateGranted(asked, actual);
}

/**
 * Which setting a `SetControl` value is about, so that an answer finds its request: flow control out (0 to 3, 17, 19),
 * break (4 to 6), DTR (7 to 9), RTS (10 to 12), flow control in (13 to 16, 18).
 */
export function controlSubject(value: number): "flow-out" | "break" | "dtr" | "rts" | "flow-in" {
  if (value >= 4 && value <= 6) return "break";
  if (value >= 7 && value <= 9) return "dtr";
  if (value >= 10 && value <= 12) return "rts";
  return (value >= 13 && value <= 16) || value === 18 ? "flow-in" : "flow-out";
}
