/** Words for what a person types on a command line, for files, and for the results of commands. @module */
export const cliMessages = {
  usage: {
    message: "{detail}",
    hint: "See `{command} --help`.",
  },
  "number-invalid": {
    message: "{text} is not {what}.",
    hint: "Write hex (0x1000), decimal (4096) or with a suffix (4k, 1M).",
  },
  "choice-invalid": {
    message: "{text} is not a choice for {option}.",
    hint: "Choose one of {known:list}.",
  },
  "config-syntax": {
    message: "{name} is no JSON, line {line}, column {column}: {detail}.",
    hint: "Correct it there.",
  },
  "config-key-unknown": {
    message: "{name}, line {line}: there is no setting {key}.",
    hint: "Choose one of {known:list}.",
  },
  "setting-invalid": {
    message: "{place}: {name} is {text}, which is not {what}.",
    hint: "Correct it there, or take it out; what is typed on the command line comes first.",
  },
  "config-shown": { message: "The settings were shown." },
  "pairs-odd": {
    message: "{last} has no file: addresses and files come in pairs.",
    hint: "Write `0x0 boot.bin 0x1000 user1.bin`.",
  },
  "file-missing": {
    message: "There is no file {name}.",
    hint: "Check the path.",
  },
  "file-unreadable": {
    message: "{name} cannot be read: {detail}.",
    hint: "Check that it is a file and that you may read it.",
  },
  "file-unwritable": {
    message: "{name} cannot be written: {detail}.",
    hint: "Check that the folder exists and that you may write to it.",
  },
  "no-usb-port": {
    message: "No USB serial port was found on this computer.",
    hint: "Plug the board in with a data cable, or name the port with `--port`; `--port virtual:esp-12f` is a virtual board.",
  },
  "several-ports": {
    message: "There are several ports: {ports:list}.",
    hint: "Name one with `--port`.",
  },
  "board-unknown": {
    message: "There is no virtual board {name}.",
    hint: "Choose one of {known:list}.",
  },
  "flash-file-too-large": {
    message: "{name} holds {size:bytes}, the board's flash only {flashSize:bytes}.",
    hint: "Choose another `--board`, or another file.",
  },
  "erase-unconfirmed": {
    message: "Erasing the whole chip was not confirmed; nothing was erased.",
    hint: "Repeat the command with `--yes`.",
  },
  "serve-failed": {
    message: "The virtual board cannot be reached: {detail}",
    hint: "{advice}",
  },
  "flash-differs": {
    message: "Flash does not hold {name}: {size:bytes} at {offset:hex} are the first that differ.",
    hint: "If its header was changed when it was written, name the same `--flash-mode`, `--flash-freq` and `--flash-size`; else write it again with `flashwright flash`.",
  },
  "package-folder-too-large": {
    message: "{name} is no firmware package: it holds {count} files or more, {size:bytes}.",
    hint: "Name the folder with the firmware's own files, or its archive.",
  },
  "package-map-unknown": {
    message: "Nothing in {name} says for which flash size it is.",
    hint: "Name it: `--flash-size 4MB-c1`, or as the firmware's instructions say.",
  },
  "layout-unknown": {
    message: "There is no layout {text}.",
    hint: "List what is known with `flashwright map --list`.",
  },
  "layout-needs-size": {
    message: "The layout {text} depends on the flash size.",
    hint: "Name it, for example `--size 4MB-c1`; `flashwright map --names` explains the names.",
  },
  "layout-not-recognised": {
    message: "What is on this flash was not recognised, so that nobody can say what lies where.",
    hint: "Run `flashwright doctor`, or name a layout with `--layout`.",
  },
  "map-shown": { message: "The map was shown." },
  "map-planned": { message: "Dry run: {name} would be {size:bytes}; nothing was written." },
  "map-drawn": { message: "The map is drawn in {name}." },
  "sizes-split": {
    message:
      "4MB and 4MB-c1 are the same chip with another split. Firmware that was linked for one under the other runs, until it saves something: then it erases a part of itself. `flashwright image info` tells what a file was linked for.",
  },
  "sizes-units": {
    message:
      "Old names and Espressif's window tool count bits: 4m = 4Mbit = 512KB, and 32m = 32Mbit = 4MB. A bare 4M is refused, for tools have used it for both.",
  },
  "sizes-detect": {
    message:
      "A size that a flasher detects is that of the chip and never a split: no tool can detect 4MB-c1. With a package this program takes the map that its firmware was linked for.",
  },
  "sizes-no-map": {
    message:
      "4MB-c2, 8MB and 16MB are unknown to most firmware. On a larger chip use the 4 MB map that the firmware was linked for; the rest stays unused.",
  },
  "doctor-healthy": { message: "Nothing is wrong." },
  "doctor-found": { message: "Things to put right: {count}." },
  "dry-run-needless": { message: "`{command}` writes nothing, with --dry-run and without it." },
  "boot-not-watched": {
    message: "This port cannot reset the board, so that its start was not watched.",
    hint: "Press RESET, copy what the board prints at 74880 baud, and give it to `flashwright doctor --text -`.",
  },
  "boot-watch-again": {
    message:
      "{label} disappeared as the board started. If it is back within {seconds} s, the start is watched again.",
  },
  "boot-unseen": {
    message: "{label} disappeared as the board was started, so that its start was not watched.",
    hint: "Plug the board in again and look with `flashwright doctor`.",
  },
  "boot-half-seen": {
    message:
      "{label} disappeared while the board started; what it said until then does not tell whether the firmware runs.",
    hint: "Plug the board in again and look with `flashwright doctor`.",
  },
  "board-not-started": {
    message: "{label} disappeared before the board was told to start: press RESET, or power it off and on.",
  },
  "nothing-to-split": {
    message: "{name} holds nothing that could be split.",
    hint: "Name a combined file, or a dump of a whole flash from `flashwright read 0 ALL dump.bin`.",
  },
  "image-split": { message: "Parts written to {folder}: {count}." },
  "split-planned": { message: "Dry run: parts found: {count}; nothing was written." },
  "plan-save-planned": { message: "Dry run: the plan would be saved in {name}; nothing was written." },
  "plan-saved": { message: "The plan is saved in {name}; nothing was written to the board." },
  "mode-next": { message: "The board does not start so; trying flash mode {mode} at {freq}." },
  "recover-by-hand": {
    message: "What was found cannot be put right by writing flash.",
    hint: "Do what the findings above say, and look again with `flashwright doctor`.",
  },
  "demo-shown": { message: "All of this was done on virtual boards; nothing of it is left on your disk." },
  "demo-not-espruino": {
    message: "The first act tells of Espruino's build for 512 KB (ESP8266_BOARD); {name} is {found}.",
    hint: "Give the folder of `espruino_<version>_esp8266.tgz`, or leave out `--firmware`.",
  },
  "nothing-to-recover": { message: "Nothing was found that has to be put right." },
  "image-described": { message: "{name}: images found: {count}." },
  "images-merged": { message: "{name}, {size:bytes}, is written." },
  "merge-planned": { message: "Dry run: {name} would be {size:bytes}; nothing was written." },
  "help-shown": { message: "Help was shown." },
  "ports-watched": { message: "The ports are no longer watched." },
  "ports-listed": { message: "Ports found: {count}." },
  "plan-made": { message: "Dry run: planned, nothing was written." },
  "erase-planned": { message: "Dry run: {size:bytes} at {offset:hex} would be erased; nothing was." },
  "board-served": { message: "The virtual board has stopped." },
  "hardware-checked": { message: "Checks: {passed} passed, {failed} failed, {skipped} skipped." },
  "hardware-check-failed": {
    message: "Checks that failed: {failed:list}.",
    hint: "Report the block above; it names the board, the adapter and every result.",
  },
  "flash-partial": {
    message: "The flash is not finished at {offset:hex}: it holds a part of the old and a part of the new.",
  },
  "flash-unverified": { message: "All bytes are in the flash, but not all of them are verified." },
  "flash-complete": { message: "The flash is finished and verified." },
  "cancelled-untouched": { message: "Stopped before anything was changed: the flash is as it was." },
  "cancelled-partial": {
    message:
      "Stopped while the flash was being changed at {offset:hex}: it now holds a part of the old and a part of the new.",
    hint: "Run the same command again, to its end.",
  },
  "cancelled-unverified": {
    message: "Stopped after the last byte was written, but before all of it was verified.",
    hint: "Run `flashwright verify` with the same addresses and files.",
  },
  "cancelled-complete": {
    message: "Stopped after the flash was written and verified; only the rest was left out.",
  },
} as const;
