/**
 * From the boot ROM's rate to the firmware's, at the moment at which the one hands over to the other, and back at a restart.
 *
 * A receiver hears one rate at a time. What is lost by that: of a restart that comes by itself the words before it is
 * noticed, two dozen bytes and what the adapter gathers; where the second boot is silent, nothing, for the switch is due
 * before any firmware can have started its console.
 *
 * @module
 */
import type { BootEvent } from "../boot/boot-event.js";
import type { Statement } from "../image/flash-params.js";
import { esp8266 } from "../targets/esp8266/esp8266.js";
import type { Clock, Transport } from "../transport.js";
import type { ConsoleRates } from "./console-stream.js";

/** The line ends behind the last word of the boot still come at its rate; no SDK speaks so early. Milliseconds. */
const LAST_WORD_MS = 3;
/** A second boot introduces itself within this time behind the image's sum, adapter included, or there is none. */
const SECOND_BOOT_MS = 40;
/** A board that was reset has said its first line by then. */
const FIRST_LINE_MS = 500;
/** A board that was reset has handed over by then. */
const HANDOVER_MS = 3000;
/** Firmware that is back in the boot ROM within this time after it was started has not got far. */
const EARLY_MS = 1000;
/** Bytes in place of a first line from which on the boot ROM is taken to use another rate. */
const OTHER_RATE = 20;
/** Last lines of eboot and rBoot. */
const LAST_LINE = /^(?:~ld$|Booting rom\b)/;

/** Rates of the boot ROM's text in bit/s: with the usual crystal, and with the other one. */
const { bootLogRate, bootLogCrystalMHz } = esp8266.uart;
const OTHER_CRYSTAL_MHZ = 40;
/** bit/s, the usual one first. */
export const BOOT_RATES: readonly number[] = [
  bootLogRate,
  Math.round((bootLogRate * OTHER_CRYSTAL_MHZ) / bootLogCrystalMHz),
];

/** How starts are followed. */
export interface FollowOptions {
  readonly clock: Clock;
  /** The firmware's. */
  readonly baudRate: number;
  /** The boot ROM's; of several, the first that gives text. */
  readonly bootRates: readonly number[];
  readonly note: (statement: Statement) => void;
  /** Resets the board, where its port knows better than the usual sequence. */
  readonly reset?: () => Promise<void>;
  /** Called right before each change of the port's rate to `console`. */
  readonly onRate: (rates: ConsoleRates) => void;
}

type State =
  /** At the firmware's rate. */
  | "firmware"
  /** At the boot ROM's, of which nothing was heard yet. */
  | "expecting"
  /** At the boot ROM's. */
  | "boot";

/** Follows the starts of the board behind one transport. */
export class BootRate {
  readonly #transport: Transport;
  readonly #options: FollowOptions;
  #state: State = "firmware";
  #rates: readonly number[];
  #heard = 0;
  #handedOverAt = Number.NEGATIVE_INFINITY;
  /** The firmware does not get far: what it says at the boot ROM's rate tells why, and is waited for. */
  #isWary = false;
  #isOver = false;
  #cancel = () => {};

  constructor(transport: Transport, options: FollowOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#rates = options.bootRates;
  }

  /**
   * Resets the board where the port can, and listens at the boot ROM's rate until the firmware begins. Without a reset line
   * somebody is asked to press RESET, and there is no end of waiting.
   * @throws FlasherError `port-baud-refused`, `port-lost`
   */
  async start(): Promise<void> {
    const baudRate = this.#rates[0];
    this.#state = "expecting";
    this.#heard = 0;
    this.#options.onRate({ console: baudRate, bootRom: baudRate });
    await this.#transport.setBaudRate(baudRate);
    await this.#transport.discard();
    if (this.#transport.capabilities.lines === "none") {
      this.#options.note({ code: "console-press-reset", params: { baudRate } });
      return;
    }
    await (this.#options.reset?.() ?? this.#transport.signal(esp8266.resets.run.steps));
    this.#after(FIRST_LINE_MS, () => this.#noFirstLine());
  }

  /** Something has come. @param hearsBootText whether it is the boot ROM's text at the firmware's rate */
  hear(byteCount: number, hearsBootText: boolean): void {
    this.#heard += byteCount;
    if (this.#isOver || this.#state !== "firmware" || !hearsBootText) return;
    const baudRate = this.#rates[0];
    this.#state = "boot";
    this.#isWary = this.#options.clock.now() - this.#handedOverAt < EARLY_MS;
    this.#setRate(baudRate);
    this.#options.note({ code: "console-boot-followed", params: { baudRate } });
    this.#after(HANDOVER_MS, () => this.#handOver("console-boot-unseen"));
  }

  /** A boot message. */
  see(event: BootEvent): void {
    if (this.#isOver || this.#state === "firmware") return;
    if (event.type === "rom-banner") {
      this.#state = "boot";
      this.#after(HANDOVER_MS, () => this.#handOver("console-boot-unseen"));
    } else if (this.#state === "boot") this.#seeBoot(event);
  }

  stop(): void {
    this.#isOver = true;
    this.#cancel();
  }

  #seeBoot(event: BootEvent): void {
    if (event.type === "garbage") this.#handOver("console-rate-switched");
    else if (this.#isWary) return;
    else if (event.type === "jump-to-user" || LAST_LINE.test(event.line)) {
      this.#after(LAST_WORD_MS, () => this.#handOver("console-rate-switched"));
    } else if (event.type === "image-checksum") {
      this.#after(SECOND_BOOT_MS, () => this.#handOver("console-rate-switched"));
    } else if (event.type === "second-boot") {
      this.#after(HANDOVER_MS, () => this.#handOver("console-boot-unseen"));
    }
  }

  #noFirstLine(): void {
    const [baudRate, next, ...more] = this.#rates;
    if (this.#heard < OTHER_RATE || next === undefined) {
      this.#after(HANDOVER_MS, () => this.#handOver("console-boot-unseen"));
      return;
    }
    this.#rates = [next, ...more];
    this.#options.note({ code: "console-boot-other-crystal", params: { baudRate, next } });
    // A port that is gone by now ends the reading as well, which tells of it.
    this.start().catch(() => {});
  }

  #handOver(code: "console-rate-switched" | "console-boot-unseen"): void {
    const { baudRate, clock, note } = this.#options;
    this.#cancel();
    this.#state = "firmware";
    this.#handedOverAt = clock.now();
    if (baudRate === this.#rates[0]) return;
    this.#setRate(baudRate);
    note({ code, params: { baudRate } });
  }

  #setRate(baudRate: number): void {
    this.#options.onRate({ console: baudRate, bootRom: this.#rates[0] });
    this.#transport.setBaudRate(baudRate).catch(() => {});
  }

  #after(ms: number, then: () => void): void {
    this.#cancel();
    this.#cancel = this.#options.clock.setTimer(ms, () => {
      if (!this.#isOver) then();
    });
  }
}
