/** Words for plans, for what contradicts itself in them, and for what came of them. @module */
export const planMessages = {
  "nothing-to-write": {
    message: "There is nothing to write.",
    hint: "Name a firmware package, or an address and a file: `flash 0x0 boot.bin`.",
  },
  "file-empty": {
    message: "{name} is empty.",
    hint: "Download or build the file again.",
  },
  "images-overlap": {
    message:
      "{second} at {secondOffset:hex} overlaps {first}, which fills {firstOffset:hex} up to {firstEnd:hex}.",
    hint: "Check the addresses against the firmware's instructions.",
  },
  "does-not-fit": {
    message: "{name}, {size:bytes} at {offset:hex}, does not fit: the flash ends at {flashSize:hex}.",
    hint: "Use the firmware's layout for a chip of {flashSize:bytes}.",
  },
  "region-outside-flash": {
    message: "{size:bytes} at {offset:hex} do not lie within the flash, which ends at {flashSize:hex}.",
    hint: "Choose an address and a length within {flashSize:bytes}.",
  },
  "offset-misaligned": {
    message: "{name} cannot go to {offset:hex}: the address must be a multiple of {unit}.",
    hint: "Check the address against the firmware's instructions.",
  },
  "erase-misaligned": {
    message:
      "Erasing {size:bytes} at {offset:hex} is not possible: flash is erased in sectors of {unit} bytes.",
    hint: "Erase {alignedSize:hex} bytes at {alignedOffset:hex} instead.",
  },
  "plan-wrong-chip": {
    message: "The plan was made for the chip {expected}, this is {actual}.",
    hint: "Make a new plan for this chip.",
  },
  "plan-wrong-loader": {
    message: "The plan was made for the {expected} loader, the chip runs the {actual} loader.",
    hint: "Make a new plan, or connect with the loader that the plan names.",
  },
  "erase-stale": {
    message: "Flash at {offset:hex} has changed since it was looked at.",
    hint: "Repeat the command; nothing was erased.",
  },
  "plan-stale": {
    message: "Flash at {offset:hex}, {size:bytes}, has changed since the plan was made.",
    hint: "Make a new plan; nothing was written.",
  },
  "plan-resumed": {
    message: "Going on where it was cut off: {missing:bytes} are to be changed again, of {size:bytes}.",
  },
  "plan-loses-data": {
    message: "The plan would lose {what:list}.",
    hint: "Back it up first, or agree to lose it with `--yes`.",
  },
  "plan-data-missing": {
    message: "The plan needs bytes with SHA-256 {sha256} for {offset:hex}, which were not given.",
    hint: "Give the same files that the plan was made from.",
  },
  "plan-format": {
    message: "This is not a plan that this version can run: its `{path}` is not {expected}.",
    hint: "Make a new plan with this version.",
  },
  "phy-init-option": { message: "PHY init data cannot have {option} {value}; it must be {expected}." },
  "fill-kept": {
    message: "{size:bytes} at {offset:hex} share a sector with {name}; they are kept.",
  },
  "fill-lost": {
    message: "{size:bytes} at {offset:hex} are erased with the sectors of {name}; what they hold is lost.",
    hint: "Use the stub loader (without `--no-stub`), which keeps them.",
  },
  "plan-backed-up-first": { message: "Backed up first." },
  "sector-untouched": { message: "Not touched." },
  "sector-chip-erased": { message: "Erased with the whole chip, as asked." },
  "sector-erased-by-rom": {
    message: "Erased by the ROM loader with the sector before it; what it holds is lost.",
    hint: "Use the stub loader (without `--no-stub`), which erases only what is asked.",
  },
  "kept-readable": { message: "{what:list}: the firmware that starts afterwards finds and reads it." },
  "kept-phy-init": { message: "Radio defaults: the board's own, with which the radio starts." },
  "kept-in-part": {
    message:
      "{what:list}: the firmware that starts afterwards finds and reads it, but for a state saved with save(), which only the version that saved it can load.",
  },
  "kept-perhaps": {
    message:
      "{what:list}: left as it is; whether the firmware that starts afterwards reads it depends on the version that stored it, which is not known.",
  },
  "lost-overwritten": { message: "{what:list}: written over." },
  "lost-erased": { message: "{what:list}: erased." },
  "lost-clean-start": { message: "{what:list}: erased, so that the firmware starts clean." },
  "lost-format-changed": {
    message: "{what:list}: the firmware that starts afterwards has another format for it (format changed).",
  },
  "lost-place-changed": {
    message: "{what:list}: the firmware that starts afterwards does not look for it there (place changed).",
  },
  "lost-other-firmware": { message: "{what:list}: belongs to another firmware, which is replaced." },
  "lost-unrecognised": {
    message: "{what:list}: it is not recognised whose it is, so that nothing says it is of use afterwards.",
  },
  "lost-unknown": { message: "Erased; what it holds is not known." },
  "blank-for-clean-start": { message: "{what}: blank, so that the firmware starts clean." },
  "blank-recreated": { message: "{what}: blank; the firmware makes it again when it starts." },
  "blank-by-package": { message: "Blank, as {what} of the package wants it." },
  "blank-of-other-content": {
    message: "{what}: blank, because what is there now is not what the firmware expects.",
  },
  "blank-for-slot": {
    message:
      "Erased, so that the boot loader starts user1 again; what Espressif's SDK stored beside its choice starts anew.",
  },
  "written-for-slot": {
    message:
      "Written again with another choice of the boot loader; what Espressif's SDK stored beside it stays.",
  },
  "blank-by-fix": { message: "{what}: erased to put the board right." },
  "blank-in-backup": { message: "Blank, as it was when the backup was made." },
  "map-contradicts-package": {
    message:
      "{package} was built for {linked}: {linkedSize:bytes}, split {linkedSplit}. {asked} is {askedSize:bytes}, split {askedSplit}.",
    hint: "Leave out `--flash-size`; only if you know better, add `--force`.",
  },
  "map-exceeds-chip": {
    message: "{package} needs {size:bytes} of flash ({name}), the chip has only {flashSize:bytes}.",
    hint: "Choose the build of the firmware for {flashSize:bytes}.",
  },
  "map-unknown": {
    message:
      "Nothing says for which flash size {package} was built, and there is no map for a chip of {flashSize:bytes}.",
    hint: "Name the size with `--flash-size`.",
  },
  "image-exceeds-layout": {
    message: "The program of {package} ends at {end:hex}, with the map {map} it may end at {limit:hex}.",
    hint: "Use a smaller build, or the one that was made for this size of flash.",
  },
  "package-without-boot": {
    message: "{package} brings no boot loader, and there is none on the chip.",
    hint: "Flash a whole package of the firmware, with boot_v1.x.bin.",
  },
  "plan-needs-contents": {
    message: "To plan this, {size:bytes} at {offset:hex} have to be read from the chip first.",
    hint: "Connect with the stub loader (without `--no-stub`).",
  },
  "recover-needs-package": {
    message: "What is damaged can only come from the firmware's package: {what:list}.",
    hint: "Give the package: `flashwright recover <package>`.",
  },
  "slot-not-in-package": {
    message: "{package} holds no image for {slot}.",
    hint: "Leave out the choice of the slot.",
  },
  "slot-not-active": {
    message: "The board does not start {slot} now, and only the firmware itself can change that.",
    hint: "Leave out the choice of the slot; user1 is written and made to start.",
  },
  "slot-not-usable": {
    message: "{name} cannot run from {slot} under the map {map}.",
    hint: "Leave out the choice of the slot; user1 is written and made to start.",
  },
  "slot-reset-to-user1": {
    message:
      "The board starts user2 now. {name} goes to user1, and the boot loader's choice is changed so that user1 starts. What the firmware in user2 stored beside itself is not carried over.",
  },
  "slot-written-active": {
    message: "The board starts {slot} now; that slot is written, at {offset:hex}.",
  },
  "boot-slot-confirmed": { message: "The boot log shows {slot}, which was written." },
  "boot-slot-unseen": { message: "The boot log does not show which slot started." },
  "boot-other-slot": {
    message: "The board started user{actual} at {actualOffset:hex}, but {slot} at {offset:hex} was written.",
    hint: "Run `flashwright recover`; it makes the boot loader start user1.",
  },
  "phy-init-made": {
    message:
      "The package brings no radio defaults (PHY init data); version {version} is made and written to {offset:hex}.",
  },
  "phy-init-moved": { message: "The board's own radio defaults are copied from {from:hex} to {to:hex}." },
  "phy-init-placed": {
    message:
      "The package's radio defaults go to {to:hex}, where the firmware looks for it under this map, and not to {from:hex}.",
  },
  "header-as-instructed": { message: "as the package's instructions say" },
  "header-as-present": { message: "as it is on the chip" },
  "header-as-diagnosed": { message: "to put right what the diagnosis found" },
  "map-forced": {
    message: "as asked, although {package} was built for {linked}",
  },
  "map-kept": { message: "as it is on the chip; the firmware runs with {name}" },
  "map-linked": { message: "what the firmware was built for" },
  "map-linked-not-instructed": {
    message: "what the firmware was built for, and not {instructed} as the package's instructions say",
  },
  "map-of-chip": { message: "the size of the chip; the firmware does not say what it was built for" },
  "mode-embedded": { message: "the flash inside the chip is read in no faster mode than {name}" },
  "mode-of-flash-chip": {
    message: "the fastest that works with the flash chip {flashId}, as seen on {seenOn}",
  },
  "mode-linked": { message: "what the firmware was built for" },
  "mode-usual": { message: "works with nearly every flash chip; of this one nothing is known" },
  "freq-linked": { message: "what the firmware was built for" },
  "freq-usual": { message: "works with every flash chip" },
  "header-as-in-file": { message: "as in the file" },
  "header-as-asked": { message: "as asked" },
  "header-size-differs": {
    message:
      "The header of {name} says {headerSize:bytes} of flash ({headerName}), the chip has {flashSize:bytes}.",
    hint: "If the firmware was built for another size, set it with `--flash-size`.",
  },
  "header-size-too-large": {
    message:
      "The header of {name} says {headerSize:bytes} of flash ({headerName}), but the chip has only {flashSize:bytes}: settings would be stored beyond its end.",
    hint: "Use the firmware's layout for {flashSize:bytes}, or set the size with `--flash-size`.",
  },
  "update-image-at-start": {
    message: "{name} is an update image (first byte 0xEA); the chip cannot start it from address 0.",
    hint: "Write the boot loader (boot_v1.x.bin) to 0x0 and this file to 0x1000.",
  },
  "image-suspicious": {
    message: "{name}: {reason}",
  },
  "protection-cleared": {
    message:
      "The flash chip was write-protected (status register {status:byte}); the protection was cleared.",
  },
  "flash-written-verified": {
    message:
      "{written:bytes} written and verified by MD5 in {seconds} s ({rate} kbit/s, {wire} bytes over the wire).",
  },
  "flash-written-by-rom": {
    message:
      "{written:bytes} written in {seconds} s ({rate} kbit/s), each block checked by the ROM, not MD5-verified.",
  },
  "flash-erased": { message: "{erased:bytes} erased and verified blank in {seconds} s." },
  "flash-erased-by-rom": {
    message: "{erased:bytes} erased by the ROM loader in {seconds} s, not verified.",
  },
  "flash-up-to-date": { message: "Flash holds all of this already; nothing was written." },
  "flash-verified": { message: "{size:bytes} verified by MD5: flash holds exactly these bytes." },
  "flash-read": {
    message: "{size:bytes} read from {offset:hex} in {seconds} s ({rate} kbit/s), verified by MD5.",
  },
  "region-erased": { message: "{size:bytes} erased at {offset:hex}, verified blank." },
  "region-erased-by-rom": {
    message: "{size:bytes} erased at {offset:hex} by the ROM loader, not verified.",
  },
  "chip-erased": { message: "The whole flash, {size:bytes}, is erased and verified blank." },
  "erase-failed": {
    message: "Flash at {offset:hex}, {size:bytes}, is not blank after erasing.",
    hint: "Repeat the command; if it fails at the same place again, the flash chip is faulty.",
  },
  "chip-identified": { message: "{name}, MAC {mac}, {flashSize:bytes} of flash." },
  internal: {
    message: "Something went wrong inside Flashwright: {text}",
    hint: "Report this with the output of `--trace`.",
  },
} as const;
