import { describe, expect, it } from "vitest";
import { encodeFrame, FrameDecoder, type PtyFrame } from "./pty-frames.js";

const frames: PtyFrame[] = [
  { type: "O", session: 1, payload: Uint8Array.of() },
  { type: "D", session: 0x0102, payload: Uint8Array.of(0x44, 0xff, 0x00) },
  { type: "C", session: 0xffff, payload: Uint8Array.of() },
];
const plain = (list: readonly PtyFrame[]) => list.map((frame) => ({ ...frame, payload: [...frame.payload] }));

describe("frames of the terminal's helper", () => {
  it("are a letter, a session and a length in little-endian, and the payload", () => {
    expect(Buffer.from(encodeFrame(frames[1]!)).toString("hex")).toBe("4402010300000044ff00");
  });

  it("come out whole wherever the stream is cut", () => {
    const stream = Buffer.concat(frames.map(encodeFrame));
    for (let cut = 0; cut <= stream.length; cut++) {
      const decoder = new FrameDecoder();
      const decoded = [...decoder.decode(stream.subarray(0, cut)), ...decoder.decode(stream.subarray(cut))];
      expect(plain(decoded)).toEqual(plain(frames));
    }
  });

  it("are refused when they are longer than the helper's", () => {
    const header = Uint8Array.of(0x44, 1, 0, 0x01, 0x00, 0x01, 0x00);
    expect(() => new FrameDecoder().decode(header)).toThrow("a frame of 65537 bytes");
  });
});
