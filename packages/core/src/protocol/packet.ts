/**
 * The 8-byte header in front of every request and reply.
 *
 * @module
 */
import { readHalf, readWord, writeWord } from "../bytes.js";

const HEADER_SIZE = 8;
const REQUEST = 0x00;
const RESPONSE = 0x01;

/** A reply of the loader, apart from its status. */
export interface Response {
  /** The opcode that the reply names: that of the request, with exceptions on unknown opcodes. */
  readonly op: number;
  /** READ_REG's result and SYNC's echo; stale for every other command of the ROM loader. */
  readonly value: number;
  /** What follows the header: data, then the status bytes. The array is the caller's own. */
  readonly body: Uint8Array;
  /** The length that the header announced; a stub that fails may send less. */
  readonly announced: number;
}

/** A request packet: direction 0, opcode, length, checksum word, body. */
export function encodeRequest(op: number, body: Uint8Array, checksum = 0): Uint8Array {
  const packet = new Uint8Array(HEADER_SIZE + body.length);
  packet[0] = REQUEST;
  packet[1] = op;
  packet[2] = body.length;
  packet[3] = body.length >>> 8;
  writeWord(packet, 4, checksum);
  packet.set(body, HEADER_SIZE);
  return packet;
}

/** The reply in `packet`, or `undefined` where it is none (too short, or not sent by a loader). */
export function parseResponse(packet: Uint8Array): Response | undefined {
  if (packet.length < HEADER_SIZE + 2 || packet[0] !== RESPONSE) return undefined;
  return {
    op: packet[1],
    announced: readHalf(packet, 2),
    value: readWord(packet, 4),
    body: packet.slice(HEADER_SIZE),
  };
}
