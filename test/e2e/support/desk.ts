/** A virtual board in virtual time, with or without reset lines, and sessions on it. @module */
import {
  type ConnectOptions,
  connect,
  esp8266,
  type ImageInput,
  type PlanRequest,
  planFlash,
  runPlan,
  type Session,
} from "@flashwright/core";
import {
  createVirtualBoard,
  createVirtualClock,
  type VirtualBoard,
  type VirtualBoardOptions,
  type VirtualClock,
} from "@flashwright/virtual-device";

/** One board and its time. */
export interface Desk {
  readonly board: VirtualBoard;
  readonly clock: VirtualClock;
  /** Connects on the newest connection of the board. */
  connect(options?: Partial<ConnectOptions>): Promise<Session>;
}

/** Sets up a board at line pace; one without lines is brought into its loader with the buttons. */
export function setUpDesk(options: VirtualBoardOptions): Desk {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ clock, pace: "line", ...options });
  if (board.transport.capabilities.lines === "none") pressIntoLoader(board, clock);
  return {
    board,
    clock,
    connect: (more = {}) => connect(board.transport, { target: esp8266, clock, ...more }),
  };
}

/** Holds FLASH while RESET is pressed, for long enough that the capacitor on EN has charged. */
export function pressIntoLoader(board: VirtualBoard, clock: VirtualClock): void {
  board.hold("flash");
  board.hold("reset");
  clock.advance(50);
  board.release("reset");
  clock.advance(50);
  board.release("flash");
}

/** Plans and writes images on a session, without keeping what is around them. */
export async function writeImages(
  session: Session,
  images: readonly ImageInput[],
  options: Parameters<typeof runPlan>[3] & Pick<PlanRequest, "header"> = {},
) {
  const { chip, flashSize, loader } = session;
  const { plan, data } = planFlash({
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind },
    images,
    ...(options.header === undefined ? {} : { header: options.header }),
  });
  return runPlan(session, plan, data, options);
}
