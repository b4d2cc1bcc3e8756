/** The access server's side of the COM-PORT-OPTION (RFC 2217) for a UART that does 8N1 and no flow control. @module */
import type { Transport } from "@flashwright/core";

/** Commands from the client; the server answers with the same number plus 100. */
const ComPortCommand = {
  signature: 0,
  setBaudRate: 1,
  setDataSize: 2,
  setParity: 3,
  setStopSize: 4,
  setControl: 5,
  notifyLineState: 6,
  notifyModemState: 7,
  flowControlSuspend: 8,
  flowControlResume: 9,
  setLineStateMask: 10,
  setModemStateMask: 11,
  purgeData: 12,
} as const;

/** Added to a command's number in everything that the server sends. */
const SERVER_OFFSET = 100;

/** Values of SET-CONTROL that are used here. */
const Control = {
  queryFlow: 0,
  noFlow: 1,
  queryBreak: 4,
  breakOn: 5,
  breakOff: 6,
  queryDtr: 7,
  dtrOn: 8,
  dtrOff: 9,
  queryRts: 10,
  rtsOn: 11,
  rtsOff: 12,
  queryInboundFlow: 13,
  noInboundFlow: 14,
  inboundXonXoff: 15,
  inboundHardware: 16,
  dcdFlow: 17,
  inboundDtrFlow: 18,
  dsrFlow: 19,
} as const;

/** Line state of an idle UART: transmit holding and shift register empty; no errors, which a virtual wire has not. */
const IDLE_LINE_STATE = 0x60;
/** Modem state: CTS, DSR, RI and CD are not connected on an ESP8266 board, and nothing ever changes. */
const MODEM_STATE = 0x00;
/** What the signature names. */
const SIGNATURE = "Flashwright virtual ESP8266";
const PURGE_RECEIVED = 1;
const PURGE_SENT = 2;
const PURGE_BOTH = 3;

/** The part of a transport that the option reaches. */
export type ComPortTarget = Pick<Transport, "capabilities" | "signal" | "setBaudRate" | "discard">;

/**
 * The settings of one client's port. Every answer carries the value that holds afterwards, which is how RFC 2217 tells
 * a client that a wish was not granted: 7 data bits are answered with 8.
 */
export class ComPort {
  private dtr = false;
  private rts = false;
  private isBreak = false;
  /** Resolves when the client lets the board talk again; settled while it may. */
  private resumed: Promise<void> = Promise.resolve();
  private resume: () => void = () => {};
  private isSuspended = false;

  constructor(
    private readonly target: ComPortTarget,
    /** The rate in bit/s that holds now. */
    private baudRate: number,
  ) {}

  /** Pends between FLOWCONTROL-SUSPEND and FLOWCONTROL-RESUME, while the board's bytes must wait. */
  get maySend(): Promise<void> {
    return this.resumed;
  }

  /** What is sent unasked as soon as the client speaks the option: the modem lines, for clients that wait for them. */
  greet(): Uint8Array[] {
    return [answer(ComPortCommand.notifyModemState, MODEM_STATE)];
  }

  /**
   * Carries out one subnegotiation. Unknown commands and bodies of a wrong length are ignored, as the RFC asks.
   * @returns the bodies of the answers, in order, ready for IAC SB 44
   */
  async execute(body: Uint8Array): Promise<Uint8Array[]> {
    const command = body[0];
    const value = body.subarray(1);
    if (command === ComPortCommand.signature) return this.executeSignature(value);
    if (command === ComPortCommand.setBaudRate) return this.executeBaudRate(value);
    if (command === ComPortCommand.flowControlSuspend) return this.suspend();
    if (command === ComPortCommand.flowControlResume) return this.release();
    if (command === undefined || value.length !== 1) return [];
    return this.executeByte(command, value[0]!);
  }

  /** Lets a pending `maySend` go, for a client that is gone. */
  release(): Uint8Array[] {
    this.isSuspended = false;
    this.resume();
    return [];
  }

  private async executeByte(command: number, value: number): Promise<Uint8Array[]> {
    switch (command) {
      case ComPortCommand.setDataSize:
        return [answer(command, 8)];
      case ComPortCommand.setParity:
      case ComPortCommand.setStopSize:
        return [answer(command, 1)];
      case ComPortCommand.setControl:
        return this.executeControl(value);
      case ComPortCommand.setLineStateMask:
        return confirmMask(command, value, ComPortCommand.notifyLineState, IDLE_LINE_STATE);
      case ComPortCommand.setModemStateMask:
        return confirmMask(command, value, ComPortCommand.notifyModemState, MODEM_STATE);
      case ComPortCommand.purgeData:
        return this.purge(value);
      default:
        return [];
    }
  }

