/** Words for what a loader answers, or does not. @module */
export const loaderMessages = {
  "command-timeout": {
    message: "The chip did not answer {op} within {timeoutMs} ms.",
    hint: "Check cable and power, use a slower `--baud`, and repeat the command.",
  },
  "loader-refused": {
    message: "The loader refused {op}: {reason} (status {status:byte} {detail:byte}).",
    hint: "Repeat the command with a slower `--baud`; if it fails at the same place again, the flash chip may be faulty.",
  },
  "write-refused": {
    message: "The {loader} refused to write at {offset:hex}: {reason} (status {status:byte} {detail:byte}).",
    hint: "Repeat the command with a slower `--baud`; if it fails at the same place again, the flash chip may be faulty.",
  },
  "bad-reply": {
    message: "The chip answered {op} with {size} bytes where {expected} were expected.",
    hint: "Use a slower `--baud` and a shorter cable, and repeat the command.",
  },
  "chip-crashed": {
    message: "The program on the chip crashed: {text}",
    hint: "Reset the board and repeat the command; if it crashes again, check the board's 3.3 V supply.",
  },
  "needs-stub": {
    message: "The chip's ROM loader cannot do this: {operation}. The stub loader can.",
    hint: "Repeat the command without `--no-stub`.",
  },
  "read-mismatch": {
    message:
      "{size:bytes} read from {offset:hex} do not have the MD5 that the chip computed ({actual}, expected {expected}).",
    hint: "Use a slower `--baud` and repeat the command.",
  },
  "read-stalled": {
    message: "Reading stopped at {offset:hex}: {received} of {size} bytes arrived.",
    hint: "Use a slower `--baud` and repeat the command.",
  },
  "read-resumed": {
    message: "Going on with the reading: {left:bytes} of {size:bytes} are missing; the rest is compared.",
  },
  "erase-resumed": {
    message: "Going on with the erase: {missing:bytes} of {size:bytes} are to be erased again.",
  },
  "erase-was-complete": {
    message: "The erase had come to its end: all {size:bytes} are blank.",
  },
  "verify-failed": {
    message:
      "Flash at {offset:hex}, {size:bytes}, does not hold what was written (MD5 {actual}, expected {expected}).",
    hint: "Repeat the command; if it fails at the same place again, the flash chip is faulty.",
  },
  "flash-protected": {
    message:
      "The flash chip is write-protected (status register {status:byte}) and stays so when it is unlocked.",
    hint: "Power the board off and on again; if the protection returns, the flash chip's WP setting must be cleared by its maker's procedure.",
  },
  "flash-busy": {
    message: "The flash chip has been busy for {timeoutMs} ms (status register {status:byte}).",
    hint: "Power the board off and on, and repeat the command.",
  },
  "baud-change-failed": {
    message: "The link did not work at {baudRate} baud.",
    hint: "Repeat the command with `--baud {fallback}`.",
  },
  "stub-corrupt": {
    message: "The stub of this installation is damaged: SHA-256 {actual}, expected {expected}.",
    hint: "Install Flashwright again.",
  },
  "stub-silent": {
    message: "The stub was uploaded but did not greet within {timeoutMs} ms.",
    hint: "Check the board's 3.3 V supply and repeat the command, or use `--no-stub`.",
  },
} as const;
