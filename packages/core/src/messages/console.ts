/** Words for consoles: what passes on them, and what is asked of the firmware behind them. @module */
export const consoleMessages = {
  "console-restart": {
    message: "The chip restarts: {resetCause}, boot mode {bootMode}.",
  },
  "console-boot-noise": {
    message: "Boot text at {baudRate} baud: {byteCount} bytes. `--boot-log` shows it.",
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
    message: "{name} was sent: {count} statements.",
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
