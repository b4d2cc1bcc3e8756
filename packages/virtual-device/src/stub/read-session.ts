/** READ_FLASH: packets of flash out, one acknowledgement frame each back, MD5 of it all at the end. @module */
import { md5 } from "@noble/hashes/legacy.js";
import { readU32 } from "../bytes.js";
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { readFlash } from "../rom/rom-flash.js";
import { frame } from "../rom/rom-slip.js";
import { StubStatus } from "./status.js";
import { FRAME_MS, type StubReceiver } from "./stub-slip.js";

/** The stub's packet buffer. */
const PACKET_LIMIT = 0x1000;

/** Milliseconds per byte to read flash and hash it: 0.70 s/MiB, not hidden behind the line. */
export const HASH_MS_PER_BYTE = 0.7e3 / 0x100000;

/** The words of the command; the last one, how many packets may be on the way, is not looked at: it is always one. */
export interface ReadRequest {
  readonly offset: number;
  readonly size: number;
  readonly packetSize: number;
}

/**
 * Runs until all is sent and an acknowledgement has named at least `size`, or until a frame that is not 4 bytes long
 * ends it early. Acknowledgements on the way are counted, not read. Sending stops for good when more have come than
 * packets have gone, because the difference is unsigned.
 *
 * @returns a status for the next command: what goes wrong here cannot be answered any more
 */
export function* readSession(
  machine: Machine,
  receiver: StubReceiver,
  request: ReadRequest,
): Routine<StubStatus> {
  if (request.packetSize > PACKET_LIMIT) return StubStatus.badLength;
  const hash = md5.create();
  let left = request.size;
  let offset = request.offset;
  let inFlight = 0;
  let acknowledged = 0;
  while (left > 0 || acknowledged < request.size) {
    const ack = receiver.take();
    if (ack !== undefined) {
      ack.release();
      if (ack.packet.length !== 4) break;
      acknowledged = readU32(ack.packet, 0);
      inFlight--;
    }
    if (left > 0 && inFlight === 0) {
      const size = Math.min(left, request.packetSize);
      const data = readFlash(machine, offset, size);
      if (data === undefined) return StubStatus.flashFailed;
      hash.update(data);
      yield size * HASH_MS_PER_BYTE;
      yield* machine.uart.transmit(frame(data));
      offset += size;
      left -= size;
      inFlight++;
    } else if (ack === undefined) {
      yield undefined;
      yield FRAME_MS;
    }
  }
  yield* machine.uart.transmit(frame(hash.digest()));
  return StubStatus.ok;
}
