/** Words for what a chip's boot log says about its start. @module */
export const bootMessages = {
  "boots-with-output": {
    message: "The firmware runs: it printed “{line}”.",
  },
  "boots-at-other-rate": {
    message: "The boot loader handed over to the firmware, which prints at another rate than this log.",
    hint: "Open a monitor at the firmware's own rate, often 115200.",
  },
  "boot-download-mode": {
    message:
      "The chip waits for a download instead of starting: GPIO0 was low at reset (boot mode {bootMode}).",
    hint: "Release the FLASH button or take GPIO0 off ground, and press RESET once.",
  },
  "boot-strap-gpio2": {
    message: "The chip found GPIO2 held low at reset (boot mode {bootMode}), which is no way to start.",
    hint: "Take what is wired to GPIO2 off, or pull it up to 3.3 V, and press RESET.",
  },
  "boot-strap-gpio15": {
    message:
      "The chip found GPIO15 high at reset (boot mode {bootMode}), so it waits for SDIO and not for flash.",
    hint: "Pull GPIO15 to ground with 10 kOhm, and press RESET.",
  },
  "boot-unknown-reset": {
    message: "The boot ROM does not know why it was reset (cause {resetCause}) and halted.",
    hint: "Check the 3.3 V supply, take the power off for a moment and try again.",
  },
  "boot-no-image": {
    message: "The boot ROM found no image at the start of flash.",
    hint: "Write a bootable image (first byte 0xe9) to offset 0; an update image (0xea) does not go there.",
  },
  "boot-mode-not-wired": {
    message:
      "Only the header of the image could be read, all data came as zeros: the flash mode in the header (QIO or QOUT) is not wired on this module.",
    hint: "Write the image at offset 0 again with flash mode dio, on an ESP8285 with dout.",
  },
  "boot-checksum-error": {
    message: "The image in flash does not have its own checksum: it is damaged, cut off or misread.",
    hint: "Write it again and verify it; if that does not help, use 40 MHz and a stronger 3.3 V supply.",
  },
  "boot-flash-read-error": {
    message: "The boot ROM could not read a segment: the image in flash is damaged or not for this place.",
    hint: "Write the whole firmware again and verify it.",
  },
  "boot-other-chip": {
    message: "This is the boot log of an {family}, not of an ESP8266.",
    hint: "Use firmware and a flasher for the {family}.",
  },
  "boot-user-image-missing": {
    message: "The second boot found no image in the update slot it wants to start.",
    hint: "Write user1 to 0x00001000, and check that the flash map is the one the firmware was built for.",
  },
  "boot-user-image-unloadable": {
    message: "The second boot could not load the image in the update slot it wants to start.",
    hint: "Write user1 to 0x00001000 again; the second boot tries the other slot meanwhile.",
  },
  "boot-no-slot-starts": {
    message: "The second boot could load neither update slot, and has given up.",
    hint: "Write user1 to 0x00001000, and check that the flash map is the one the firmware was built for.",
  },
  "boot-user-flag": {
    message: "The second boot found the number of an update slot that does not exist.",
    hint: "Set the choice back to user1: `flashwright recover` does, or erase the last three sectors of the flash size.",
  },
  "boot-exception": {
    message: "The firmware crashed: exception {cause} ({name}: {meaning}).",
    hint: "Check that firmware, flash map and flash mode belong together, and write it again.",
  },
  "boot-phy-init-data": {
    message: "The radio's init data is missing: the first byte is {found:byte}, 0x05 is needed.",
    hint: "Write esp_init_data_default.bin to the fourth last sector of the flash size in the header.",
  },
  "boot-flash-map": {
    message: "The firmware does not accept the flash map in the header of the image at offset 0.",
    hint: "Write it again with the flash size that this firmware was built for, for example 4MB-c1.",
  },
  "boot-watchdog-loop": {
    message: "The watchdog resets the chip again and again ({count} times so far).",
    hint: "Check the 3.3 V supply and the wiring of GPIO15 and GPIO2; then write the firmware again.",
  },
  "boot-reset-loop": {
    message: "The chip starts again and again ({count} times so far, last cause: {resetCause}).",
    hint: "Use a 3.3 V supply that can deliver 300 mA, and keep the reset line quiet.",
  },
  "boot-silent": {
    message: "Nothing came from the chip for {silence} s.",
    hint: "Check power, the crossed RX and TX wires, and that no program holds the chip in reset.",
  },
  "boot-silent-unreadable": {
    message: "Only unreadable bytes came from the chip.",
    hint: "Listen at 74880 (26 MHz crystal) or 115200 (40 MHz crystal or the firmware's own rate).",
  },
  "boot-silent-after-banner": {
    message: "The boot ROM started and then said nothing more for {silence} s.",
    hint: "Check the supply and the flash chip's wiring, and press RESET.",
  },
  "boot-silent-after-load": {
    message: "The image was loaded without error, and then nothing was printed for {silence} s.",
    hint: "Listen at the firmware's own rate; if it is silent there too, check that its code (irom) is at its offset.",
  },
  "boot-silent-after-jump": {
    message:
      "The second boot started user{slot} at {offset:hex}, and then nothing was printed for {silence} s.",
    hint: "Listen at the firmware's own rate; many programs are silent or print at 115200.",
  },
  "boot-undecided": {
    message: "The log does not say yet whether the firmware runs.",
  },
} as const;
