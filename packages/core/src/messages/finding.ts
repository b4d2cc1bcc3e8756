/** Words for what a look at a chip found: title, explanation for a beginner, and what to do. @module */
export const findingMessages = {
  "dump-empty": {
    message: "The dump holds no bytes.",
    hint: "Read the flash again: `flashwright read 0 --size all`.",
  },
  "finding-flash-blank": {
    title: "The flash is empty",
    message: "Nothing is on the flash chip; it was erased, or nothing was ever written to it.",
    hint: "Flash a firmware: `flashwright flash <package>`.",
  },
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
} as const;
