/** The frames between this process and the helper that holds the pseudo terminal; `pty-helper.py` describes them. @module */

/** What a frame is about: its first byte, as a letter. */
export const FrameType = {
  ready: "R",
  opened: "O",
  rate: "B",
  data: "D",
  modem: "M",
  closed: "C",
  failed: "E",
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** One message in either direction. */
export interface PtyFrame {
  readonly type: FrameType;
  /** Which opening of the terminal it belongs to, counted from 1, in 16 bits; 0 before the first. */
  readonly session: number;
  readonly payload: Uint8Array;
}

const HEADER_SIZE = 7;
/** The helper reads 16 KiB at once; more in one frame means that the stream is out of step. */
const MAX_PAYLOAD = 64 * 1024;

/** A frame as bytes: type, session (2), length (4), payload, little-endian. */
export function encodeFrame({ type, session, payload }: PtyFrame): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = type.charCodeAt(0);
  view.setUint16(1, session, true);
  view.setUint32(3, payload.length, true);
  bytes.set(payload, HEADER_SIZE);
  return bytes;
}

/** Puts frames together from chunks of any size. */
export class FrameDecoder {
  private pending = new Uint8Array(0);

  /**
   * The frames that are complete with this chunk; their payloads are views.
   * @throws Error when a frame is longer than any that the helper sends
   */
  decode(chunk: Uint8Array): PtyFrame[] {
    const bytes = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const frames: PtyFrame[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER_SIZE) {
      const length = view.getUint32(at + 3, true);
      if (length > MAX_PAYLOAD) throw new Error(`a frame of ${length} bytes from the terminal's helper`);
      const end = at + HEADER_SIZE + length;
      if (bytes.length < end) break;
      const type = String.fromCharCode(bytes[at]!) as FrameType;
      frames.push({
        type,
        session: view.getUint16(at + 1, true),
        payload: bytes.subarray(at + HEADER_SIZE, end),
      });
      at = end;
    }
    this.pending = bytes.slice(at);
    return frames;
  }
}
