/**
 * Reading a region in as many sessions as it takes.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";
import type { EventListener } from "./event.js";
import { readAgain } from "./read-again.js";
import { type Region, regionEnd } from "./region.js";
import { timed } from "./timed.js";

/** One region. What has arrived is kept when the connection breaks. */
export class RegionReading {
  #bytes = new Uint8Array(0);
  /** Bytes from the start that have arrived, the last of them perhaps not proven yet. */
  #received = 0;
  #session: Session | undefined;

  constructor(readonly region: Region) {}

  /**
   * Reads the region; in another session than the one before only what is missing, once what has arrived is compared by MD5
   * with what the chip holds now.
   * @returns the whole region
   * @throws FlasherError `region-outside-flash`, `needs-stub`, `read-mismatch`, `read-stalled`, `port-lost`; the signal's reason
   */
  async run(
    session: Session,
    options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
  ): Promise<Uint8Array> {
    const { region } = this;
    const { flashSize } = session;
    if (region.size <= 0 || regionEnd(region) > flashSize) {
      throw new FlasherError("region-outside-flash", { ...region, flashSize });
    }
    const loader = session.requireStub("reading flash");
    const isAnother = this.#session !== undefined && this.#session !== session;
    this.#session = session;
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(region.size);
    const { onEvent = () => {}, signal } = options;
    if (isAnother) await this.#proveReceived(session, options);
    const done = this.#received;
    if (done === region.size) return this.#bytes;
    const rest = { offset: region.offset + done, size: region.size - done };
    await timed(session.connection.clock, onEvent, "read", rest, async (progress) => {
      const report = (doneBytes: number) => {
        this.#received = done + doneBytes;
        progress(doneBytes);
      };
      await loader.readInto(rest.offset, this.#bytes.subarray(done), report, signal);
    });
    return this.#bytes;
  }

  async #proveReceived(
    session: Session,
    options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike },
  ): Promise<void> {
    const { offset, size } = this.region;
    const received = this.#received;
    options.onEvent?.({ type: "note", code: "read-resumed", params: { left: size - received, size } });
    if (received > 0) await readAgain(session, offset, this.#bytes.subarray(0, received), options);
  }
}
