/**
 * The applications in flash: where they begin, how far they reach, what they were linked for.
 *
 * @module
 */
import { isFilledWith, readWord } from "../../bytes.js";
import { ERASED_BYTE } from "../../flash/geometry.js";
import type { FlashSize } from "../../image/flash-params.js";
import { BOOT_MAGIC, UPDATE_MAGIC } from "../../image/image-types.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { USER1_OFFSET } from "../../packages/places.js";
import type { FlashView } from "../sources/flash-view.js";
import type { SlotState } from "../survey.js";
import type { BootSector } from "./boot-sector.js";
import { identifyWalk } from "./identify-walk.js";
import { type ImageWalk, walkImage } from "./image-walk.js";

const HEAD_SIZE = 64;
const RBOOT_MAGIC = 0xe1;
const RBOOT_ROMS = 8;

/** An application with the headers that led to its end. */
export interface WalkedSlot {
  readonly state: SlotState;
  readonly walk: ImageWalk | undefined;
}

/**
 * Finds the applications, by the boot loader that starts them.
 * @param map of the header at offset 0: it says where user2 begins
 */
export async function findSlots(
  view: FlashView,
  boot: BootSector,
  map: FlashSize | undefined,
): Promise<WalkedSlot[]> {
  if (boot.bootLoader?.kind === "eboot") return [await readSlot(view, "app", USER1_OFFSET)];
  if (boot.bootLoader?.kind === "rboot") return findRbootSlot(view);
  const head = await view.read({ offset: USER1_OFFSET, size: HEAD_SIZE });
  const isSecondBoot = boot.bootLoader?.kind === "sdk" || head[0] === UPDATE_MAGIC;
  if (isSecondBoot) return findUpdateSlots(view, map);
  if (boot.firstByte === UPDATE_MAGIC || boot.firstByte === BOOT_MAGIC)
    return [await readSlot(view, "app", 0)];
  return [];
}

async function findUpdateSlots(view: FlashView, map: FlashSize | undefined): Promise<WalkedSlot[]> {
  const user1 = await readSlot(view, "user1", USER1_OFFSET);
  const offset = map?.user2Offset;
  const end = user1.walk?.end ?? USER1_OFFSET;
  // A first slot that reaches into the second one leaves no second one.
  if (offset === undefined || offset < end || offset >= view.size) return [user1];
  return [user1, await readSlot(view, "user2", offset)];
}

/** Byte 3 of rBoot's settings is the number of the application that starts; its offset is in the list from byte 8. */
async function findRbootSlot(view: FlashView): Promise<WalkedSlot[]> {
  const settings = await view.read({ offset: USER1_OFFSET, size: HEAD_SIZE });
  if (settings[0] !== RBOOT_MAGIC) return [];
  const at = RBOOT_ROMS + 4 * settings[3]!;
  const offset = at + 4 <= settings.length ? readWord(settings, at) : 0;
  return offset === 0 || offset >= view.size ? [] : [await readSlot(view, "app", offset)];
}

async function readSlot(view: FlashView, slot: SlotState["slot"], offset: number): Promise<WalkedSlot> {
  const head = await view.read({ offset, size: HEAD_SIZE });
  const walk = await walkImage(view, offset);
  const place = { slot, offset, linkedParams: walk?.params, flaws: walk?.flaws ?? [] };
  if (walk === undefined) {
    const state = isFilledWith(head, ERASED_BYTE) ? "blank" : "absent";
    const firmware = { family: FirmwareFamily.unknown };
    return { walk, state: { ...place, size: undefined, firmware, state } };
  }
  const { firmware } = await identifyWalk(view, walk);
  const size = walk.end === undefined ? undefined : walk.end - offset;
  return {
    walk,
    state: { ...place, size, firmware, state: size === undefined ? "looks-damaged" : "looks-whole" },
  };
}
