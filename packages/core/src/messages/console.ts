/** Words for consoles: what passes on them, and what is asked of the firmware behind them. @module */
export const consoleMessages = {
  "console-restart": {
    message: "The chip restarts: {resetCause}, boot mode {bootMode}.",
  },
  "console-boot-noise": {
    message: "Boot text at {baudRate} baud: {byteCount} bytes.",
    hint: "`--boot-log` shows it.",
  },
  "console-noise": {
    message: "Bytes that are no text at this rate: the boot ROM's, or the firmware uses another rate.",
    hint: "`--boot-log` shows the boot ROM's messages; `--baud` sets the firmware's rate.",
  },
  "console-stack": {
    message: "Places on the stack, latest call first; some may be of calls that are over:",
  },
  "console-stack-unnamed": {
    message:
      "{codeWords} words of the stack may lie in code; `--elf` with the file of this build gives them names.",
  },
  "console-no-answer": {
    message: "No console answers on {label}: {heard}.",
    hint: "Check that Espruino runs there and that the rate is the firmware's (115200); RESET ends a program that never pauses.",
  },
  "console-locked": {
    message: "The console on {label} asks for a password.",
    hint: "Open `flashwright console`, type the password, and try again.",
  },
  "console-text-unfinished": {
    message: "{what} is not finished: a bracket, text or comment is still open in line {line}.",
    hint: "Complete it; on a command line, put it in quotes.",
  },
  "console-text-control": {
    message: "{what} holds the control character {code:byte}, which the console would take as a key.",
    hint: "Write it as an escape, for example \\x03, inside a text.",
  },
  "console-text-too-long": {
    message:
      "{what} has a statement of {length} characters in line {line}; a console has room for about {most}.",
    hint: "Cut it into smaller statements.",
  },
  "console-eval-failed": {
    message: "The board could not evaluate {expression}: {detail}",
    hint: "Check the spelling; the firmware may be older than what you asked for.",
  },
  "console-eval-silent": {
    message: "The board did not answer {expression} within {seconds} s.",
    hint: "It may still be at work, or may have restarted; RESET ends a loop without an end.",
  },
  "console-eval-unanswered": {
    message: "The board gave no answer to {expression}: {heard}.",
    hint: "Another program may be printing over it, or the board may have restarted; stop that program and ask again.",
  },
  "console-eval-unreadable": {
    message: "The board's answer to {expression} is no JSON: {text}",
    hint: "Ask for a part of it, or for its text.",
  },
  "console-send-stalled": {
    message: "The board stopped answering after line {line} of {name}.",
    hint: "A statement that never ends keeps the console busy; press RESET and send the rest after changing it.",
  },
  "console-send-errors": {
    message: "{name} was sent, but statements failed: {errors:list}.",
    hint: "Correct them and send the file again.",
  },
  "console-sent": {
    message: "{name} was sent: {count} {count|one:statement|other:statements}.",
  },
  "console-closed": { message: "The console is closed." },
  "console-value": { message: "The board answered." },
  "console-port-lost": {
    message: "{label} is gone; waiting up to {seconds} s for it to come back.",
    hint: "Plug the board in again.",
  },
  "console-port-back": { message: "{label} is back." },
  "console-port-away": {
    message: "{label} did not come back within {seconds} s.",
    hint: "Plug the board in and start the console again.",
  },
  "console-keys": { message: "{label} at {baudRate}. Ctrl-] ends; Ctrl-C goes to the board." },
  "console-press-reset": {
    message: "This port has no reset line: press RESET; listening at {baudRate}.",
  },
  "console-rate-switched": { message: "From here on at {baudRate}." },
  "console-boot-followed": {
    message: "The chip has restarted: boot text at {baudRate} from here on.",
  },
  "console-boot-other-crystal": {
    message: "No boot text at {baudRate}; trying {next}, as with a 40 MHz crystal.",
  },
  "console-boot-unseen": {
    message: "No handover to the firmware was seen; going on at {baudRate}.",
  },
  // Where an address of a crash report lies.
  "address-null": { message: "next to address 0: a value that was never set" },
  "address-rom": { message: "the boot ROM's code" },
  "address-code-ram": { message: "code RAM" },
  "address-data-ram": { message: "data RAM" },
  "address-registers": { message: "registers of the chip" },
  "address-nothing": { message: "no memory of this chip" },
  "address-flash": { message: "flash at {offset:hex}" },
  "address-flash-region": { message: "flash at {offset:hex}, {name} ({id})" },
  "address-flash-contested": {
    message: "flash at {offset:hex}, {name} ({id}), where under this flash map also this is kept: {other}",
  },

  // What a firmware says of itself.
  "said-espruino": { message: "Espruino {version} has started." },
  "said-micropython": { message: "MicroPython {version} has started." },
  "said-nodemcu": { message: "NodeMCU has started." },
  "said-at": { message: "AT firmware {version} has started." },
  "said-flash-map": { message: "The firmware runs under the flash map {map}." },
  "said-map-mismatch": {
    message: "The firmware says that flash chip and flash map do not match.",
    hint: "Examine the board: the doctor says whether that does harm, and which flash size ends it.",
  },
  "said-storage-corrupt": {
    message: "The firmware finds its Storage damaged.",
    hint: 'Back up that region, then type `require("Storage").eraseAll()`, or erase the region.',
  },
  "said-error-saved": {
    message: "An error that nobody caught was kept in Storage.",
    hint: 'Type `require("Storage").read("ERROR")` to read it.',
  },
  "said-code-loaded": { message: "A saved program was loaded: {size} bytes." },
  "said-too-big": {
    message: "The program was not saved: it takes {size} bytes, and {most} have room.",
    hint: "Shorten the program or its data, and save again.",
  },
  "said-input-lost": {
    message: "The board lost input: it came faster than it was read.",
    hint: "Send files with the send button, which waits for the board.",
  },
  "said-memory-full": {
    message: "The program's memory is full.",
    hint: "Type `process.memory()` to see how full; `reset()` empties it.",
  },
  "said-interpreter-error": { message: "The interpreter reports {flags}." },
  "said-settings-lost": {
    message: "Settings of the system were lost.",
    hint: "Set up the Wi-Fi again; if it comes back, check the 3.3 V supply.",
  },
  "journal-stack": {
    message: "A stack was printed; {codeWords} words of it may lie in code.",
    hint: "A program of the Arduino core prints it before a restart; its lines above say why.",
  },
  "elf-unreadable": {
    message: "{name} gives no names for addresses: {detail}",
    hint: "Name the .elf file of the build that runs on the board.",
  },
  "check-confirmed": {
    message: "The firmware says the same as the plan: {facts:list}.",
  },
  "check-differs": {
    message: "The firmware does not say what the plan says: {differences:list}.",
    hint: "Run `flashwright doctor`: another slot, or another flash map than the plan's, may be in force.",
  },
  "check-fact": { message: "{field} {actual}" },
  "check-difference": { message: "{field} is {actual} and not {expected}" },
  "check-map-exceeds-chip": {
    message: "the flash map is for {flashKB} KB, more than the chip {flashChip} has",
  },
  "check-nothing-known": {
    message: "{firmware} answers, but the plan knows nothing of it that could be compared.",
  },
  "check-not-asked": {
    message: "`--check` asks Espruino, and what was written is {firmware}; nothing was asked.",
  },
} as const;
