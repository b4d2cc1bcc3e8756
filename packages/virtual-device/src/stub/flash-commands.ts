/** Commands of the stub that hash and erase flash. @module */
import { md5 } from "@noble/hashes/legacy.js";
import { readU32 } from "../bytes.js";
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { BLOCK_SIZE, EraseKind, SECTOR_SIZE } from "../flash/flash-timing.js";
import { readFlash } from "../rom/rom-flash.js";
import { HASH_MS_PER_BYTE } from "./read-session.js";
import { answer, OK, type Result } from "./result.js";
import { StubStatus } from "./status.js";

/** SPI_FLASH_MD5 of any range that the ROM's descriptor covers. A answer comes without the 16 bytes. */
export function* hashFlash(machine: Machine, body: Uint8Array): Routine<Result> {
  if (body.length !== 16) return answer(StubStatus.badLength);
  const offset = readU32(body, 0);
  const size = readU32(body, 4);
  const hash = md5.create();
  for (let done = 0; done < size; done += SECTOR_SIZE) {
    const data = readFlash(machine, offset + done, Math.min(SECTOR_SIZE, size - done));
    if (data === undefined) return answer(StubStatus.flashFailed);
    hash.update(data);
    yield data.length * HASH_MS_PER_BYTE;
  }
  return { status: StubStatus.ok, data: hash.digest() };
}

/** ERASE_FLASH. Protected flash takes no time, and nobody looks whether it is erased. */
export function* eraseChip({ flash }: Machine): Routine<Result> {
  flash.command(0x06);
  yield flash.erase(EraseKind.chip, 0);
  return OK;
}

/** ERASE_REGION. Unlike every other access it does not ask the ROM's descriptor where the flash ends. */
export function* eraseRegion({ flash }: Machine, body: Uint8Array): Routine<Result> {
  if (body.length !== 8) return answer(StubStatus.badLength);
  let offset = readU32(body, 0);
  let left = readU32(body, 4);
  if (offset % SECTOR_SIZE !== 0 || left % SECTOR_SIZE !== 0) return answer(StubStatus.badLength);
  while (left > 0) {
    const inBlock = offset % BLOCK_SIZE === 0 && left >= BLOCK_SIZE;
    flash.command(0x06);
    yield flash.erase(inBlock ? EraseKind.block : EraseKind.sector, offset);
    offset += inBlock ? BLOCK_SIZE : SECTOR_SIZE;
    left -= inBlock ? BLOCK_SIZE : SECTOR_SIZE;
  }
  return OK;
}
