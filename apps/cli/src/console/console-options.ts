/** What was typed behind `flashwright console`. @module */

/** Options, as commander hands them over. */
export interface ConsoleOptions {
  readonly port?: string;
  /** bit/s of the firmware's console. */
  readonly baud: number;
  readonly log?: string;
  readonly trace?: string;
  readonly traceSecrets?: boolean;
  readonly timestamps?: boolean;
  readonly raw?: boolean;
  readonly elf?: string;
  /** `true`, or the rate of the boot ROM's text in bit/s where it is known. */
  readonly bootLog?: boolean | number;
  readonly reset?: boolean;
  readonly eval?: string;
  readonly send?: string;
}
