/** Frames decoded a byte at a time: the time per byte must not grow with the frame. @module */
import { encodeFrame, SlipDecoder } from "@flashwright/core";
import { MIB, noise, report } from "./support.mjs";

export async function measureSlip() {
  console.log("1 MiB of frames decoded a byte at a time");
  decode(0x1000, MIB); // warm up
  const base = decode(0x1000, MIB);
  for (const size of [0x1000, 0x10000, 0x40000, MIB]) {
    const ns = decode(size, MIB);
    report(
      `frames of ${size / 1024} KiB`,
      `${ns.toFixed(1)} ns/byte`,
      `${(ns / base).toFixed(2)} x the smallest; linear is 1`,
    );
  }
}

function decode(frameBytes, total) {
  const frame = encodeFrame(noise(frameBytes));
  const decoder = new SlipDecoder(frameBytes);
  let frames = 0;
  const sink = { frame: () => void frames++ };
  const count = total / frameBytes;
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    for (let at = 0; at < frame.length; at++) decoder.push(frame.subarray(at, at + 1), sink);
  }
  const elapsed = performance.now() - start;
  if (frames !== count) console.log(`  WRONG: ${frames} frames of ${count}`);
  return (elapsed * 1e6) / (frame.length * count);
}
