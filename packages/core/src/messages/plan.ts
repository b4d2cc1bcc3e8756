/** Words for plans, for what contradicts itself in them, and for what came of them. @module */
export const planMessages = {
  "nothing-to-write": {
    message: "There is nothing to write.",
    hint: "Name at least one address and file, for example `flash 0x0 boot.bin`.",
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
  "plan-stale": {
    message: "Flash at {offset:hex}, {size:bytes}, has changed since the plan was made.",
    hint: "Make a new plan; nothing was written.",
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
  "sector-untouched": { message: "Not touched." },
  "sector-chip-erased": { message: "Erased with the whole chip, as asked." },
  "sector-erased-by-rom": {
    message: "Erased by the ROM loader with the sector before it; what it holds is lost.",
    hint: "Use the stub loader (without `--no-stub`), which erases only what is asked.",
  },
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