  private executeSignature(value: Uint8Array): Uint8Array[] {
    // A signature with text is the client's own and asks for nothing.
    if (value.length > 0) return [];
    return [answer(ComPortCommand.signature, ...new TextEncoder().encode(SIGNATURE))];
  }

  private async executeBaudRate(value: Uint8Array): Promise<Uint8Array[]> {
    if (value.length !== 4) return [];
    const wanted = new DataView(value.buffer, value.byteOffset, 4).getUint32(0);
    if (wanted !== 0) await this.changeBaudRate(wanted);
    const now = new DataView(new ArrayBuffer(4));
    now.setUint32(0, this.baudRate);
    return [answer(ComPortCommand.setBaudRate, ...new Uint8Array(now.buffer))];
  }

  private async changeBaudRate(wanted: number): Promise<void> {
    try {
      await this.target.setBaudRate(wanted);
      this.baudRate = wanted;
    } catch (error) {
      // The answer then names the old rate; any other failure ends the session.
      if (!hasCode(error, "port-baud-refused")) throw error;
    }
  }

  private async executeControl(value: number): Promise<Uint8Array[]> {
    switch (value) {
      case Control.dtrOn:
      case Control.dtrOff:
        await this.setDtr(value === Control.dtrOn);
        return [this.dtrState()];
      case Control.queryDtr:
        return [this.dtrState()];
      case Control.rtsOn:
      case Control.rtsOff:
        await this.setRts(value === Control.rtsOn);
        return [this.rtsState()];
      case Control.queryRts:
        return [this.rtsState()];
      case Control.breakOn:
      case Control.breakOff:
        await this.setBreak(value === Control.breakOn);
        return [this.breakState()];
      case Control.queryBreak:
        return [this.breakState()];
      default:
        return fixedControl(value);
    }
  }

  /** A port has both lines or none; that one of them leads nowhere on its board is nothing that it knows. */
  private async setDtr(asserted: boolean): Promise<void> {
    if (this.target.capabilities.lines === "none") return;
    await this.target.signal([{ dtr: asserted }]);
    this.dtr = asserted;
  }

  private async setRts(asserted: boolean): Promise<void> {
    if (this.target.capabilities.lines === "none") return;
    await this.target.signal([{ rts: asserted }]);
    this.rts = asserted;
  }

  private async setBreak(on: boolean): Promise<void> {
    if (this.target.capabilities.lines === "none") return;
    await this.target.signal([{ brk: on }]);
    this.isBreak = on;
  }

  private breakState(): Uint8Array {
    return answer(ComPortCommand.setControl, this.isBreak ? Control.breakOn : Control.breakOff);
  }

  private dtrState(): Uint8Array {
    return answer(ComPortCommand.setControl, this.dtr ? Control.dtrOn : Control.dtrOff);
  }

  private rtsState(): Uint8Array {
    return answer(ComPortCommand.setControl, this.rts ? Control.rtsOn : Control.rtsOff);
  }

  private async purge(value: number): Promise<Uint8Array[]> {
    if (value < PURGE_RECEIVED || value > PURGE_BOTH) return [];
    // Nothing is ever left to purge towards the board: its bytes are handed over before the next command is read.
    if (value !== PURGE_SENT) await this.target.discard();
    return [answer(ComPortCommand.purgeData, value)];
  }

  private suspend(): Uint8Array[] {
    if (this.isSuspended) return [];
    this.isSuspended = true;
    this.resumed = new Promise((resolve) => {
      this.resume = resolve;
    });
    return [];
  }
}

/** Flow control: this UART has none, and says so. */
function fixedControl(value: number): Uint8Array[] {
  const isInbound =
    (value >= Control.queryInboundFlow && value <= Control.inboundHardware) ||
    value === Control.inboundDtrFlow;
  if (isInbound) return [answer(ComPortCommand.setControl, Control.noInboundFlow)];
  const isOutbound = value <= 3 || value === Control.dcdFlow || value === Control.dsrFlow;
  return isOutbound ? [answer(ComPortCommand.setControl, Control.noFlow)] : [];
}

/** Confirms a mask, and tells the present state to a client that wants to know of any of it. */
function confirmMask(command: number, mask: number, notification: number, state: number): Uint8Array[] {
  const confirmed = answer(command, mask);
  return mask === 0 ? [confirmed] : [confirmed, answer(notification, state & mask)];
}

function answer(command: number, ...value: readonly number[]): Uint8Array {
  return Uint8Array.of(command + SERVER_OFFSET, ...value);
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
