/** A virtual board in virtual time, with or without reset lines, and sessions on it. @module */
import {
  type ConnectOptions,
  connect,
  esp8266,
  type ImageInput,
  type ImagesRequest,
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

type WriteOptions = Parameters<typeof runPlan>[3] & Partial<Pick<ImagesRequest, "header" | "contents">>;

/** Plans and writes images on a session; what is around them is kept where `contents` knows it. */
export async function writeImages(
  session: Session,
  images: readonly ImageInput[],
  { header, contents, ...options }: WriteOptions = {},
) {
  const { flashSize, loader } = session;
  const chip = { mac: session.chip.mac, flashSize, loader: loader.kind };
  const request: PlanRequest = {
    target: esp8266,
    chip,
    images,
    ...(header === undefined ? {} : { header }),
    ...(contents === undefined ? {} : { contents }),
  };
  const { plan, data } = planFlash(request);
  return runPlan(session, plan, data, options);
}
