/** Words for a chip that cannot be reached, or is another one. @module */
export const connectMessages = {
  "connect-silent": {
    message: "{label} is open, but the board sent nothing in {attempts} attempts. Likely: {causes:or}.",
    hint: "Check that the cable carries data, that the board has power, and that TX and RX are not swapped; without an automatic reset hold FLASH (GPIO0), press RESET and try again.",
  },
  "connect-noise": {
    message: "{label} receives bytes, but no reply of a loader, in {attempts} attempts. Likely: {causes:or}.",
    hint: "Hold FLASH (GPIO0), press and release RESET, and repeat with `--before no-reset --baud 115200`.",
  },
  "connect-running": {
    message:
      "The board runs its firmware and nothing here resets it; it said: {log:list}. Likely: {causes:or}.",
    hint: "Hold FLASH (GPIO0 to ground), press and release RESET, and repeat with `--before no-reset`.",
  },
  "connect-application": {
    message:
      "The board starts its firmware (boot mode {bootMode}) instead of the loader: GPIO0 was not low at reset. Likely: {causes:or}.",
    hint: "Hold FLASH (GPIO0 to ground), press and release RESET, and repeat with `--before no-reset`.",
  },
  "connect-strapping": {
    message: "The board started in boot mode {bootMode}, which boots nothing: {causes:list}.",
    hint: "Disconnect what is wired to GPIO2 and GPIO15 and try again.",
  },
  "connect-no-sync": {
    message: "The chip entered its loader (boot mode {bootMode}) but does not answer. Likely: {causes:or}.",
    hint: "Check the wire from the adapter's TX to the chip's RX (GPIO3) and try again.",
  },
  "press-flash-and-reset": {
    message:
      "No answer yet. Hold FLASH (GPIO0), press and release RESET, then let go of FLASH; waiting for the loader.",
  },
  "hold-flash": {
    message:
      "The board is reset from here, but GPIO0 is not. Hold FLASH (GPIO0) until the loader answers; waiting for it.",
  },
  "reset-invalid": {
    message: "{text} is no reset: {item}, item {place}, is not understood.",
    hint: "Name one of {names:or}, or write a sequence such as `D0 R1 W100 D1 R0 W50 D0`.",
  },
  "baud-lowered": {
    message: "The link was not reliable at {from} baud; it goes on at {to} baud.",
  },
  "wrong-chip": {
    message: "This is an {found}, not an {expected}.",
    hint: "Use a flasher for the {found}; Flashwright writes to the {expected} only.",
  },
  "unknown-chip": {
    message:
      "A loader answers, but it is not that of an {expected} (identity word {magic:hex}, status of {statusBytes} bytes).",
    hint: "Check which chip is on the board; Flashwright writes to the {expected} only.",
  },
  "flash-not-answering": {
    message: "The flash chip does not answer (id {id:hex}).",
    hint: "Check the board's 3.3 V supply and that nothing is wired to GPIO6 to GPIO11.",
  },
  "chip-size-unknown": {
    message: "The size of the flash chip is not known (id {id:hex}).",
    hint: "Name the size yourself with `--chip-size`, for example `--chip-size 4MB`.",
  },
  "no-reset-line": {
    message: "The board cannot be reset from here: {label} has no reset line.",
    hint: "Press RESET on the board, or power it off and on.",
  },
} as const;
