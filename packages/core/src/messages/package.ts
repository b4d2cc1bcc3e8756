/** Words for packages: what firmware was recognised by, archives, and what does not agree in a package. @module */
export const packageMessages = {
  "identity-text": { message: 'At {offset:hex} stands "{text}".' },
  "identity-entry": { message: "Its first segment has {size:bytes} and it starts at {address:hex}." },
  "identity-layout": { message: "What stands at {offset:hex} is laid out as this firmware does it." },
  "identity-header": { message: "The inner header at {offset:hex} names the flash size {value:byte}." },
  "archive-damaged": {
    message: "{entry} cannot be unpacked: what stands at {offset:hex} of the archive is damaged or missing.",
    hint: "Download the archive again.",
  },
  "archive-unsupported": {
    message: "{name} cannot be unpacked: {what} is not supported.",
    hint: "Unpack it with another program and name the folder.",
  },
  "archive-too-large": {
    message: "{entry} was not unpacked: together with the rest it is larger than {expected:bytes}.",
    hint: "Unpack it yourself and name the folder with the firmware.",
  },
  "archive-too-many-entries": {
    message: "The archive was not unpacked: it has more than {expected} entries.",
    hint: "Unpack it yourself and name the folder with the firmware.",
  },
  "archive-bomb": {
    message: "{entry} was not unpacked: its {packedSize:bytes} grow more than {expected} times.",
    hint: "No firmware is packed like that; get the archive from another place.",
  },
  "archive-path-unsafe": {
    message: "{archive} was not unpacked: {path} would leave the folder that it is unpacked to.",
    hint: "Get the archive from another place.",
  },
  "archive-duplicate": {
    message: "{archive} was not unpacked: it holds {path} twice.",
    hint: "Get the archive from another place.",
  },
  "archive-nested": {
    message: "{path} was not unpacked: it is an archive in an archive in an archive.",
    hint: "Unpack the outer ones yourself and name the inner one.",
  },
  "archive-link-ignored": { message: "{archive}: links and devices were left out: {names}." },
  "package-not-recognised": {
    message: "{name} holds no firmware for the ESP8266 that is recognised.",
    hint: "Name a release archive, a folder with its files, an image, a manifest.json, or addresses and files.",
  },
  "package-other-chip": {
    message: "{name} is for the {chip}, not for the ESP8266.",
    hint: "Choose the build of the firmware for the ESP8266.",
  },
  "package-several-firmwares": {
    message: "{name} holds several firmwares: {firmwares}.",
    hint: "Put the files of one of them into a folder of its own.",
  },
  "package-path-unsafe": {
    message: "The path {path} leads out of the folder of the file that names it.",
    hint: "Put the files beside it, and name them without a folder, drive or server.",
  },
  "package-file-missing": {
    message: "{name} needs the file {path}, which is not there.",
    hint: "Put {path} where {name} says it is.",
  },
  "package-file-empty": {
    message: "{name} is empty.",
    hint: "Download or build the file again.",
  },
  "package-file-size": {
    message:
      "{name} has {actual:bytes}, and its manifest says {expected:bytes}: it is another file, or not all of it.",
    hint: "Download it again; if it stays so, tell whoever made the manifest.",
  },
  "package-file-sha256": {
    message: "{name} is not the file that its manifest means: its SHA-256 is {actual}, not {expected}.",
    hint: "Download it again; if it stays so, do not flash it, and tell whoever made the manifest.",
  },
  "package-too-many-parts": {
    message: "The package has more than {expected} parts.",
    hint: "Check that this is firmware.",
  },
  "package-map-too-small": {
    message: "{name} has no place on a flash of {size:bytes}.",
    hint: "Choose a larger flash size.",
  },
  "json-invalid": {
    message: "{name} is not valid JSON: it cannot be read on at character {offset}.",
    hint: "Download the file again, or correct it.",
  },
  "json-field": {
    message: "{name} is not what it should be: its `{path}` is not {expected}.",
    hint: "Correct that field.",
  },
  "manifest-other-chips": {
    message: "{name} holds no build for the ESP8266, only for {families}.",
    hint: "Get the manifest of a firmware for the ESP8266.",
  },
  "manifest-several-builds": {
    message: "The manifest has {count} builds for the {chip}; the first one was taken.",
  },
  "command-file-missing": {
    message: "Line {line}: no file is named for the address {offset:hex}.",
    hint: "Write a file behind every address.",
  },
  "command-no-files": {
    message: "Line {line}: the command names no file.",
    hint: "Write pairs of address and file, for example `0x0 boot.bin`.",
  },
  "command-word": {
    message: "Line {line}: `{word}` is neither an option, nor an address with a file behind it.",
    hint: "Write pairs of address and file, for example `0x0 boot.bin`.",
  },
  "command-variable": {
    message: "Line {line}: the variable in `{word}` has no value here.",
    hint: "Write its value in its place.",
  },
  "command-several": {
    message: "The text has {count} commands that write; the one in line {line} was taken.",
  },
  "command-continuation-lost": {
    message:
      "Line {line} belongs to the command before it, but that command does not say that it goes on: a shell would not have written these files.",
  },
  "command-rest-ignored": { message: "Line {line}: what begins with `{word}` was left out." },
  "hex-format": {
    message: "{name} is not valid Intel HEX: line {line} is not {expected}.",
    hint: "Download or build the file again.",
  },
  "hex-checksum": {
    message: "{name} is damaged: line {line} ends with {expected:byte}, its bytes give {actual:byte}.",
    hint: "Download or build the file again.",
  },
  "hex-overlap": {
    message: "{name} is damaged: line {line} writes {offset:hex} for the second time.",
    hint: "Build the file again.",
  },
  "hex-no-end": {
    message: "{name} has no end record: it may have been cut off.",
    hint: "Download the file again.",
  },
  "hex-cpu-addresses": {
    message: "The file counts from the CPU's address {address:hex}; the start of flash was meant.",
  },
  "package-image-damaged": {
    message: "{name}: {reason}",
    hint: "Download or build the file again.",
  },
  "package-image-odd": { message: "{name}: {reason}" },
  "package-phy-init-damaged": {
    message:
      "{name} is no PHY init data: {size:bytes}, the first byte is {actual:byte}; the SDK would not start.",
    hint: "Use esp_init_data_default.bin of the SDK, or leave it out and have it made.",
  },
  "package-part-missing": {
    message: "The {role} is missing: {file}.",
    hint: "Put the file into the folder.",
  },
  "package-part-found-elsewhere": {
    message: "{name} is not beside the firmware; the one in {path} was taken.",
  },
  "package-needs-boot": {
    message: "{name} starts only behind the boot loader boot_v1.x.bin, which is not part of this package.",
    hint: "Use the release with all of its files, or write it to a board that has the boot loader.",
  },
  "package-needs-loader": {
    message:
      "{name} is linked for {offset:hex}; it is started by a boot loader, which is not part of this package.",
    hint: "Use the release with all of its files and the `flasher_args.json` of its build.",
  },
  "package-several-builds": {
    message: "The package holds several builds; {chosen} was taken, not {others:or}.",
    hint: "To flash another one, name the folder or file of that build.",
  },
  "package-files-ignored": {
    message: "{count} other {count|one:file was|other:files were} left out: {names}.",
  },
  "package-map-contradicts": {
    message:
      "The instructions set the flash size to {instructed}, but this firmware was linked for {linked}: {reason}",
    hint: "Use {linked} (`--flash-size {linked}`).",
  },
  "package-map-differs": {
    message: "The instructions set the flash size to {instructed}; this firmware was linked for {linked}.",
    hint: "Use {linked} (`--flash-size {linked}`) if something does not work.",
  },
  "package-size-detected": {
    message:
      "The instructions leave the flash size to detection, which never finds {linked}, for which this firmware was linked.",
    hint: "Set the size by name: `--flash-size {linked}`.",
  },
  "package-size-missing": {
    message:
      "The instructions do not set the flash size, so {name} keeps saying {kept}; this firmware was linked for {linked}.",
    hint: "Set the size by name: `--flash-size {linked}`.",
  },
  "package-size-units": {
    message:
      "The instructions set the flash size to {text}, which are {megabits} megabits = {size:bytes}; the files need {needed:bytes}.",
    hint: "Megabytes were meant: `--flash-size {meant}`.",
  },
  "package-beyond-size": {
    message: "{name} ends at {end:hex}, behind the {size:bytes} that the instructions set as flash size.",
    hint: "Check the flash size and the addresses.",
  },
  "package-phy-init-misplaced": {
    message:
      "{name} goes to {offset:hex}; with a flash size of {size:bytes} the SDK looks for it at {expected:hex}.",
    hint: "Write it to {expected:hex}, or set the flash size that the address belongs to.",
  },
  "package-blank-misplaced": {
    message: "{name} goes to {offset:hex}; with a flash size of {size:bytes} its place is {expected:hex}.",
    hint: "Write it to {expected:hex}, or set the flash size that the address belongs to.",
  },
  "package-blank-typo": {
    message:
      "{name} goes to {offset:hex}, a slip in old instructions that is still copied; {expected:hex} was meant.",
    hint: "Write it to {expected:hex}.",
  },
  "package-slot-linked": {
    message: "{name} goes to {offset:hex}, but its code was linked for {linked:hex}; it cannot run there.",
    hint: "Write the image for this slot: {wanted}.",
  },
  "package-slot-differs": {
    message: "{name} says that it is {said}, but it goes to the place of {place}.",
    hint: "Write the image for this slot: {place}.",
  },
  "package-user2-alone": {
    message:
      "{name} is the image for the second update slot; a board starts with the one for the first, user1.",
    hint: "Use user1.bin of the same release.",
  },
  "package-image-too-large": {
    message: "{name} ends at {end:hex}; under {map} the firmware keeps its own data from {limit:hex} on.",
    hint: "Use another build of the firmware, or another flash size.",
  },
  "package-name-contradicts": {
    message: "{name} is named for {said}, but the firmware in it was linked for {linked}.",
    hint: "Trust the firmware, not the name; or download the file again.",
  },
  "package-combined-size": {
    message: "{name} has {size:bytes}, but the firmware in it was linked for {linked}.",
    hint: "Trust the firmware, not the size of the file.",
  },
  "package-combined-header": {
    message:
      "The header of {name} says {kept}, as its makers left it; the firmware in it was linked for {linked}.",
    hint: "The header has to be set when it is written: `--flash-size {linked}`.",
  },
} as const;
