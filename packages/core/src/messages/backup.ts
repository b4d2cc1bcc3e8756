/** Words for backups and for what regions hold. @module */
export const backupMessages = {
  "storage-damaged": {
    message:
      "Espruino's Storage is damaged: from {offset:hex} within it, bytes belong to no file, so nobody can say what they hold.",
    hint: "Take the whole region `storage` instead of single files of it.",
  },
  "region-unknown": {
    message: "There is no region {name}; there are {known:list}.",
    hint: "Choose one of them, or name an address and a length.",
  },
  "backup-note": {
    message:
      "A backup of the flash of {name}, MAC {mac}, made by Flashwright. Each file under flash/ is named after the offset that it was read from; sectors that are in none of them but covered were blank.",
  },
  "backup-wifi-held": {
    message: "It holds Wi-Fi names and passwords in clear text: do not pass it on.",
    hint: "Make one to pass on with `--without wifi`.",
  },
  "backup-wifi-left-out": {
    message:
      "Wi-Fi settings were left out; programs and files of its owner may still hold passwords of their own.",
  },
  "backup-wifi-none": {
    message:
      "No stored Wi-Fi settings were found; programs and files of its owner may still hold passwords of their own.",
  },
  "backup-wifi-unknown": {
    message: "The firmware is not known, so nobody can say whether or where there are Wi-Fi passwords.",
    hint: "Treat the backup as if it held passwords, or back up single regions by address.",
  },
  "backup-format": {
    message: "This is not a backup that can be read: `{path}` in its manifest is missing or wrong.",
    hint: "Take the ZIP as it was made; one that was changed by hand is not restored.",
  },
  "backup-version": {
    message: "The backup has version {version} of the format, this program knows {known}.",
    hint: "Use a newer Flashwright.",
  },
  "backup-zip": {
    message: "This is no backup that can be read. {reason}",
    hint: "Name a file that `flashwright backup` made, and check that it was copied whole.",
  },
  "backup-entry": {
    message: "The file {name} in the backup is missing or damaged.",
    hint: "Copy the backup again from where it was first stored.",
  },
  "backup-digest": {
    message: "What the backup holds as {name} is not what was backed up: its SHA-256 differs.",
    hint: "Copy the backup again from where it was first stored.",
  },
  "backup-beyond-flash": {
    message:
      "The backup comes from a larger flash: {size:bytes} at {offset:hex} lie beyond the end at {flashSize:hex}.",
    hint: "Restore single regions with `--region`.",
  },
  "backup-other-chip": {
    message:
      "The backup is of the chip {mac}, this is {actual}: its radio calibration ({regions:list}) would be wrong here.",
    hint: "Restore single regions with `--region`, or all of it with `--force`.",
  },
  "backup-foreign-calibration": {
    message: "The radio calibration ({regions:list}) is that of another chip, {mac}.",
    hint: "If Wi-Fi works badly afterwards, erase it: `flashwright erase rf-cal`; the chip calibrates itself at its next start.",
  },
  "backup-region-left-out": {
    message: "The backup does not hold {name}: it was left out when it was made.",
    hint: "Choose another region, or another backup.",
  },
  "backup-left-out": {
    message: "Not in the backup, or only in part, and left as they are on the chip: {regions:list}.",
  },
  "backup-altered": {
    message: "{regions:list} was backed up without its Wi-Fi settings and comes back without them.",
  },
  "backup-contents": {
    message: "{used:bytes} of {covered:bytes} are not blank; the backup takes {size:bytes}.",
  },
  "backup-written": { message: "The backup is in {file}." },
  "backup-planned": {
    message: "Dry run: {size:bytes} would be looked at and what is not blank backed up; no file was written.",
  },
  "backup-kept": { message: "What was there before is saved; this brings it back:" },
  "backup-nothing": { message: "All of it is blank: there is nothing to back up." },
  "backup-impossible": {
    message: "The ROM loader cannot read flash, so what is there cannot be saved first.",
    hint: "Leave out `--no-stub`, or lose what is there with `--no-backup --yes`.",
  },
  "backup-refused": {
    message: "Without a backup this needs a yes; nothing was changed.",
    hint: "Leave out `--no-backup`, or repeat the command with `--yes`.",
  },
  "restore-planned": {
    message: "Dry run: {written:bytes} would be written and {erased:bytes} erased; nothing was.",
  },
  "restore-unneeded": { message: "The chip holds all of it already; nothing was written." },
  "restore-done": {
    message:
      "Restored and verified: {written:bytes} written, {erased:bytes} erased, {equal:bytes} were right.",
  },
  "erase-files-only": {
    message:
      "Only the files {files:list} are taken out of Storage, with what older versions of them left behind; all other files stay.",
  },
  "erase-in-program": {
    message:
      "The region {name} lies inside the firmware's own code at {offset:hex}: this firmware does not fit the flash map. Erasing it breaks the firmware.",
    hint: "Run `flashwright doctor`; to erase it all the same, name address and length.",
  },
  "erase-breaks-boot": {
    message: "Without {name} the board does not start; nothing was erased.",
    hint: "Repeat the command with `--yes`.",
  },
  "regions-planned": {
    message: "Dry run: {regions:list} would be erased, {size:bytes}; nothing was.",
  },
  "regions-erased": { message: "Erased and verified: {regions:list}, {size:bytes}." },
  "regions-blank": { message: "{regions:list}: there is nothing to erase." },
} as const;
