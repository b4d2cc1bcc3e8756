/** What goes out between the reset and the first data block, write by write: the table of packages/core/ARCHITECTURE.md. @module */
import { commands, connect, esp8266, readFills, SlipDecoder, type Transport } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";
import { writeImages } from "./support/desk.js";

/** The names of the requests in one write; acknowledgements of READ_FLASH are `ack`. */
function requestsIn(bytes: Uint8Array): string[] {
  const names: string[] = [];
  new SlipDecoder(0x5000).push(bytes, {
    frame: (packet) => void names.push(packet.length === 4 ? "ack" : commands.opName(packet[1])),
  });
  return names;
}

/** The transport with every write noted, until the first data block. */
function noting(transport: Transport) {
  const writes: string[] = [];
  const sizes: number[] = [];
  const write = (bytes: Uint8Array) => {
    writes.push(requestsIn(bytes).join(" "));
    sizes.push(bytes.length);
    return transport.write(bytes);
  };
  const noted = new Proxy(transport, {
    get(target, name) {
      if (name === "write") return write;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const untilData = () => writes.slice(0, writes.indexOf("FLASH_DEFL_DATA"));
  return { noted, untilData, sizeOf: (requests: string) => sizes[writes.indexOf(requests)] };
}

async function writesOf(baudRate: number, size: number, board: "esp-12f" | "d1-mini-pro" = "esp-12f") {
  const clock = createVirtualClock();
  const virtual = createVirtualBoard({ board, flash: noise(0x8000, 1), pace: "line", clock });
  const { noted, untilData } = noting(virtual.transport);
  const session = await connect(noted, { target: esp8266, clock, baudRate });
  const image = { name: "a.bin", offset: 0, bytes: new Uint8Array(size).fill(0x41) };
  await writeImages(session, [image], { contents: await readFills(session, [image]) });
  return untilData();
}

const sync = "SYNC";
const identity =
  "READ_REG READ_REG READ_REG READ_REG READ_REG READ_REG FLASH_BEGIN WRITE_REG READ_REG WRITE_REG READ_REG";
const stub = ["MEM_BEGIN", ...Array(6).fill("MEM_DATA"), "MEM_BEGIN", "MEM_DATA", "MEM_END"];
const rise = ["READ_REG", "CHANGE_BAUDRATE", "READ_REG"];
const reads = new Array<string>(8).fill("READ_REG").join(" ");
const proof = [0, 1, 2, 3].flatMap(() => [`WRITE_REG ${reads}`, reads]);
const keep = ["READ_FLASH", "ack", "SPI_FLASH_MD5"];
const write = ["WRITE_REG", "READ_REG", "FLASH_DEFL_BEGIN"];

describe("from the reset to the first data block", () => {
  it("whole sectors: SYNC, identity, stub, protection, announcement", async () => {
    expect(await writesOf(460_800, 0x2000)).toEqual([sync, identity, ...stub, ...write]);
  });

  it("a part of a sector: what shares it is read, and looked at again before it is written", async () => {
    expect(await writesOf(460_800, 0x1800)).toEqual([sync, identity, ...stub, ...keep, ...write]);
  });

  it("a rate above that of SYNC: three more, and eight that prove every byte both ways", async () => {
    expect(await writesOf(921_600, 0x2000)).toEqual([sync, identity, ...stub, ...rise, ...proof, ...write]);
  });

  it("a flash above 4 MB: its size goes with the stub", async () => {
    const writes = await writesOf(460_800, 0x2000, "d1-mini-pro");
    expect(writes).toEqual([sync, identity, "WRITE_REG", ...stub, ...write]);
  });

  it("the identity fits the ROM's receive ring of 256 bytes, should the flash keep it busy meanwhile", async () => {
    const clock = createVirtualClock();
    const { noted, sizeOf } = noting(createVirtualBoard({ pace: "line", clock }).transport);
    await connect(noted, { target: esp8266, clock, stub: false });
    expect(sizeOf(identity)).toBe(206);
  });
});
