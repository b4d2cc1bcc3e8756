/** What the mask ROM does from the reset vector on: the banner, then the loader or the image in flash. @module */
import { readU32, textBytes } from "../bytes.js";
import { AutobaudUnit, POLL_MS } from "../chip/autobaud.js";
import type { Program, Routine } from "../chip/cpu.js";
import { BootMode, ChipMode, type Machine, type ReadMode, ResetCause } from "../chip/machine.js";
import { POWER_ON_DIVISOR } from "../chip/uart.js";
import { SECTOR_SIZE } from "../flash/flash-timing.js";
import { flashLimit, setDescriptor } from "./rom-flash.js";
import { romLoader } from "./rom-loader.js";

/** N of the boot mode, the SDIO strap bits: 6 or 7 on boards, without a meaning for flashing. */
export const BOOT_MODE_N = 6;

const IMAGE_MAGIC = 0xe9;
const LINE = 16;
/** From the failed boot to the hardware watchdog's reset; the genuine period is several seconds. */
const WATCHDOG_MS = 6000;

/** Prints a text at the present rate, lines ended as they are in it. */
export function* print(machine: Machine, text: string): Routine<void> {
  yield* machine.uart.transmit(textBytes(text));
}

/** From the reset vector: banner, then what cause and straps ask for. */
export function* resetVector(machine: Machine): Program {
  machine.mode = ChipMode.booting;
  machine.uart.receiver = undefined;
  machine.uart.divisor = POWER_ON_DIVISOR;
  setDescriptor(machine);
  const { resetCause, strapLatch } = machine;
  yield* print(
    machine,
    `\r\n ets Jan  8 2013,rst cause:${resetCause}, boot mode:(${strapLatch},${BOOT_MODE_N})\r\n\r\n`,
  );
  if (resetCause === ResetCause.hardwareWatchdog) yield* print(machine, "wdt reset\r\n");
  if (strapLatch === BootMode.uartDownload) return download(machine);
  if (strapLatch === BootMode.flash) return bootFlash(machine);
  machine.mode = ChipMode.hung;
  return undefined;
}

/** Measures the host's rate, once, then listens for commands at it. */
function* download(machine: Machine): Program {
  machine.mode = ChipMode.rom;
  const { uart, cpu, timeline } = machine;
  const unit = new AutobaudUnit(uart.clockHz, timeline.paced, () => cpu.wake());
  const start = cpu.time;
  uart.receiver = unit;
  while (!unit.ready) {
    yield undefined;
    const phase = (cpu.time - start) % POLL_MS;
    if (timeline.paced && phase > 0) yield POLL_MS - phase;
  }
  uart.divisor = unit.divisor;
  return romLoader(machine);
}

/** Loads the image at flash offset 0 and jumps to it, with its log at whatever rate the UART has. */
export function* bootFlash(machine: Machine): Program {
  machine.mode = ChipMode.booting;
  machine.uart.receiver = undefined;
  machine.spi.attached = true;
  const image = new ImageReader(machine);
  if (image.byte(0) !== IMAGE_MAGIC) return yield* bootFailed(machine);
  const segments = image.byte(1);
  const entry = image.word(4);
  image.readMode = image.byte(2) as ReadMode;
  let at = 8;
  let checksum = 0xef;
  for (let i = 0; i < segments; i++) {
    const room = yield* announceHeader(machine, at, i === 0);
    const address = image.word(at);
    const length = image.word(at + 4);
    at += 8;
    yield* print(machine, `load 0x${hex8(address)}, len ${length}, room ${room} \r\n`);
    if (at + length > flashLimit(machine)) {
      yield* print(machine, "flash read err, ets_unpack_flash_code\r\n");
      return yield* bootFailed(machine);
    }
    checksum = image.load(address, at, length, checksum);
    at += length;
    yield* print(machine, `tail ${at % LINE}\r\nchksum 0x${hex2(checksum)}\r\n`);
  }
  const stored = image.byte(at | (LINE - 1));
  yield* print(machine, `csum 0x${hex2(checksum)}\r\n`);
  if (stored !== checksum) {
    yield* print(machine, "csum err\r\n");
    return yield* bootFailed(machine);
  }
  return machine.jump(entry);
}

/**
 * What is left of the 16-byte line once the segment header is read. The first header fills its line; a header that
 * straddles two lines is announced.
 */
function* announceHeader(machine: Machine, at: number, isFirst: boolean): Routine<number> {
  if (isFirst) return LINE;
  const left = (LINE - (at % LINE)) % LINE;
  if (left > 0 && left < 8) yield* print(machine, `ho 0 tail ${at % LINE} room ${left}\r\n`);
  return (LINE - ((at + 8) % LINE)) % LINE;
}

/** Says so and waits for the watchdog, which never lets go of the strap latch. */
export function* bootFailed(machine: Machine): Program {
  yield* print(machine, "ets_main.c\r\n");
  return yield* hangUntilWatchdog(machine);
}

/** Nothing runs until the hardware watchdog resets the chip; `onPurpose` for a boot loader that waits for just that. */
export function* hangUntilWatchdog(machine: Machine, onPurpose = false): Program {
  machine.mode = ChipMode.hung;
  yield WATCHDOG_MS;
  return machine.resetItself(ResetCause.hardwareWatchdog, onPurpose);
}

/**
 * Reads an image as the ROM does: the first 16 bytes in slow mode, the rest in the mode that the image asks for, which
 * gives zeros on a board that is not wired for it.
 */
class ImageReader {
  readonly #machine: Machine;
  readMode: ReadMode | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  byte(at: number): number {
    return this.#isReadable(at) ? this.#machine.flash.read(at, 1)[0]! : 0;
  }

  word(at: number): number {
    return this.#isReadable(at) ? readU32(this.#machine.flash.read(at, 4), 0) : 0;
  }

  /** Loads a segment and returns the running checksum. Bytes for a place where there is no RAM are lost. */
  load(address: number, at: number, length: number, checksum: number): number {
    let sum = checksum;
    for (let done = 0; done < length; done += SECTOR_SIZE) {
      const size = Math.min(SECTOR_SIZE, length - done);
      const bytes = this.#isReadable(at) ? this.#machine.flash.read(at + done, size) : new Uint8Array(size);
      for (const byte of bytes) sum ^= byte;
      this.#store(address + done, bytes);
    }
    return sum;
  }

  #store(address: number, bytes: Uint8Array): void {
    try {
      this.#machine.memory.writeBytes(address, bytes);
    } catch {
      // A segment for nowhere: the bus swallows it, the checksum still counts it.
    }
  }

  #isReadable(at: number): boolean {
    return at < LINE || this.readMode === undefined || this.#machine.readModes.includes(this.readMode);
  }
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, "0");
}

function hex2(value: number): string {
  return value.toString(16).padStart(2, "0");
}
