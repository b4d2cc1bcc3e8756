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
} as const;
