/** Reset strategies over a real wire: a port of this computer or a network, with the board in this process. @module */
import { connect, esp8266, isFlasherError, type Transport } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard, type VirtualBoard, type VirtualBoardOptions } from "@flashwright/virtual-device";
import type { BoardServer, OpenTransport } from "@flashwright/virtual-device/node";
import { expect, it } from "vitest";
import { bootImage } from "../support/content.js";
import { type CircuitName, circuits, codesOf, type Expectation } from "./circuits.js";

/** What the usual capacitor is here: a busy computer may let more time pass between two lines than a board's own bridges. */
const EN_CAPACITOR_MS = 20;
/** So many boards at once: nearly all of their time is waiting. */
const AT_ONCE = 16;
/** How often at most a strategy that did something else among many is tried alone: other test files go on beside it. */
const LOOKS = 10;
const TIMEOUT_MS = 120_000;

/** How a board is put behind a wire and reached there. */
export interface Wire<Server extends BoardServer = BoardServer> {
  serve(open: OpenTransport): Promise<Server>;
  connect(server: Server): Promise<Transport>;
  /** A server that lets nobody in for a while after somebody has left, so that each board needs one of its own. */
  readonly servesOnce?: boolean;
}

/** Tests that each strategy does on each circuit what is expected of it. */
export function describeResets<Server extends BoardServer>(
  wire: Wire<Server>,
  expected: Readonly<Partial<Record<CircuitName, Expectation>>>,
): void {
  const cells = (Object.keys(expected) as CircuitName[]).flatMap((circuit) =>
    Object.entries(codesOf(expected[circuit]!)).map(([reset, code]) => ({ circuit, reset, code })),
  );

  it("lets the strategies in that fit each circuit, and tells of the others what happened", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const waiting = [...cells];
    const unlike: typeof cells = [];
    const work = async () => {
      const place = wire.servesOnce ? undefined : await Place.set(wire);
      for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
        const { circuit, reset } = cell;
        const code = await (place?.attempt(circuits[circuit], reset, 2) ?? attemptAlone(wire, cell));
        if (code !== cell.code) unlike.push(cell);
      }
      await place?.clear();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // Where so much goes on at once a step may come late; what is not as expected has to be so again, one at a time.
    const quiet: typeof cells = [];
    for (const cell of unlike) {
      let code = "";
      for (let look = 0; look < LOOKS && code !== cell.code; look++) code = await attemptAlone(wire, cell);
      quiet.push({ ...cell, code });
    }
    expect(quiet).toEqual(unlike);
    expect(unlike.length).toBeLessThan(cells.length / 4);
  });

  it("asks for FLASH to be held where only RTS is wired, and connects when it is", async () => {
    const asked: string[] = [];
    const place = await Place.set(wire);
    const code = await place.attempt(circuits["RTS only"], "rts-only", 4, (board, what) => {
      asked.push(what);
      board.hold("flash");
    });
    await place.clear();
    expect([code, asked]).toEqual(["connected", ["hold-flash"]]);
  });
}

/** One attempt at a place of its own. */
async function attemptAlone<Server extends BoardServer>(
  wire: Wire<Server>,
  { circuit, reset }: { readonly circuit: CircuitName; readonly reset: string },
): Promise<string> {
  const place = await Place.set(wire);
  try {
    return await place.attempt(circuits[circuit], reset, 2);
  } finally {
    await place.clear();
  }
}

/** One end of a wire, at which one board after the other is put: to start a server takes longer than most attempts. */
class Place<Server extends BoardServer> {
  #board: VirtualBoard | undefined;
  #isReached = false;

  private constructor(
    readonly wire: Wire<Server>,
    readonly server: Server,
  ) {}

  static async set<Server extends BoardServer>(wire: Wire<Server>): Promise<Place<Server>> {
    let place: Place<Server> | undefined;
    const server = await wire.serve(() => place!.#open());
    place = new Place(wire, server);
    return place;
  }

  clear(): Promise<void> {
    return this.server.close();
  }

  /** "connected", or the error's code; "not reached" where whoever connected still had the board before. */
  async attempt(
    circuit: VirtualBoardOptions,
    reset: string,
    attempts: number,
    whenAsked: (board: VirtualBoard, what: string) => void = () => {},
  ): Promise<string> {
    const board = createVirtualBoard({ flash: bootImage(), enCapacitorMs: EN_CAPACITOR_MS, ...circuit });
    this.#board = board;
    this.#isReached = false;
    const transport = await this.wire.connect(this.server);
    try {
      const session = await connect(transport, {
        target: esp8266,
        clock: systemClock,
        baudRate: 115_200,
        reset,
        attempts,
        onEvent: (event) => event.type === "buttons-needed" && whenAsked(board, event.code),
      });
      if (!this.#isReached) return "not reached";
      return session.how.reset === reset ? "connected" : `connected by ${session.how.reset}`;
    } catch (error) {
      if (!isFlasherError(error)) throw error;
      return this.#isReached ? error.code : "not reached";
    } finally {
      await transport.close();
    }
  }

  #open(): Transport {
    this.#isReached = true;
    return this.#board!.reconnect();
  }
}
