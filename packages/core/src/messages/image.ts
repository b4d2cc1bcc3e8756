/** Words for firmware images, flash parameters and what is patched into a header. @module */
export const imageMessages = {
  "image-truncated": {
    message:
      "The image ends too early: {what} at {offset:hex} needs {expected:bytes}, {actual:bytes} are there.",
    hint: "Download or build the file again; it was cut off.",
  },
  "image-bad-magic": {
    message:
      "This is not a firmware image: the byte at {offset:hex} is {actual:byte}, {expected:byte} is needed.",
    hint: "Check that this is the .bin file, not an archive, an ELF file or a data file.",
  },
  "image-bad-v2-header": {
    message:
      "The header of the update image is damaged: {what} at {offset:hex} is {actual}, {expected} is needed.",
    hint: "Download or build the file again.",
  },
  "image-other-chip": {
    message: "This image is for the {chip}, not for the {target}.",
    hint: "Choose the build of the firmware for the {target}.",
  },
  "image-no-segments": {
    message: "The image header at {offset:hex} announces no segment at all.",
    hint: "Download or build the file again.",
  },
  "image-too-many-segments": {
    message: "The image header announces {actual} segments, {expected} is the most that boots.",
    hint: "Download or build the file again; this header is damaged.",
  },
  "image-segment-out-of-range": {
    message:
      "Segment {index} at {offset:hex} is {expected:bytes} long, but only {actual:bytes} of the file follow.",
    hint: "Download or build the file again; it was cut off or its header is damaged.",
  },
  "image-segment-bad-address": {
    message:
      "Segment {index} at {offset:hex} loads to {address:hex}, where the {target} has no memory for it.",
    hint: "Choose the build of the firmware for the {target}.",
  },
  "image-segment-unaligned": {
    message: "Segment {index} at {offset:hex} is {actual:bytes} long, not a multiple of {expected}.",
  },
  "image-entry-out-of-range": {
    message: "The image starts at {address:hex}, where the {target} has no program memory.",
    hint: "Choose the build of the firmware for the {target}.",
  },
  "image-checksum-mismatch": {
    message:
      "The image is damaged: its data sum up to {actual:byte}, the checksum at {offset:hex} says {expected:byte}.",
    hint: "Download or build the file again.",
  },
  "image-irom-unaligned": {
    message: "The code block of the update image is {actual:bytes} long, not a multiple of {expected}.",
  },
  "image-crc-missing": {
    message: "The update image has no CRC behind its checksum: {actual:bytes} follow {offset:hex}, not 4.",
  },
  "image-crc-mismatch": {
    message: "The CRC of the update image at {offset:hex} is {actual:hex}, its bytes give {expected:hex}.",
    hint: "Download or build the file again; it may be damaged.",
  },
  "flash-size-unknown": {
    message: "{text} is not a flash size.",
    hint: "Choose one of {known:or}.",
  },
  "flash-size-ambiguous": {
    message: "{text} may mean {megabytes} megabytes or {megabytes} megabits.",
    hint: "Write {megabytes}MB for megabytes, or {megabytes}m for megabits.",
  },
  "flash-mode-unknown": {
    message: "{text} is not a flash mode.",
    hint: "Choose one of {known:or}.",
  },
  "flash-freq-unknown": {
    message: "{text} is not a flash frequency.",
    hint: "Choose one of {known:or}.",
  },
  "flash-size-meaning": {
    message: "{text} = {megabits} Mbit = {name}, map {split}; not {others:or}.",
  },
  "flash-size-meaning-only": {
    message: "{text} = {megabits} Mbit = {name}, map {split}.",
  },
  "header-field-patched": {
    message: "Header byte {offset}: flash {field} {from} becomes {to}.",
  },
  "header-kept-offset": {
    message:
      "The flash parameters were not put into this file, because it goes to {offset:hex} and not to 0.",
  },
  "header-kept-short": {
    message: "The flash parameters were not put into this file: {actual:bytes} are no image header.",
  },
  "header-kept-magic": {
    message:
      "The flash parameters were not put into this file: it starts with {actual:byte}, a header that boots with {expected:byte}.",
  },
  "header-kept-damaged": {
    message: "The flash parameters were not put into this file, because it is not a whole image: {reason}",
  },
} as const;
