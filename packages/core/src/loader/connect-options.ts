/** What `connect` is told. @module */
import type { Codecs } from "../codecs.js";
import type { FlashEvent } from "../flash/event.js";
import type { AdapterIdentity, ResetStrategy } from "../targets/reset-strategy.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike, Clock } from "../transport.js";

/** How to reach the loader. */
export interface ConnectOptions {
  readonly target: Target;
  readonly clock: Clock;
  /**
   * Rate to work at, in bit/s. `auto`, the default: what the adapter is known to do, 460,800 where it is not known. Where
   * the chip can be reset, one SYNC at a fast rate, then at 115,200; the rest of the way goes through the stub, proven by
   * every byte value in both directions.
   * Where the far end of the transport decides the rate, this says which it is; 115,200 by default.
   */
  readonly baudRate?: number | "auto";
  /** `false`: stay with the mask ROM's loader. */
  readonly stub?: boolean;
  /** `no-reset`: the chip is in its loader already. Without reset lines there is no other way. */
  readonly before?: "default-reset" | "no-reset";
  /** The only reset to use: a strategy's name, a sequence as `parseReset` reads it, or a strategy. */
  readonly reset?: string | ResetStrategy;
  /** The bridge behind the port: decides on the order of strategies and on the rate. */
  readonly adapter?: AdapterIdentity | undefined;
  /** What worked the last time through this adapter (`Session.how`): tried first, and trusted no further. */
  readonly hint?: { readonly reset?: string | undefined; readonly baudRate?: number | undefined };
  /**
   * Resets, or rounds of SYNC without reset, before giving up. By default 7 resets, up to 4 more where SYNC was answered and
   * what followed it failed; and where nothing on the board answers to them, as many rounds as it takes somebody to press the buttons, which is about a quarter of a minute.
   */
  readonly attempts?: number;
  /** Bytes of the flash chip, where its id does not tell. */
  readonly flashSize?: number;
  readonly codecs?: Codecs;
  readonly signal?: AbortSignalLike;
  readonly onEvent?: (event: FlashEvent) => void;
}
