/**
 * For which update slot an image is.
 *
 * @module
 */
import { compareEspruinoVersions } from "../../maps/espruino-version.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { USER1_OFFSET } from "../places.js";
import type { Content } from "./classify.js";
import { linkedOffset } from "./link-base.js";

/** One of the two places for an application behind the second boot. */
export type Slot = "user1" | "user2";

/** Since this version Espruino's images are numbered from 0; what those before it say is not known. */
const FIRST_NUMBERED = "1v88";

/** The slot of an update image: where its code is linked for the second one, that; else what its header and its name say. */
export function slotOf(content: Content): Slot {
  const linked = content.image === undefined ? undefined : linkedOffset(content.bytes, content.image);
  if (linked !== undefined && linked !== USER1_OFFSET) return "user2";
  return slotByHeader(content) ?? (/user2/i.test(content.name) ? "user2" : "user1");
}

/**
 * The slot that byte 3 of an update header stands for: Espruino counts from 0, the vendor's own scripts from 1. So 1 is clear
 * only where the firmware is known, and the name decides elsewhere; `undefined` then, and for any other number.
 */
export function slotByHeader({ image, identity }: Content): Slot | undefined {
  const number = image?.update?.slotByte;
  if (number === 0) return "user1";
  if (number === 2) return "user2";
  if (number !== 1) return undefined;
  const { family, version } = identity.firmware;
  if (family === FirmwareFamily.at) return "user1";
  const isNumbered = (compareEspruinoVersions(version ?? "", FIRST_NUMBERED) ?? -1) >= 0;
  return family === FirmwareFamily.espruino && isNumbered ? "user2" : undefined;
}
