/**
 * The lines that an ESP8266 prints while it starts: its boot ROM, the SDK's second boot, eboot, rBoot and the SDK.
 *
 * @module
 */

import type { BootDialect, BootPattern } from "../../boot/boot-dialect.js";
import type { BootFact } from "../../boot/boot-event.js";
import { isWatchdogCause, resetCauseName, strapObstacle } from "./boot-modes.js";
import { exceptionCauseOf } from "./exceptions.js";

const hex = (digits: string): number => Number.parseInt(digits, 16);

const when = (pattern: RegExp, read: (groups: readonly string[]) => BootFact | undefined): BootPattern => ({
  pattern,
  read: ([, ...groups]) => read(groups),
});

const always = (pattern: RegExp, fact: BootFact): BootPattern => ({ pattern, read: () => fact });

/** The ROM's words. Noise of the rate before may stand in front of the banner, so that it is found anywhere in a line. */
const rom: readonly BootPattern[] = [
  when(/ets \w{3} +\d+ \d{4}, ?rst cause:(\d+), boot mode:\((\d+),(\d+)\)/, ([cause, mode, rest]) => ({
    type: "rom-banner",
    resetCause: Number(cause),
    bootMode: [Number(mode), Number(rest)],
  })),
  always(/^unknown reset$/, { type: "unknown-reset" }),
  always(/^(?:soft |hw )?wdt reset$/i, { type: "watchdog-reset" }),
  when(/^load 0x([0-9a-f]{1,8}), len (\d+), room (\d+)$/i, ([address, size, room]) => ({
    type: "segment-load",
    address: hex(address),
    size: Number(size),
    room: Number(room),
  })),
  when(/^chksum 0x([0-9a-f]{1,2})$/i, ([sum]) => ({ type: "segment-checksum", checksum: hex(sum) })),
  when(/^csum 0x([0-9a-f]{1,2})$/i, ([sum]) => ({ type: "image-checksum", checksum: hex(sum) })),
  always(/^csum err$/, { type: "checksum-error" }),
  always(/^(?:tail \d+|room \d+|ho \d+ tail \d+ room \d+)$/, { type: "bookkeeping" }),
];

/** Lines of ESP32 boot ROMs. They come before the ones that are spelled alike but shorter here. */
const relatives: readonly BootPattern[] = [
  always(/\brst:0x[0-9a-f]+ \(\w+\),boot:0x[0-9a-f]+/i, { type: "other-chip", family: "ESP32" }),
  always(/^flash read err, \d+$/, { type: "other-chip", family: "ESP32" }),
  always(/^ets_main\.c \d+$/, { type: "other-chip", family: "ESP32" }),
];

const failures: readonly BootPattern[] = [
  always(/^flash read err\b/, { type: "flash-read-error" }),
  always(/^ets_main\.c$/, { type: "ets-main" }),
  // Registers follow on a line of their own; in what people pass on, and in joined lines of ours, on the same one.
  // The ROM prints `Fatal exception (28):`, the SDK `Fatal exception 28(LoadProhibitedCause):`, Arduino `Exception (28):`.
  when(/^(?:Fatal exception|Exception) ?\(?(\d{1,2})(?:\)| ?\(\w+\)) ?:?(?:\s+epc1=.*)?$/i, ([cause]) => ({
    type: "fatal-exception",
    cause: Number(cause),
    registers: {},
  })),
  // Arduino's ESP.getResetInfo(): the crash before this start.
  when(/^Fatal exception: ?(\d{1,2}) flag: ?\d+ \(\w+\)(?:\s+epc1:.*)?$/i, ([cause]) => ({
    type: "fatal-exception",
    cause: Number(cause),
    registers: {},
  })),
  when(/^rf_cal\[0\] ?!= ?0x05, ?is 0x([0-9a-f]{1,2})/i, ([found]) => ({
    type: "rf-cal-error",
    found: hex(found),
  })),
  always(/^don't supported flash map|^(?:SPI Flash Size & Map ?: ?)?flash map not support/i, {
    type: "flash-map-error",
    what: "map",
  }),
  always(/^(?:system_)?partition[ _]table\w*[ :].*\b(?:fail|error|mismatch)/i, {
    type: "flash-map-error",
    what: "partition",
  }),
];

/** The SDK's boot_v1.x. */
const secondBoot: readonly BootPattern[] = [
  when(/^2nd boot version ?: ?(.+)$/, ([version]) => ({ type: "second-boot", loader: "sdk", version })),
  when(/^SPI Speed ?\s*: ?([\d.]+) ?MHz$/i, ([mhz]) => ({ type: "spi-speed", mhz: Number(mhz) })),
  when(/^SPI Mode ?\s*: ?(\w+)$/i, ([mode]) => ({ type: "spi-mode", mode: mode.toLowerCase() })),
  when(/^SPI Flash Size & Map ?: ?(.+)$/i, ([map]) => ({ type: "flash-map", map })),
  when(/^jump to run user([12]) @ ([0-9a-f]+)$/i, ([slot, offset]) => ({
    type: "jump-to-user",
    slot: Number(slot),
    offset: hex(offset),
  })),
  // Release 1.6 does not end the line behind a speed that it does not know, 1.7 leaves it empty.
  when(/^SPI Speed ?\s*:\s*SPI Mode ?\s*: ?(\w+)$/i, ([mode]) => ({
    type: "spi-mode",
    mode: mode.toLowerCase(),
  })),
  always(/^SPI Speed ?\s*:$/i, { type: "bookkeeping" }),
  // Both stand behind "jump to run user", without a line end between.
  always(/^(?:jump to run user)?error user bin flag/i, { type: "user-image-error", what: "flag" }),
  always(/^error magic!?/i, { type: "user-image-error", what: "magic" }),
  always(/^(?:first|backup) boot failed [0-9a-f]{1,8}, reboot to try this bin again/, {
    type: "slot-failed",
    next: "same",
  }),
  always(/^first boot failed, reboot to try backup bin/, { type: "slot-failed", next: "other" }),
  always(/^backup boot failed\.?$/, { type: "slot-failed", next: "none" }),
  // Byte 119 of the PHY init data names no pin that asks for a test: it is erased or another's.
  always(/^no GPIO select!/, { type: "bookkeeping" }),
  always(/^(?:test mode, |enhance boot mode, )?jump to run bin @ [0-9a-f]+$/, { type: "bookkeeping" }),
  always(/^@ [0-9a-f]+$/, { type: "bookkeeping" }),
  always(/^into test mode , gpio \d+ is low|^test bin is not pass!/, { type: "bookkeeping" }),
];

/** Second boots of others; what they print besides is no sign yet that the application runs. */
const otherBoots: readonly BootPattern[] = [
  when(/^v([0-9a-f]{8})$/, ([version]) => ({ type: "second-boot", loader: "eboot", version })),
  always(/^~ld$|^@cp:/, { type: "bookkeeping" }),
  when(/^rBoot v([\w.]+)/, ([version]) => ({ type: "second-boot", loader: "rboot", version })),
  always(/^(?:Flash (?:Size|Mode|Speed):|rBoot Option:|Booting rom\b)/, { type: "bookkeeping" }),
];

/** All lines of an ESP8266 that have a meaning of their own, and what their numbers stand for. */
export const esp8266BootDialect: BootDialect = {
  patterns: [...rom, ...relatives, ...failures, ...secondBoot, ...otherBoots],
  strapObstacle,
  isWatchdogCause,
  resetCauseName,
  exceptionCauseOf,
};
