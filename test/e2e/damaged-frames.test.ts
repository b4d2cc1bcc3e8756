/** One damaged frame of each kind, in either direction: it is sent or asked again, and the work is done right. @module */
import { connect, eraseRegion, esp8266, readRegion, type Transport } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { mixedContent, noise } from "../support/content.js";
import { writeImages } from "./support/desk.js";

type Damage = (bytes: number[], start: number) => unknown;

const damages: readonly [string, Damage][] = [
  ["a byte of its body lost", (bytes, start) => bytes.splice(start + 10, 1)],
  ["a bit of its opcode turned", (bytes, start) => bytes.splice(start + 2, 1, bytes[start + 2] ^ 0x20)],
  ["a bit of its length turned", (bytes, start) => bytes.splice(start + 3, 1, bytes[start + 3] ^ 0x04)],
  ["its last delimiter lost", (bytes) => bytes.pop()],
];

/** Where a request or reply with this opcode starts in the bytes. */
function frameStart(bytes: readonly number[], direction: 0 | 1, op: number): number {
  return bytes.findIndex((byte, at) => byte === 0xc0 && bytes[at + 1] === direction && bytes[at + 2] === op);
}

/** The transport with the first frame of a kind damaged, once `arm` was called. */
function damaging(transport: Transport, direction: 0 | 1, op: number, damage: Damage) {
  let armed = false;
  const pass = (bytes: Uint8Array): Uint8Array => {
    const list = [...bytes];
    const start = armed ? frameStart(list, direction, op) : -1;
    if (start < 0) return bytes;
    armed = false;
    damage(list, start);
    return Uint8Array.from(list);
  };
  const read = async () => {
    const chunk = await transport.read();
    return chunk === undefined || direction === 0 ? chunk : pass(chunk);
  };
  const write = (bytes: Uint8Array) => transport.write(direction === 0 ? pass(bytes) : bytes);
  const { label, capabilities, closed } = transport;
  const damaged: Transport = {
    label,
    capabilities,
    closed,
    read,
    write,
    drain: () => transport.drain(),
    discard: () => transport.discard(),
    signal: (steps) => transport.signal(steps),
    setBaudRate: (baudRate) => transport.setBaudRate(baudRate),
    close: () => transport.close(),
    abort: () => transport.abort(),
  };
  const arm = () => {
    armed = true;
  };
  return { damaged, arm, done: () => !armed };
}

const image = { name: "a.bin", offset: 0x10000, bytes: mixedContent(0x18000, 4) };
const ERASED = { offset: 0x40000, size: 0x4000 };
const before = noise(0x80000, 1);

/** Writes, erases and reads with one frame damaged. */
async function workWith(direction: 0 | 1, op: number, damage: Damage, stub: boolean) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: before, pace: "line", clock });
  const { damaged, arm, done } = damaging(board.transport, direction, op, damage);
  const session = await connect(damaged, { target: esp8266, clock, stub });
  arm();
  await writeImages(session, [image]);
  await eraseRegion(session, ERASED);
  const promised = new Uint8Array(board.flash.length).fill(0xff);
  promised.set(before);
  promised.set(image.bytes, image.offset);
  promised.fill(0xff, ERASED.offset, ERASED.offset + ERASED.size);
  expect(Buffer.compare(board.flash, promised)).toBe(0);
  if (stub)
    expect(await readRegion(session, { offset: image.offset, size: image.bytes.length })).toEqual(
      image.bytes,
    );
  expect(done()).toBe(true);
}

const stubOps = [
  ["FLASH_DEFL_BEGIN", 0x10],
  ["FLASH_DEFL_DATA", 0x11],
  ["FLASH_DEFL_END", 0x12],
  ["SPI_FLASH_MD5", 0x13],
  ["ERASE_REGION", 0xd1],
  ["READ_FLASH", 0xd2],
  ["WRITE_REG", 0x09],
  ["READ_REG", 0x0a],
] as const;
const romOps = [
  ["FLASH_BEGIN", 0x02],
  ["FLASH_DATA", 0x03],
  ["WRITE_REG", 0x09],
] as const;

describe("a damaged request", () => {
  for (const [how, damage] of damages) {
    // The ROM believes the header's length and sums up data only: it does what a shortened BEGIN or WRITE_REG says.
    const ops = how.includes("body") ? romOps.filter(([name]) => name === "FLASH_DATA") : romOps;
    it.each(stubOps)(`%s to the stub, ${how}`, (_, op) => workWith(0, op, damage, true));
    it.each(ops)(`%s to the mask ROM, ${how}`, (_, op) => workWith(0, op, damage, false));
  }
});

describe("a damaged reply", () => {
  const [lost, opcode] = damages;
  for (const [how, damage] of [lost, opcode]) {
    it.each(stubOps)(`of the stub to %s, ${how}`, (_, op) => workWith(1, op, damage, true));
    it.each(romOps)(`of the mask ROM to %s, ${how}`, (_, op) => workWith(1, op, damage, false));
  }
});
