/** Reading: data, hashes, registers. Nothing here changes the flash. @module */
import { commands, type Region, readFlashStatus, readRegion, type Session } from "@flashwright/core";
import type { Bench } from "./bench.js";
import { type Check, NotApplicable } from "./check.js";
import { RATES } from "./link-checks.js";
import { ROM_FLASH_LIMIT } from "./scratch.js";
import { PROTECTION, SPI } from "./spi-registers.js";

const SAMPLE: Region = { offset: 0, size: 0x10000 };
const MD5_SAMPLE_SIZE = 0x40000;
/** Levels of the GPIO pins. */
const GPIO_IN = 0x60000318;

/** Every reading is proven by the MD5 that the chip sends; readings at all rates must be the same. */
const readChecks: readonly Check[] = RATES.map((rate) => ({
  name: `read ${SAMPLE.size / 0x400} KB at ${rate}`,
  async run(bench) {
    const session = await bench.connect({ baudRate: rate });
    if (session.baudRate !== rate) throw new Error(`only ${session.baudRate} baud was reached`);
    const elapsedMs = await bench.time(() => readRegion(session, SAMPLE, { signal: bench.signal }));
    return `MD5 right${rateOf(SAMPLE.size, elapsedMs)}`;
  },
}));

const sameTwice: Check = {
  name: "two readings are the same",
  async run(bench) {
    const session = await bench.connect();
    const [one, other] = [await read(bench, session, SAMPLE), await read(bench, session, SAMPLE)];
    const at = one.findIndex((byte, index) => byte !== other[index]);
    if (at !== -1) throw new Error(`they differ first at 0x${at.toString(16)}`);
    return `${SAMPLE.size} bytes`;
  },
};

const md5Speed: Check = {
  name: "MD5 by the chip",
  async run(bench) {
    const session = await bench.connect();
    const loader = session.requireStub("MD5");
    const size = Math.min(MD5_SAMPLE_SIZE, session.flashSize);
    const elapsedMs = await bench.time(() => loader.md5({ offset: 0, size }, bench.signal));
    return elapsedMs < 1
      ? "no time to speak of"
      : `${((elapsedMs * 0x100000) / size / 1000).toFixed(2)} s per MB`;
  },
};

/** The stub does not clear a protection, and reports success under it. */
const protection: Check = {
  name: "block protection",
  async run(bench) {
    const { loader } = await bench.connect();
    const status = await readFlashStatus(loader, bench.signal);
    const hex = `status register 0x${status.toString(16).padStart(2, "0")}`;
    return (status & PROTECTION) === 0 ? `${hex}, not protected` : `${hex}, PROTECTED`;
  },
};

/** Command 0x4B, which not every maker's flash has. */
const uniqueId: Check = {
  name: "unique id of the flash",
  async run(bench) {
    const { connection } = await bench.connect({ stub: false });
    const { readReg, writeRegs } = commands;
    const saved = [SPI.user, SPI.user1, SPI.user2];
    const values: number[] = [];
    for (const register of saved) values.push(await connection.send(readReg(register), bench.signal));
    const command = [
      { address: SPI.user1, value: 0x00003f1f },
      { address: SPI.user, value: 0xb0000000 },
      { address: SPI.user2, value: 0x7000004b },
      { address: SPI.buffer, value: 0 },
      { address: SPI.command, value: 0x00040000 },
    ];
    await connection.send(writeRegs(command), bench.signal);
    const words = [SPI.buffer, SPI.buffer + 4];
    const id: number[] = [];
    for (const register of words) id.push(await connection.send(readReg(register), bench.signal));
    const restore = saved.map((address, index) => ({ address, value: values[index] }));
    await connection.send(writeRegs(restore), bench.signal);
    const hex = id.map((word) => (word >>> 0).toString(16).padStart(8, "0"));
    return id.every((word) => word === 0 || word >>> 0 === 0xffffffff)
      ? `none (${hex.join(" ")})`
      : hex.join(" ");
  },
};

const straps: Check = {
  name: "live level of GPIO0",
  async run(bench) {
    const { connection } = await bench.connect({ stub: false });
    const levels = await connection.send(commands.readReg(GPIO_IN), bench.signal);
    return `GPIO_IN 0x${(levels >>> 0).toString(16).padStart(8, "0")}, GPIO0 reads ${levels & 1}`;
  },
};

/** The ROM's routines know 4 MB; above that the stub needs to be told more. */
const beyondFourMegabytes: Check = {
  name: "read beyond 4 MB",
  async run(bench) {
    const session = await bench.connect();
    if (session.flashSize <= ROM_FLASH_LIMIT) throw new NotApplicable("the flash is not larger than that");
    await read(bench, session, { offset: ROM_FLASH_LIMIT, size: SAMPLE.size });
    const last = { offset: session.flashSize - 0x1000, size: 0x1000 };
    await read(bench, session, last);
    return `MD5 right at 0x400000 and 0x${last.offset.toString(16)}`;
  },
};

export const flashChecks: readonly Check[] = [
  ...readChecks,
  sameTwice,
  md5Speed,
  protection,
  uniqueId,
  straps,
  beyondFourMegabytes,
];

function read(bench: Bench, session: Session, region: Region): Promise<Uint8Array> {
  return readRegion(session, region, { signal: bench.signal });
}

function rateOf(size: number, elapsedMs: number): string {
  return elapsedMs < 1 ? "" : `, ${Math.round((size * 8) / elapsedMs)} kbit/s`;
}
