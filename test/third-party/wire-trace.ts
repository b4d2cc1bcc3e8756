/**
 * Requests as they went over the wire, taken apart by code that shares nothing with the packages under test.
 *
 * @module
 */

/** One request to a loader. */
export interface Request {
  readonly op: number;
  readonly body: DataView;
}

/** The requests in a stream of bytes; frames are delimited by 0xC0, and 0xDB escapes. */
export function requestsIn(bytes: readonly number[]): Request[] {
  const requests: Request[] = [];
  let frame: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0xdb) frame.push(bytes[++at] === 0xdc ? 0xc0 : 0xdb);
    else if (bytes[at] !== 0xc0) frame.push(bytes[at]);
    else {
      if (frame.length >= 8 && frame[0] === 0) {
        const body = Uint8Array.from(frame.slice(8));
        requests.push({ op: frame[1], body: new DataView(body.buffer) });
      }
      frame = [];
    }
  }
  return requests;
}

/** READ_REG and WRITE_REG as lines: "read 60000200", "write 60000200 = 00000017". Others are left out. */
export function registerTrace(requests: readonly Request[]): string[] {
  const hex = (word: number): string => word.toString(16).padStart(8, "0");
  return requests.flatMap(({ op, body }) => {
    if (op === 0x0a) return [`read ${hex(body.getUint32(0, true))}`];
    if (op !== 0x09) return [];
    const [address, value, mask, delayUs] = [0, 4, 8, 12].map((at) => body.getUint32(at, true));
    const odd =
      mask === 0xffffffff && delayUs === 0 && body.byteLength === 16 ? "" : " (masked, late or many)";
    return [`write ${hex(address)} = ${hex(value)}${odd}`];
  });
}

/** The bytes of a request's body. */
export function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
