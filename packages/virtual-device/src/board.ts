/** A whole board on a desk: chip, flash, reset circuit, buttons, cable. @module */
import type { Transport } from "@flashwright/core";
import type { BoardSpec } from "./boards/board-spec.js";
import { boards } from "./boards/boards.js";
import { Chip } from "./chip/chip.js";
import { ratesMatch, resample } from "./chip/line-rate.js";
import { ResetCause, type Statistics } from "./chip/machine.js";
import { ResetCircuit, wiredLines } from "./chip/reset-circuit.js";
import { platformTimer } from "./clock/platform.js";
import { Pace, pacedTimeline, type Timeline, UnlimitedTimeline } from "./clock/timeline.js";
import { FlashDefects } from "./flash/flash-defects.js";
import { NorFlash } from "./flash/nor-flash.js";
import { fatalException, programAt } from "./programs.js";
import { resetVector } from "./rom/rom-boot.js";
import type {
  BoardStatistics,
  VirtualBoard,
  VirtualBoardOptions,
  VirtualBoardState,
} from "./virtual-board.js";
import { Connection } from "./wire/connection.js";
import { FaultLine } from "./wire/fault-line.js";
import { type Fault, FaultKind } from "./wire/faults.js";
import { IncomingLine } from "./wire/incoming.js";
import { type Arrival, OutgoingLine } from "./wire/outgoing.js";
import { seededRandom } from "./wire/random.js";
import { UartLog } from "./wire/uart-log.js";

const INITIAL_BAUD = 115200;

/**
 * Makes a board that has just been plugged in: it has booted from its flash, and `transport` is open at 115200 baud
 * with both lines released. What it printed before that is in `uartLog`, not in the transport.
 *
 * @throws RangeError when the flash content is larger than the flash, or the flash is not a power of two
 * @throws Error when pace `line` is asked for without a clock, or a wire delay without pace `line`
 */
export function createVirtualBoard(options: VirtualBoardOptions = {}): VirtualBoard {
  return new Board(options);
}

class Board implements VirtualBoard {
  readonly spec: BoardSpec;
  readonly #options: VirtualBoardOptions;
  readonly #timeline: Timeline;
  readonly #chip: Chip;
  readonly #circuit: ResetCircuit;
  readonly #incoming: IncomingLine;
  readonly #log = new UartLog();
  readonly #statistics: Statistics;
  readonly #toChip: FaultLine;
  readonly #toHost: FaultLine;
  #powered = false;
  #isBreak = false;
  #connection: Connection | undefined;
  #line: OutgoingLine | undefined;
  /** Bytes for the host while a fault stalls them. */
  #held: Uint8Array[] | undefined;

