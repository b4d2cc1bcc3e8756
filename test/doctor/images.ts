/** Firmware images of the campaign, each made once. @module */
import { type EspruinoBuild, madeUserImage, type UserImageOptions } from "../support/made-firmware.js";

const made = new Map<string, Uint8Array>();

/** Bytes that are made at the first call. They are shared: whoever changes them makes a copy. */
export function once(key: string, make: () => Uint8Array): Uint8Array {
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found;
}

/** A user1, or user2, of Espruino. */
export function userImage(
  build: EspruinoBuild,
  version: string,
  size: number,
  rest: Partial<UserImageOptions> = {},
): Uint8Array {
  const key = `${build} ${version} ${size} ${JSON.stringify(rest)}`;
  return once(key, () => madeUserImage({ build, version, size, ...rest }));
}
