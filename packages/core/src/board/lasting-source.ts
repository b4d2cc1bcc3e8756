/**
 * The flash of a board, to be asked through losses of its port.
 *
 * @module
 */
import type { FlashSource } from "../diagnose/flash-source.js";
import { sessionSource } from "../diagnose/sources/session-source.js";
import type { EventListener } from "../flash/event.js";
import { RegionReading } from "../flash/region-reading.js";
import type { Board } from "./board.js";

/**
 * A board's flash. A question that the loss of the connection cuts off is asked again in the next session; of a reading only
 * the missing part. Answers from before a loss may be out of date then, since the board may have started in between:
 * `Board.losses` tells.
 * @throws FlasherError `needs-stub`; its questions throw those of reading and of `Board.through`
 */
export function lastingSource(board: Board, onEvent: EventListener): FlashSource {
  const { signal } = board;
  const source = () => sessionSource(board.session, { signal, onEvent });
  return {
    size: source().size,
    read(region) {
      const reading = new RegionReading(region);
      return board.through((session) => reading.run(session, { signal, onEvent }));
    },
    md5: (region) => board.through(() => source().md5(region)),
  };
}