  constructor(options: VirtualBoardOptions) {
    this.#options = options;
    this.spec = typeof options.board === "object" ? options.board : boards[options.board ?? "esp-12f"];
    this.#timeline = makeTimeline(options);
    this.#statistics = newStatistics();
    const faults = options.faults ?? [];
    const random = seededRandom(options.seed ?? 1);
    this.#toChip = new FaultLine("to-chip", faults, random);
    this.#toHost = new FaultLine("to-host", faults, random);
    this.#incoming = new IncomingLine(this.#timeline, this.#delayMs, (bytes, baudRate) =>
      this.#toHostEnd(bytes, baudRate),
    );
    this.#chip = this.#makeChip(faults);
    this.#circuit = new ResetCircuit(
      options.wiring ?? this.spec.wiring,
      options.enCapacitorMs ?? this.spec.enCapacitorMs,
      this.#timeline,
      { onReset: () => this.#chip.stop(), onRelease: () => this.#startAfterReset() },
    );
    this.#setPower(true);
    this.#connect();
  }

  get transport(): Transport {
    return this.#connection!;
  }

  get flash(): Uint8Array {
    return this.#chip.flash.bytes;
  }

  get uartLog(): string {
    return this.#log.toString();
  }

  get statistics(): BoardStatistics {
    return { ...this.#statistics, ...this.#chip.flash.counts };
  }

  get state(): VirtualBoardState {
    const { mode, uart, flash, strapLatch } = this.#chip;
    const baudRate = mode === "off" ? 0 : uart.baudRate;
    return { mode, baudRate, statusRegister: flash.status(), bootMode: strapLatch, powered: this.#powered };
  }

  reconnect(): Transport {
    this.#connection?.lose("the port was opened again");
    this.#toChip.reconnect();
    this.#toHost.reconnect();
    if (!this.#powered) this.#setPower(true);
    return this.#connect();
  }

  hold(button: "flash" | "reset"): void {
    this.#timeline.settle();
    this.#circuit.setButton(button, true);
  }

  release(button: "flash" | "reset"): void {
    this.#circuit.setButton(button, false);
    this.#timeline.settle();
  }

  powerCycle(): void {
    this.#setPower(false);
    this.#setPower(true);
  }

  unplug(): void {
    this.#setPower(false);
    this.#connection?.lose("the board was unplugged");
  }

  get #delayMs(): number {
    return this.#options.wire?.oneWayDelayMs ?? 0;
  }

  #makeChip(faults: readonly Fault[]): Chip {
    const { spec } = this;
    return new Chip({
      timeline: this.#timeline,
      flash: new NorFlash(
        spec.flash,
        this.#options.flash,
        new FlashDefects(faults),
        this.#timeline.paced ? () => this.#timeline.now() : undefined,
      ),
      wire: this.#incoming,
      programs: { resetVector, programAt, fatalException },
      crystalHz: spec.crystalMHz * 1e6,
      efuseWords: spec.efuseWords,
      readModes: spec.readModes,
      statistics: this.#statistics,
      onPowerLoss: () => {
        this.#powered = false;
      },
      pins: () => pinLevels(this.#circuit?.gpio0Low ?? false, faults),
    });
  }

  #connect(): Connection {
    const line = new OutgoingLine(this.#timeline, this.#options.wire ?? {}, INITIAL_BAUD, {
      onBytes: (arrival) => this.#toChipEnd(arrival),
      onLines: (lines) => this.#circuit.setLines(lines),
      onBreak: (on) => this.#setBreak(on),
      disturb: (bytes) => this.#disturb(bytes),
      stall: (ms, then) => void this.#realTimer(ms, then),
    });
    const connection = new Connection({
      label: `virtual:${this.spec.name}`,
      capabilities: { lines: wiredLines(this.#options.wiring ?? this.spec.wiring), baudRate: "any" },
      line,
      setTimer: (ms, fire) => this.#realTimer(ms, fire),
      onOverflow: (bytes) => {
        this.#statistics.hostOverflows += bytes;
      },
      onEnd: () => {
        this.#isBreak = false;
        this.#circuit.setLines({ dtr: false, rts: false });
      },
    });
    this.#line = line;
    this.#held = undefined;
    this.#connection = connection;
    return connection;
  }

  #realTimer(ms: number, fire: () => void): () => void {
    return this.#options.clock?.setTimer(ms, fire) ?? platformTimer(ms, fire);
  }

  #disturb(bytes: Uint8Array): { bytes: Uint8Array; delayMs: number } {
    const passage = this.#toChip.pass(bytes, this.#line!.baudRate);
    if (passage.cut) this.#connection?.lose("the line was cut");
    return passage;
  }

  #toChipEnd({ bytes, baudRate, isBurst, time }: Arrival): void {
    this.#timeline.settle();
    if (!this.#powered || !this.#circuit.released || this.#isBreak) return;
    this.#statistics.bytesToChip += bytes.length;
    this.#chip.cpu.happen(time, () => this.#chip.uart.receive(bytes, baudRate, isBurst));
  }

  /** A line that stays low is a character of zeros without a stop bit, once, however long it lasts. */
  #setBreak(on: boolean): void {
    if (on === this.#isBreak) return;
    this.#isBreak = on;
    if (!on || !this.#powered || !this.#circuit.released) return;
    this.#timeline.settle();
    this.#chip.cpu.happen(this.#timeline.now(), () => this.#chip.uart.receiveBreak());
  }

  #toHostEnd(bytes: Uint8Array, baudRate: number): void {
    this.#statistics.bytesToHost += bytes.length;
    this.#log.add(bytes, baudRate);
    const connection = this.#connection;
    if (connection === undefined || connection.ended) return;
    const { bytes: passed, delayMs, cut } = this.#toHost.pass(bytes, baudRate);
    const hostBaud = this.#line!.baudRate;
    const heard = ratesMatch(baudRate, hostBaud) ? passed : resample(passed, baudRate, hostBaud);
    if (delayMs > 0) this.#stallHost(delayMs);
    if (this.#held === undefined) connection.receive(heard);
    else this.#held.push(heard);
    if (cut) connection.lose("the line was cut");
  }

  /** What the chip sends from now on waits for the end of the stall; one that begins within another is part of it. */
  #stallHost(ms: number): void {
    if (this.#held !== undefined) return;
    const held: Uint8Array[] = [];
    this.#held = held;
    const connection = this.#connection;
    this.#realTimer(ms, () => {
      if (this.#held === held) this.#held = undefined;
      for (const bytes of held) connection?.receive(bytes);
    });
  }

  #startAfterReset(): void {
    if (!this.#powered) return;
    this.#chip.start(this.spec.resetPin === "en" ? ResetCause.powerOn : ResetCause.externalPin);
  }

  #setPower(on: boolean): void {
    this.#powered = on;
    if (!on) {
      this.#chip.stop();
      this.#chip.flash.losePower();
      return;
    }
    this.#chip.powerUp();
    if (this.#circuit.released) this.#chip.start(ResetCause.powerOn);
  }
}

function makeTimeline({ pace = Pace.unlimited, clock, wire }: VirtualBoardOptions): Timeline {
  if (pace === Pace.unlimited) {
    if (wire?.oneWayDelayMs) throw new Error("A wire delay takes time: it needs pace `line` and a clock.");
    return new UnlimitedTimeline(clock);
  }
  if (clock === undefined) throw new Error("Pace `line` needs a clock.");
  return pacedTimeline(clock);
}

function pinLevels(
  gpio0Low: boolean,
  faults: readonly Fault[],
): { gpio0: boolean; gpio2: boolean; gpio15: boolean } {
  const levels = { gpio0: !gpio0Low, gpio2: true, gpio15: false };
  for (const fault of faults)
    if (fault.kind === FaultKind.stuckStrap) levels[fault.pin] = fault.level === "high";
  return levels;
}

function newStatistics(): Statistics {
  return {
    bytesToChip: 0,
    bytesToHost: 0,
    framesReceived: 0,
    badFrames: 0,
    unknownCommands: 0,
    receiveOverflows: 0,
    hostOverflows: 0,
    resets: 0,
  };
}
