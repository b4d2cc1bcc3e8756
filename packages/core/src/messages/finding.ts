/** Words for what a look at a chip found: title, explanation for a beginner, and what to do. @module */
export const findingMessages = {
  "dump-partial": {
    message:
      "No flash chip has {size:bytes}: this is taken for the beginning of a larger one, and of the rest nothing is known.",
    hint: "A whole flash is read by `flashwright read 0 ALL dump.bin`.",
  },
  "dump-empty": {
    message: "The dump holds no bytes.",
    hint: "Read the flash again: `flashwright read 0 ALL dump.bin`.",
  },

  // What is at the start of flash.
  "finding-flash-blank": {
    title: "The flash is empty",
    message: "Nothing is on the flash chip; it was erased, or nothing was ever written to it.",
    hint: "Flash a firmware: `flashwright flash <package>`.",
  },
  "finding-flash-looks-blank": {
    title: "The flash looks empty",
    message: "Of the flash, {size:bytes} were looked at, the beginning among them, and nothing was found.",
    hint: "Flash a firmware: `flashwright flash <package>`.",
  },
  "finding-no-boot-loader": {
    title: "The beginning of the flash is empty",
    message:
      "The chip starts with what it finds at the very beginning of the flash. There is nothing, although other parts are in use.",
    hint: "Write the firmware again, with its boot loader.",
  },
  "finding-no-image": {
    title: "There is no program at the beginning of the flash",
    message:
      "A program that the chip can start begins with 0xe9. What is there begins with {value:byte} and is something else.",
    hint: "Flash a firmware: `flashwright flash <package>`.",
  },
  "finding-update-image-at-start": {
    title: "The firmware is in the wrong place",
    message:
      "At the beginning of the flash stands a firmware of the kind that a boot loader starts (it begins with 0xea). It belongs to 0x00001000, and the boot loader belongs where it is now.",
    hint: "Write boot_v1.x.bin to 0x0 and the firmware to 0x1000; a whole package is put in place by `flashwright flash <package>`.",
  },
  "finding-image-for-other-chip": {
    title: "The program is for another chip",
    message: "What is at the beginning of the flash was built for the {chip}. An ESP8266 cannot run it.",
    hint: "Flash the build of the firmware for the ESP8266.",
  },
  "finding-boot-loader-damaged": {
    title: "The boot loader is damaged",
    message:
      "The small program at the beginning of the flash, with which everything starts, does not have its own checksum: some of its bytes are wrong.",
    hint: "Write it again and verify it.",
  },
  "finding-no-program": {
    title: "The boot loader has nothing to start",
    message: "The boot loader is there, but at {offset:hex}, where it looks for the firmware, there is none.",
    hint: "Write the firmware again.",
  },

  // Whether the program is whole.
  "finding-image-damaged": {
    title: "The firmware is damaged",
    message:
      "The firmware at {offset:hex} does not have the checksum that its makers gave it: some of its bytes are not what they were.",
    hint: "Write the firmware again; your settings can stay.",
  },
  "finding-image-looks-damaged": {
    title: "The firmware looks damaged",
    message: "Parts of the firmware at {offset:hex} do not fit together, or are erased.",
    hint: "Write the firmware again; your settings can stay.",
  },
  "finding-image-truncated": {
    title: "The firmware is cut off",
    message:
      "The end of the firmware at {offset:hex} is missing: the writing was interrupted, or the file was incomplete.",
    hint: "Download the firmware again and write it again.",
  },
  "finding-spare-slot-damaged": {
    title: "An update was not finished",
    message: "The second copy of a firmware, at {offset:hex}, is damaged. It is not the one that starts.",
    hint: "Nothing has to be done; the next update writes it again.",
  },
  "finding-settings-in-code": {
    title: "Settings were saved into the program",
    message:
      "Saving the Wi-Fi settings erased a piece of the firmware at {offset:hex} and put the settings there. The firmware chooses that place by the flash size in its header (the “flash map”): the header says {map}, this firmware was built for {linked}.",
    hint: "Set the header to {linked} and write the firmware again; only the first of the two keeps it from happening again.",
  },
  "finding-calibration-in-code": {
    title: "The board writes radio data into its own program",
    message:
      "At every start this firmware stores how its radio was tuned at {offset:hex}. It is so large that its own code lies there. Versions 1v88 to 1v97 of Espruino have this fault under every flash size.",
    hint: "Use Espruino 1v98 or newer, or the official build of this version, which is smaller.",
  },

  // The flash map.
  "finding-map-destroys-at-wifi-save": {
    title: "Saving the Wi-Fi settings will destroy the firmware",
    message:
      "The firmware chooses where it saves by the flash size in its header (the “flash map”). The header says {map}, this firmware needs {linked}; with {map} the next `wifi.save()` erases {size:bytes} of the firmware itself at {offset:hex}.",
    hint: "Set the flash size in the header to {fitting} before you save Wi-Fi settings; nothing else has to be written.",
  },
  "finding-map-destroys-at-save": {
    title: "Saving will destroy the firmware",
    message:
      "The firmware chooses where it saves by the flash size in its header (the “flash map”). The header says {map}, this firmware needs {linked}; with {map} the next save erases {size:bytes} of the firmware itself at {offset:hex}.",
    hint: "Set the flash size in the header to {fitting} before you save anything.",
  },
  "finding-map-destroys-at-start": {
    title: "Starting the board destroys the firmware",
    message:
      "At its start the board stores data at places that follow from the flash size in its header (the “flash map”). The header says {map}, and with that they lie in the middle of the firmware, at {offset:hex}.",
    hint: "Set the flash size in the header to {fitting}, and write the firmware again if it has been started.",
  },
  "finding-map-no-start": {
    title: "The flash size in the header is wrong for this firmware",
    message:
      "The header says {map}. With that the board looks for its radio's data and stores settings at {offset:hex}, where the firmware itself lies: either it does not start, or its start destroys the firmware. It was built for {linked}.",
    hint: "Set the flash size in the header to {fitting}, and write the firmware again if it has been started.",
  },
  "finding-map-not-linked": {
    title: "The flash size in the header is not the firmware's",
    message:
      "This firmware starts only where the flash is divided as it was built for: as {linked} says. The header says {map}.",
    hint: "Set the flash size in the header to {fitting}.",
  },
  "finding-map-over-boot-loader": {
    title: "The board may write over its own boot loader",
    message:
      "The firmware does not know the flash size {map} in the header. It then stores radio data at the very beginning of the flash, where the boot loader is. What a chip really does then was not tried.",
    hint: "Set the flash size in the header to {fitting}, also on a chip that is larger.",
  },
  "finding-map-unknown-to-firmware": {
    title: "The firmware does not know the flash size in the header",
    message:
      "The header says {map}. The firmware's own table of flash sizes ends before that, and what it does then is a matter of chance.",
    hint: "Set the flash size in the header to {fitting}, also on a chip that is larger.",
  },
  "finding-map-exceeds-chip": {
    title: "The header promises more flash than there is",
    message:
      "The header says {map}, {mapSize:bytes}, but the flash chip has {chipSize:bytes}. What belongs to the end of the flash then lies behind its end.",
    hint: "Set the flash size in the header to {fitting}; a firmware that needs more does not fit this board.",
  },
  "finding-map-limits": {
    title: "With this flash size not everything works",
    message:
      "The firmware runs with {map} in its header, but an update over the network, or a program that uses flash which the firmware calls free, can destroy the firmware or what you saved.",
    hint: "Set the flash size in the header to {fitting}.",
  },
  "finding-map-smaller": {
    title: "Not all of the flash is in use",
    message:
      "The header says {map}, the flash chip has {chipSize:bytes}. That is harmless: the firmware uses what the header says, and the rest stays unused.",
    hint: "Nothing has to be done. To use more of it, set the flash size in the header to {fitting}.",
  },
  "finding-map-smaller-warns": {
    title: "The board warns that chip and flash map do not match",
    message:
      "The header says {map}, the flash chip has {chipSize:bytes}, and the firmware says so at every start. That is harmless: it uses what the header says, and the rest stays unused.",
    hint: "Nothing has to be done. Without the warning it starts with the flash size {fitting}.",
  },
  "finding-linked-for-other-map": {
    title: "The firmware was built for another flash size",
    message: "It was built for {linked}, the header says {map}. An update in the second half would not run.",
    hint: "Set the flash size in the header to {linked} before you update over the network.",
  },
  "finding-map-refused": {
    title: "The firmware refuses the flash size in the header",
    message: "It said so when it started: the flash size in the header is not one that it was built for.",
    hint: "Set the flash size in the header to {fitting}.",
  },

  // How a wrong map came about.
  "finding-bits-for-bytes": {
    title: "Bits may have been taken for bytes",
    message:
      "The header says {map}, that is {gui}; the flash chip has {chipSize:bytes}, which is eight times more or less. Some tools count flash in megabits: 32Mbit are 4 MB, and 4Mbit are 512 KB.",
    hint: "Choose sizes by their names in bytes: {linked}.",
  },
  "finding-combined-kept": {
    title: "A file for the whole flash was written as it is",
    message:
      "Its header still says {map}, as its makers left it, and the flash between its parts is filled with zeros. Such a file needs its flash size set when it is written; {linked} here.",
    hint: "Write such a file with `--flash-size {linked}`, never with `keep`.",
  },
  "finding-header-as-shipped": {
    title: "The header was not set when the boot loader was written",
    message: "It says QIO, 40 MHz and {map}, as every boot loader does when it is downloaded.",
    hint: "Name the flash size when you write it: `--flash-size {linked}`.",
  },
  "finding-size-without-split": {
    title: "The flash size is right, and its division is not",
    message:
      "{map} and {linked} are the same size, divided in two ways between firmware and update. No tool can detect which of them a firmware needs.",
    hint: "Name it when you write the boot loader: `--flash-size {linked}`.",
  },

  // Flash mode, crystal, chip.
  "finding-mode-not-wired": {
    title: "The module cannot read its flash in this mode",
    message:
      "Only the header of the program could be read; everything behind it came as zeros. The mode in the header needs wires between chip and flash that this module does not have.",
    hint: "Set the flash mode in the header to {mode}; nothing else has to be written.",
  },
  "finding-mode-unlikely": {
    title: "The flash mode may not work on this module",
    message: "The header says {present}. Modules with this flash chip are known to work with {mode}.",
    hint: "If the board does not start, set the flash mode in the header to {mode}.",
  },
  "finding-crystal-unusual": {
    title: "The crystal is not what it should be",
    message:
      "The board's clock was measured at {measured} MHz; it should be {nominal} MHz. Serial rates and radio are off by as much.",
    hint: "Use serial rates that are off by the same factor; the radio will not work until the crystal is changed.",
  },
  "finding-phy-init-crystal": {
    title: "The radio's defaults are for another crystal",
    message:
      "The radio's data at {offset:hex} are for a crystal of {said} MHz, this board has one of {crystal} MHz. Its Wi-Fi is then heard by nobody.",
    hint: "Write the radio's data again for {crystal} MHz.",
  },
  "finding-not-an-esp8266": {
    title: "This is not an ESP8266",
    message: "The chip is an {family}, for which other firmware and other tools are made.",
    hint: "Use firmware and a flasher for the {family}.",
  },

  // Radio data and slots.
  "finding-phy-init-missing": {
    title: "The radio's defaults are missing",
    message:
      "The firmware needs 128 bytes of data for its radio near the end of the flash. Where it looks for them the first byte is {found:byte}, and 0x05 is needed. Without them it stops, or starts again and again.",
    hint: "Write them: they are the same for nearly every board and can be made again.",
  },
  "finding-calibration-blank": {
    title: "The radio's tuning is not stored yet",
    message: "It is measured and stored when the board starts. Nothing is lost.",
    hint: "Nothing has to be done.",
  },
  "finding-other-slot-starts": {
    title: "Another firmware starts than the first one",
    message:
      "The flash holds two firmwares, {first} and {second}, and the second one starts. Whoever writes the first one sees no change.",
    hint: "Set the choice back to the first firmware.",
  },
  "finding-second-slot-starts": {
    title: "The second copy of the firmware starts",
    message: "That is normal after an update over the network.",
    hint: "Nothing has to be done; before you write the first copy over a cable, set the choice back.",
  },
  "finding-not-this-package": {
    title: "The board runs another firmware than this package",
    message: "On the board is {here}, the package {name} is {wanted}.",
    hint: "Update it: `flashwright flash <package>`.",
  },
  "finding-saved-code-loop": {
    title: "A saved program crashes the board at every start",
    message:
      "The firmware is in order, but it loads a program that somebody saved on the board, and crashes with it. There is no button that leaves it out.",
    hint: "Erase the region {region}; a backup of it is kept.",
  },

  // Boot messages.
  "finding-download-mode": {
    title: "The board waits for a download",
    message:
      "When it was reset, its pin GPIO0 was low. That is the sign to wait for new firmware in place of starting.",
    hint: "Release the FLASH button or take GPIO0 off ground, and press RESET once.",
  },
  "finding-strap-gpio2": {
    title: "GPIO2 is held low",
    message: "The chip looks at the pin GPIO2 when it is reset, and starts only where it is high.",
    hint: "Take what is wired to GPIO2 off, or pull it up to 3.3 V, and press RESET.",
  },
  "finding-strap-gpio15": {
    title: "GPIO15 is not held low",
    message: "The chip looks at the pin GPIO15 when it is reset. Where it is high, it waits for an SD card.",
    hint: "Pull GPIO15 to ground with 10 kOhm, and press RESET.",
  },
  "finding-unknown-reset": {
    title: "The chip does not know why it was reset",
    message: "It then stops. That happens when its supply comes up slowly or with a dip.",
    hint: "Check the 3.3 V supply, take the power off for a moment and try again.",
  },
  "finding-boot-finds-no-image": {
    title: "The chip finds nothing to start",
    message:
      "The chip's own start program looked at the beginning of the flash and found no program (no “load” line follows).",
    hint: "Flash a firmware: `flashwright flash <package>`.",
  },
  "finding-boot-checksum": {
    title: "The program cannot be loaded without errors",
    message:
      "The chip loaded the program and its checksum was wrong (“csum err”): it is damaged or cut off, the flash is read too fast, or the supply is weak.",
    hint: "Write it again and verify it; if that does not help, use 40 MHz and a stronger 3.3 V supply.",
  },
  "finding-boot-read-error": {
    title: "The program points to nowhere",
    message:
      "The chip was told to load a piece that is not there: the program is damaged, or not for this place.",
    hint: "Write the whole firmware again and verify it.",
  },
  "finding-boot-finds-no-program": {
    title: "The boot loader finds no firmware",
    message:
      "The boot loader started, and found no firmware where the flash size in its header says that it is.",
    hint: "Write the firmware to 0x1000, and set the flash size in the header to {fitting}.",
  },
  "finding-slot-flag": {
    title: "The choice between two firmwares is unreadable",
    message: "The boot loader does not understand the mark that says which of two firmwares starts.",
    hint: "Set the choice back to the first firmware.",
  },
  "finding-watchdog-loop": {
    title: "The board hangs and starts again, over and over",
    message:
      "A timer inside the chip starts it again when a program does not answer any more. That has happened {count} times here.",
    hint: "Check the 3.3 V supply and the wiring of GPIO15 and GPIO2; then write the firmware again.",
  },
  "finding-reset-loop": {
    title: "The board starts again and again",
    message: "It was started {count} times (last reason: {resetCause}). A supply that is too weak does that.",
    hint: "Use a 3.3 V supply that can deliver 300 mA, and keep the reset line quiet.",
  },
  "finding-silent": {
    title: "The board says nothing",
    message: "Not a single byte came from it.",
    hint: "Check power, the crossed RX and TX wires, and that no program holds the chip in reset.",
  },
  "finding-unreadable": {
    title: "The board's messages are unreadable",
    message: "Bytes came, but no text: they are sent at another rate than they were listened to.",
    hint: "Listen at 74880 (26 MHz crystal) or 115200 (40 MHz crystal, or the firmware's own rate).",
  },
  "finding-silent-after-banner": {
    title: "The chip started and then said nothing more",
    message: "Its own start program came up; the flash chip did not answer it, or it stopped there.",
    hint: "Check the supply and the flash chip's wiring, and press RESET.",
  },
  "finding-silent-after-load": {
    title: "The program was loaded and says nothing",
    message:
      "It was loaded without error. Either it prints at another rate, or the part of it that stays in flash is missing or in the wrong place.",
    hint: "Listen at the firmware's own rate, often 115200; if it is silent there too, write the whole firmware again.",
  },
  "finding-silent-after-jump": {
    title: "The firmware was started and says nothing at this rate",
    message: "That is normal for many firmwares: they are silent, or print at another rate.",
    hint: "Listen at the firmware's own rate, often 115200.",
  },

  // Crashes, by cause.
  "finding-exception": {
    title: "The firmware crashed: {name}",
    message: "The chip stopped the program (exception {cause}): {meaning}.",
    hint: "Check that firmware, flash size and flash mode belong together, and write it again.",
  },
  "finding-exception-illegal": {
    title: "The firmware crashed on bytes that are no program",
    message:
      "Where the next step of the program should be was something that is none (exception 0). Code is missing or damaged there, the flash size in the header is wrong, or flash is misread.",
    hint: "Write the firmware again and verify it; if it stays so, use flash mode dio.",
  },
  "finding-exception-fetch": {
    title: "The firmware crashed: its code could not be read",
    message: "The chip could not read the next step of the program (exception 2).",
    hint: "Write the firmware again and verify it; if it stays so, use flash mode dio and 40 MHz.",
  },
  "finding-exception-load-store": {
    title: "The firmware crashed in memory that it cannot use like that",
    message:
      "The program read or wrote single bytes where only whole words are allowed (exception 3). Seen at every start, it is how a firmware ends in which a piece was overwritten, by settings for example.",
    hint: "Look at the flash with `flashwright doctor --deep`, and write the firmware again.",
  },
  "finding-exception-division": {
    title: "The firmware divided by zero",
    message: "That is a fault in the program (exception 6), or one of damaged data.",
    hint: "Erase saved programs; if it stays so, write the firmware again.",
  },
  "finding-exception-alignment": {
    title: "The firmware crashed on an odd address",
    message:
      "The program asked for a word at an address where none can begin (exception 9): a fault in the program, or damaged data.",
    hint: "Erase saved programs; if it stays so, write the firmware again.",
  },
  "finding-exception-jump": {
    title: "The firmware jumped to where no code is",
    message: "The program went on at an address that holds no code (exception 20): data or code is damaged.",
    hint: "Write the firmware again and verify it.",
  },
  "finding-exception-read": {
    title: "The firmware crashed while reading",
    message:
      "The program read at an address where nothing is (exception 28), the most common end of a faulty program.",
    hint: "Erase saved programs; if it stays so, write the firmware again.",
  },
  "finding-exception-write": {
    title: "The firmware crashed while writing",
    message: "The program wrote to an address where nothing can be written (exception 29).",
    hint: "Erase saved programs; if it stays so, write the firmware again.",
  },

  // Text that somebody pasted.
  "finding-instructions": {
    title: "Something is wrong with the instructions",
    message: "{reason}",
    hint: "Use the package as it is: `flashwright flash <package>` takes every offset and size from it.",
  },
  "finding-free-list": {
    title: "What the firmware calls free is its own code",
    message:
      "The list of free flash begins at {offset:hex}. This build calls that free only with the wrong flash size in its header; it needs {linked}.",
    hint: "Set the flash size in the header to {linked}, and write nothing to free flash before.",
  },
  "finding-build-not-told": {
    title: "Whether the flash size is right depends on the build",
    message:
      "There are two builds of Espruino with the same file names. The one for 512 KB (ESP8266_BOARD) runs with the flash size {map}, and a warning at its start is harmless. The one for 4 MB (ESP8266_4MB) needs 4MB-c1 and destroys itself with {map}.",
    hint: "Ask the board: `process.env.BOARD`.",
  },
  "finding-map-not-told": {
    title: "This build needs one certain flash size",
    message:
      "{build} needs the flash size {linked} in its header. The text does not say what is there, and no tool can detect {linked}.",
    hint: 'Ask the board: `require("ESP8266").getState().flashMap`; it should be 4MB:1024/1024.',
  },
  "finding-text-empty": {
    title: "Nothing was recognised in the text",
    message:
      "It holds no boot messages, no banner, no answer of the board and no command line that this program knows.",
    hint: "Paste what the board prints at 74880 and 115200 baud after a reset, or the answer of `process.env`.",
  },

  // What was seen.
  "evidence-line": { message: "“{line}”" },
  "evidence-first-byte": { message: "The first byte of the flash is {value:byte}." },
  "evidence-header": {
    message:
      "The header bytes at {offset:hex} are {modeByte:byte} {sizeFreqByte:byte}: {mode}, {size}, {freq}.",
  },
  "evidence-slot-blank": { message: "{offset:hex} is erased." },
  "evidence-slot-absent": { message: "What stands at {offset:hex} is no firmware." },
  "evidence-slot": { message: "The slot that starts is user{slot}." },
  "evidence-wifi-block": {
    message: "At {offset:hex} a block of Wi-Fi settings begins (00 04 18 00).",
  },
  "evidence-erased-in-image": {
    message: "{size:bytes} of the program at {offset:hex} are erased.",
  },
  "evidence-digest-mismatch": {
    message: "The MD5 at {offset:hex}, behind the program, is not that of the program.",
  },
  "evidence-differs-from-file": {
    message: "{size:bytes} at {offset:hex} are not what {name} has there.",
  },
  "evidence-region-blank": { message: "{size:bytes} at {offset:hex} are erased." },
  "evidence-phy-init": { message: "The byte at {offset:hex} is {found:byte}, not 0x05." },
  "evidence-phy-crystal": { message: "The radio's data at {offset:hex} say {said} MHz." },
  "evidence-crystal": { message: "Nominal {nominal} MHz, measured {measured} MHz." },
  "evidence-saved-code": { message: "{size:bytes} at {offset:hex} hold a saved program." },
  "evidence-exception-code": { message: "The program was at {address:hex} ({memory})." },
  "evidence-exception-data": { message: "It asked for {address:hex} ({memory})." },
  "evidence-exception-flash": { message: "{address:hex} is flash at {offset:hex}: {region}." },
  "evidence-free-list": { message: "The list of free flash is that of {build} with {map}." },

  // What was not taken.
  "reassure-loader": {
    message:
      "The board is not lost: the program that takes new firmware is part of the chip and cannot be erased.",
  },
  "reassure-mac": { message: "The MAC address is burnt into the chip; no erasing takes it." },
  "reassure-calibration": {
    message: "The radio's tuning is measured anew at the start; nothing of the factory's is lost with it.",
  },
  "reassure-phy-init": {
    message: "The radio's defaults are the same 128 bytes for nearly every board, and can be made again.",
  },
  "reassure-params": {
    message:
      "The system's settings are made again at the start; only network names and passwords have to be entered again.",
  },
  "reassure-kept": { message: "What you saved is still there: {regions}." },
} as const;
