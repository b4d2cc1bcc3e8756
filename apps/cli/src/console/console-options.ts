/** What was typed behind `flashwright console`. @module */

/** Options, as commander hands them over. */
export interface ConsoleOptions {
  readonly port?: string;
  /** bit/s of the firmware's console. */
  readonly baud: number;
  readonly log?: string;
  readonly timestamps?: boolean;
  readonly raw?: boolean;
  readonly elf?: string;
  readonly bootLog?: boolean;
  readonly reset?: boolean;
  readonly eval?: string;
  readonly send?: string;
}
