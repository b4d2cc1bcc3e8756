/**
 * Who is there: chip, MAC, crystal, flash chip and its protection, in the fewest exchanges that the loader allows.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { type Command, readReg, romFlashBegin, writeRegs } from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import { type FlashInfo, parseFlashId } from "../targets/jedec.js";
import type { ChipInfo, Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/** Bytes between two frames with which a stub did not drop the second one, and the highest rate at which that was measured. */
const MEASURED_FILLER = { bytes: 64, baudRate: 921_600 };

/** Bytes between two frames to a stub: as many as were measured, or as much time where they go by faster: the stub also needs the time to answer. */
export function stubFiller(baudRate: number): number {
  const { bytes, baudRate: measuredAt } = MEASURED_FILLER;
  return Math.ceil(bytes * Math.max(1, baudRate / measuredAt));
}

/** How often the flash id is asked for again, and after how many microseconds each time. */
const ID_ATTEMPTS = 3;
const BUSY_US = 30_000;

/** Chip and flash chip. */
export interface Identity {
  readonly chip: ChipInfo;
  readonly flash: FlashInfo;
  /** Status register 1 of the flash chip, after the loader's own unlocking. */
  readonly flashStatus: number;
}

/**
 * Asks the mask ROM in one exchange. The FLASH_BEGIN in it routes the flash pins and clears a block protection that an
 * earlier session of the ROM left; without it the stub would report success and write nothing.
 * @throws FlasherError `wrong-chip`, `flash-not-answering`
 */
export async function identifyByRom(
  connection: Connection,
  target: Target,
  baudRate: number,
  signal?: AbortSignalLike,
): Promise<Identity> {
  const attach = romFlashBegin(0, 0, target.rom.dataBlockSize, 0, 0);
  return identify(connection, target, baudRate, [attach], 0, signal);
}

/** Asks a stub that is running already; it has attached the flash itself. */
export async function identifyByStub(
  connection: Connection,
  target: Target,
  baudRate: number,
  signal?: AbortSignalLike,
): Promise<Identity> {
  return identify(connection, target, baudRate, [], stubFiller(baudRate), signal);
}

async function identify(
  connection: Connection,
  target: Target,
  baudRate: number,
  prepare: readonly Command<void>[],
  filler: number,
  signal: AbortSignalLike | undefined,
): Promise<Identity> {
  const { detection, identity, spi } = target;
  const replies = await connection.sendAll(
    [
      readReg(detection.register),
      ...identity.registers.map(readReg),
      ...prepare,
      writeRegs(spi.readId),
      readReg(spi.idRegister),
      writeRegs(spi.readStatus),
      readReg(spi.statusRegister),
    ] as Command<unknown>[],
    filler,
    signal,
  );
  const values = replies as number[];
  checkChip(target, values[0]);
  const chip = identity.parse(values.slice(1, 1 + identity.registers.length), baudRate);
  const flash =
    parseFlashId(values[values.length - 3]) ?? (await readFlashIdAgain(connection, target, signal));
  return { chip, flash, flashStatus: values[values.length - 1] & 0xff };
}

/**
 * A flash chip that is busy answers nothing but its status, and it may be: storing the status register that FLASH_BEGIN has
 * just written takes typical parts 5 to 15 ms. So the id is asked for again, each time after a wait on the chip's side.
 */
async function readFlashIdAgain(
  connection: Connection,
  target: Target,
  signal: AbortSignalLike | undefined,
): Promise<FlashInfo> {
  const { spi } = target;
  const [first, ...rest] = spi.readId;
  let id = 0;
  for (let attempt = 0; attempt < ID_ATTEMPTS; attempt++) {
    await connection.send(writeRegs([{ ...first, delayUs: BUSY_US }, ...rest]), signal);
    id = (await connection.send(readReg(spi.idRegister), signal)) & 0xffffff;
    const flash = parseFlashId(id);
    if (flash !== undefined) return flash;
  }
  throw new FlasherError("flash-not-answering", { id });
}

/** Refuses any other chip. @throws FlasherError `wrong-chip`, `unknown-chip` */
export function checkChip(target: Target, magic: number, statusBytes = target.statusBytes): void {
  const { detection, title } = target;
  if (magic === detection.magic && statusBytes === target.statusBytes) return;
  const found = detection.others.get(magic);
  throw found === undefined
    ? new FlasherError("unknown-chip", { expected: title, magic, statusBytes })
    : new FlasherError("wrong-chip", { expected: title, found });
}
