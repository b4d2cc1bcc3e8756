/** Circuits as boards and drivers have them. @module */
import { connect, esp8266, type FlashEvent, isFlasherError, type Session } from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoard,
  type VirtualBoardOptions,
  type VirtualClock,
} from "@flashwright/virtual-device";
import { bootImage } from "../support/content.js";

/** Milliseconds between two lines that a driver sets one after the other. */
const GAP_MS = 2;

/** What a board prints when it is plugged in is over by then. */
const POWER_ON_MS = 1000;

/** What stands between program and chip, by name. */
export const circuits = {
  "auto-reset": {},
  "auto-reset, one line after the other": { wire: { lineGapMs: GAP_MS } },
  "auto-reset, RTS only along with DTR": { wire: { rtsWithDtr: true } },
  "auto-reset, slow capacitor": { enCapacitorMs: 200 },
  "auto-reset, slow capacitor, one line after the other": {
    enCapacitorMs: 200,
    wire: { lineGapMs: GAP_MS },
  },
  "auto-reset, no capacitor": { enCapacitorMs: 0 },
  "auto-reset, no capacitor, one line after the other": { enCapacitorMs: 0, wire: { lineGapMs: GAP_MS } },
  "flow control": { wiring: "flow-control" },
  direct: { wiring: "direct", enCapacitorMs: 0 },
  "direct, one line after the other": { wiring: "direct", enCapacitorMs: 0, wire: { lineGapMs: GAP_MS } },
  swapped: { wiring: "swapped", enCapacitorMs: 0 },
  inverted: { wiring: "inverted" },
  "inverted, direct": { wiring: "inverted-direct", enCapacitorMs: 0 },
  unwired: { wiring: "unwired" },
} as const satisfies Record<string, VirtualBoardOptions>;
export type CircuitName = keyof typeof circuits;

/** One attempt to connect. */
export interface Outcome {
  /** "connected", or the error's code. */
  readonly code: string;
  /** Strategies in the order in which they were tried. */
  readonly tried: readonly string[];
  readonly events: readonly FlashEvent[];
  readonly elapsedMs: number;
  readonly session: Session | undefined;
  readonly error: unknown;
  readonly board: VirtualBoard;
  readonly clock: VirtualClock;
}

type Options = Omit<Parameters<typeof connect>[1], "target" | "clock" | "onEvent">;

/** The board and its time, for what a person does when asked for the buttons. */
type Desk = Pick<Outcome, "board" | "clock">;

/** Connects to a board behind a circuit, in virtual time. */
export async function connectBehind(
  circuit: VirtualBoardOptions,
  options: Options = {},
  whenAsked: (desk: Desk) => void = () => {},
): Promise<Outcome> {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ clock, pace: "line", flash: bootImage(), ...circuit });
  clock.advance(POWER_ON_MS);
  const events: FlashEvent[] = [];
  const onEvent = (event: FlashEvent) => {
    events.push(event);
    if (event.type === "buttons-needed") whenAsked({ board, clock });
  };
  let session: Session | undefined;
  let error: unknown;
  try {
    session = await connect(board.transport, { target: esp8266, clock, onEvent, ...options });
  } catch (caught) {
    error = caught;
  }
  const code = session !== undefined ? "connected" : isFlasherError(error) ? error.code : String(error);
  const tried = events.flatMap((event) => (event.type === "connecting" ? [event.reset] : []));
  return { code, tried, events, elapsedMs: clock.now(), session, error, board, clock };
}
