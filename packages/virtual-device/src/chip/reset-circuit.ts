/** What stands between the adapter's two lines and the chip's EN and GPIO0. @module */
import type { TransportCapabilities } from "@flashwright/core";
import type { Timeline } from "../clock/timeline.js";

/**
 * - `auto-reset`: two cross-coupled transistors (NodeMCU, D1 mini): RTS alone resets, DTR alone pulls GPIO0, both do nothing
 * - `direct`: RTS holds the chip in reset, DTR pulls GPIO0
 * - `swapped`: direct with the two exchanged
 * - `rts-only`: RTS resets, GPIO0 has only its button
 * - `none`: no line reaches the chip
 * - `inverted`: auto-reset behind an adapter that does not invert, so an asserted line is high
 * - `inverted-direct`: direct behind such an adapter: with both lines released the chip is held in reset
 * - `unwired`: the adapter has both lines, and neither reaches the chip
 * - `flow-control`: auto-reset behind a bridge that pulls RTS for a moment whenever DTR is released, so that every release
 *   of DTR resets the chip. UNCERTAIN: how such bridges do it exactly is not published
 */
export const Wiring = {
  autoReset: "auto-reset",
  direct: "direct",
  swapped: "swapped",
  rtsOnly: "rts-only",
  none: "none",
  inverted: "inverted",
  invertedDirect: "inverted-direct",
  unwired: "unwired",
  flowControl: "flow-control",
} as const;
export type Wiring = (typeof Wiring)[keyof typeof Wiring];

/** What a transport to a board with this wiring says of its lines. */
export function wiredLines(wiring: Wiring): TransportCapabilities["lines"] {
  if (wiring === Wiring.none) return "none";
  return wiring === Wiring.rtsOnly ? "rts" : "dtr-rts";
}

/** Which pins the lines pull low. */
interface Pull {
  readonly reset: boolean;
  readonly gpio0: boolean;
}

const circuits: Readonly<Record<Wiring, (dtr: boolean, rts: boolean) => Pull>> = {
  "auto-reset": (dtr, rts) => ({ reset: rts && !dtr, gpio0: dtr && !rts }),
  direct: (dtr, rts) => ({ reset: rts, gpio0: dtr }),
  swapped: (dtr, rts) => ({ reset: dtr, gpio0: rts }),
  "rts-only": (_, rts) => ({ reset: rts, gpio0: false }),
  none: () => ({ reset: false, gpio0: false }),
  inverted: (dtr, rts) => ({ reset: dtr && !rts, gpio0: rts && !dtr }),
  "inverted-direct": (dtr, rts) => ({ reset: !rts, gpio0: !dtr }),
  unwired: () => ({ reset: false, gpio0: false }),
  "flow-control": (dtr, rts) => ({ reset: rts && !dtr, gpio0: dtr && !rts }),
};

/** What the circuit tells the chip. */
export interface ResetEvents {
  /** EN or nRST went low: everything stops. */
  onReset(): void;
  /** EN or nRST came up: the straps are read now. */
  onRelease(): void;
}

/**
 * Lines and buttons to pins. EN falls at once and rises `capacitorMs` after the last thing that held it low let go, which
 * is what lets the two lines be set one after the other, when the second comes soon enough.
 */
export class ResetCircuit {
  readonly #pull: (dtr: boolean, rts: boolean) => Pull;
  readonly #capacitorMs: number;
  readonly #timeline: Timeline;
  readonly #events: ResetEvents;
  readonly #resetsOnRelease: boolean;
  #dtr = false;
  #rts = false;
  #resetButton = false;
  #flashButton = false;
  #released: boolean;
  #cancelRise: (() => void) | undefined;

  constructor(wiring: Wiring, capacitorMs: number, timeline: Timeline, events: ResetEvents) {
    this.#pull = circuits[wiring];
    this.#capacitorMs = capacitorMs;
    this.#timeline = timeline;
    this.#events = events;
    this.#resetsOnRelease = wiring === Wiring.flowControl;
    this.#released = !this.#pull(false, false).reset;
  }

  /** Whether something pulls GPIO0 low. */
  get gpio0Low(): boolean {
    return this.#flashButton || this.#pull(this.#dtr, this.#rts).gpio0;
  }

  /** Whether the chip is out of reset. */
  get released(): boolean {
    return this.#released;
  }

  /** Both lines change at once; one that is not named keeps its state. */
  setLines(lines: { readonly dtr?: boolean | undefined; readonly rts?: boolean | undefined }): void {
    const releasesDtr = this.#dtr && lines.dtr === false;
    this.#dtr = lines.dtr ?? this.#dtr;
    this.#rts = lines.rts ?? this.#rts;
    if (releasesDtr && this.#resetsOnRelease) this.#hold();
    this.#update();
  }

  /** Presses or lets go of a button. */
  setButton(button: "flash" | "reset", pressed: boolean): void {
    if (button === "flash") this.#flashButton = pressed;
    else this.#resetButton = pressed;
    this.#update();
  }

  #hold(): void {
    this.#cancelRise?.();
    this.#cancelRise = undefined;
    if (!this.#released) return;
    this.#released = false;
    this.#events.onReset();
  }

  #update(): void {
    if (this.#resetButton || this.#pull(this.#dtr, this.#rts).reset) {
      this.#hold();
      return;
    }
    if (this.#released || this.#cancelRise !== undefined) return;
    if (this.#capacitorMs === 0) {
      this.#rise();
      return;
    }
    this.#cancelRise = this.#timeline.after(this.#capacitorMs, () => this.#rise());
  }

  #rise(): void {
    this.#cancelRise = undefined;
    this.#released = true;
    this.#events.onRelease();
  }
}
