/** A connection to a board behind a circuit, in memory and virtual time. @module */
import {
  connect,
  esp8266,
  type FlashEvent,
  isFlasherError,
  type Session,
  type Transport,
} from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoard,
  type VirtualBoardOptions,
  type VirtualClock,
} from "@flashwright/virtual-device";
import { bootImage } from "../support/content.js";

/** What a board prints when it is plugged in is over by then. */
const POWER_ON_MS = 1000;

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
  through: (transport: Transport) => Transport = (transport) => transport,
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
    session = await connect(through(board.transport), { target: esp8266, clock, onEvent, ...options });
  } catch (caught) {
    error = caught;
  }
  const code = session !== undefined ? "connected" : isFlasherError(error) ? error.code : String(error);
  const tried = events.flatMap((event) => (event.type === "connecting" ? [event.reset] : []));
  return { code, tried, events, elapsedMs: clock.now(), session, error, board, clock };
}
