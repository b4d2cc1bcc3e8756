/**
 * A chip as data: everything that the generic code must know to recognise, strap, talk to and flash one.
 *
 * @module
 */

import type { BootDialect } from "../boot/boot-dialect.js";
import type { Region } from "../flash/region.js";
import type { ImageTarget } from "../image/image-target.js";
import type { RegisterWrite } from "../protocol/command.js";
import type { FlashModeFacts } from "./flash-modes.js";
import type { ResetSequence, ResetStrategy } from "./reset-strategy.js";

/** A program for the chip's RAM. */
export interface StubImage {
  readonly text: Uint8Array;
  readonly textAddress: number;
  readonly data: Uint8Array;
  readonly dataAddress: number;
  readonly entry: number;
  /** Where it comes from and under which licence, for notices. */
  readonly origin: string;
}

/** Who the chip says it is. */
export interface ChipInfo {
  /** The target's name: "esp8266". */
  readonly target: string;
  /** The exact type: "ESP8266EX", "ESP8285N08". */
  readonly name: string;
  /** Station MAC, lower case with colons. */
  readonly mac: string;
  /** The number that the vendor's SDK calls chip id. */
  readonly chipId: number;
  /** Nominal crystal frequency in MHz. */
  readonly crystalMHz: number;
  /** What was measured against the host's baud rate, in MHz. More than 1 MHz from nominal is suspicious. */
  readonly crystalMeasuredMHz: number;
  /** Flash inside the package in bytes; `undefined` where it is a chip of its own. */
  readonly embeddedFlash?: number;
}

/** How register values become an identity. */
export interface IdentityMap {
  /** Registers to read, in order, for `parse`. */
  readonly registers: readonly number[];
  /**
   * @param values the registers' values in order
   * @param baudRate the host's rate in bit/s when they were read
   */
  parse(values: readonly number[], baudRate: number): ChipInfo;
}

/** The flash controller through which any loader can talk to the flash chip. */
export interface SpiController {
  /** Writes that start reading the JEDEC id, in one frame. */
  readonly readId: readonly RegisterWrite[];
  /** The register that then holds it: manufacturer, type and capacity from the low byte up. */
  readonly idRegister: number;
  /** Writes that start reading status register 1. */
  readonly readStatus: readonly RegisterWrite[];
  /** The register that then holds it in its low byte. */
  readonly statusRegister: number;
  /** Writes that clear status register 1, waits included. */
  readonly clearStatus: readonly RegisterWrite[];
  /** Bit of status register 1 that is set while the flash chip erases, programs or stores a register. */
  readonly busyMask: number;
  /** Block protection bits of status register 1. */
  readonly protectionMask: number;
  /** Data registers that mean nothing while no command runs, so that a link can be proven with what they keep. */
  readonly scratch: { readonly address: number; readonly words: number };
}

/** What the mask ROM's loader can do, and where it ends. */
export interface RomLimits {
  /** Bytes per FLASH_DATA. */
  readonly dataBlockSize: number;
  /** Bytes per MEM_DATA that can be streamed without waiting for replies. */
  readonly streamBlockSize: number;
  /** Flash that the ROM reaches before `setFlashSize`. */
  readonly flashLimit: number;
  /** Tells the ROM's routines, which the stub uses too, how large the flash is. */
  setFlashSize(size: number): readonly RegisterWrite[];
  /** The erase word of FLASH_BEGIN that makes the ROM erase `region`, aligned to sectors. */
  eraseWord(region: Region): number;
  /** What FLASH_BEGIN with that word really erases: at least `region`. */
  erases(region: Region): Region;
}

/** What the stub can do. */
export interface StubLimits {
  load(): Promise<StubImage>;
  /** The unsolicited packet that it starts with. */
  readonly greeting: Uint8Array;
  readonly greetingTimeoutMs: number;
  /** Bytes per FLASH_DATA or FLASH_DEFL_DATA. */
  readonly dataBlockSize: number;
  /** Bytes per packet of READ_FLASH. */
  readonly readPacketSize: number;
  /** Opcode that is assigned to nothing, and the first status byte with which this stub refuses it. */
  readonly probe: { readonly op: number; readonly status: number };
  /**
   * Packed bytes of zlib data whose unpacked size bounds the time that one block may take.
   * @param unpackedSize bytes of flash that one block holds at most
   */
  blockTimeoutMs(unpackedSize: number): number;
}

/** How the UART's rate is set. */
export interface UartClock {
  /** Register with the divisor in its low 20 bits. */
  readonly divisorRegister: number;
  /** The stub computes `divisor * reference / requested`, whatever the rate is. */
  readonly referenceBaudRate: number;
  /** Rates to synchronise at, fastest first; the last one is safe everywhere. */
  readonly syncRates: readonly number[];
  /** Rates in bit/s through which errors lower a link, fastest first; the last one is safe everywhere. */
  readonly ladder: readonly number[];
  /** The fastest rate that the chip itself is known to keep up with, in bit/s; what is asked for by number may be more. */
  readonly practicalLimit: number;
  /** What the boot messages are sent at with the usual crystal. */
  readonly bootLogRate: number;
  /** That crystal's frequency in MHz; with another one the rate changes in proportion. */
  readonly bootLogCrystalMHz: number;
}

/** SYNC and its answer. */
export interface SyncProtocol {
  readonly body: Uint8Array;
  /** Replies to one SYNC. */
  readonly replies: number;
  /** `value` of the ROM's replies; a stub answers 0. */
  readonly romEcho: number;
  /** Byte that fills the line before SYNC so that the ROM can measure the rate, and for how long. */
  readonly preamble: { readonly byte: number; readonly ms: number };
}

/** Ways to leave a loader without a reset line. */
export interface SoftStart {
  /** Jumps that start the firmware from a stub: MEM_BEGIN address, then MEM_END entry. */
  readonly stubBoot: { readonly address: number; readonly entry: number };
  /** Entry point of the mask ROM's start, from which it measures the rate again. */
  readonly resetVector: number;
}

/** Everything that differs between chips. */
export interface Target {
  readonly name: string;
  /** For people: "ESP8266". */
  readonly title: string;
  readonly statusBytes: number;
  readonly detection: {
    readonly register: number;
    readonly magic: number;
    /** Values of that register in other chips, by name. */
    readonly others: ReadonlyMap<number, string>;
  };
  readonly sync: SyncProtocol;
  readonly uart: UartClock;
  readonly identity: IdentityMap;
  readonly spi: SpiController;
  readonly rom: RomLimits;
  readonly stub: StubLimits;
  readonly softStart: SoftStart;
  readonly resets: {
    /** Ways into the loader, in the order in which they are tried through an adapter of which nothing is known. */
    readonly loader: readonly ResetStrategy[];
    /** Starts the firmware. */
    readonly run: ResetSequence;
  };
  /** How boot messages read. */
  readonly boot: BootDialect;
  /** Memory map and header codes, for images. */
  readonly image: ImageTarget;
  /** Which flash modes work with which flash chips. */
  readonly flashModes: FlashModeFacts;
  /** Largest flash that the chip can address, in bytes. */
  readonly maxFlashSize: number;
}
