/** Words for maps: what regions hold, what goes wrong under a map, which maps fit, what a size's name means. @module */
export const mapMessages = {
  // What a region holds, for somebody who has never heard of it.
  "region-boot": {
    title: "Boot loader",
    message: "Starts the firmware; its first bytes tell how large the flash is and how it is read.",
  },
  "region-user1": {
    title: "Firmware",
    message: "The firmware itself, in the first of two places where it can be.",
  },
  "region-user2": {
    title: "Second firmware slot",
    message: "The place for a second copy of the firmware, which an update over the network writes.",
  },
  "region-app": { title: "Firmware", message: "The firmware itself." },
  "region-rf-cal": {
    title: "Radio calibration",
    message: "How this very chip's radio was tuned; the chip measures it again when it is erased.",
  },
  "region-phy-init": {
    title: "Radio defaults",
    message:
      "128 bytes with which the radio starts: crystal, power, antenna. They are the same for most boards, and most firmware does not start without them.",
  },
  "region-system-params": {
    title: "System settings",
    message:
      "What Espressif's part of the firmware remembers: the Wi-Fi mode and, with many firmwares, network name and password. They stand there unencrypted.",
  },
  "region-boot-flag": {
    title: "Boot choice",
    message:
      "Which of two copies of the system settings counts; the one that counts begins with the choice of the firmware slot.",
  },
  "region-eeprom": {
    title: "EEPROM emulation",
    message: "A few bytes that programs keep over a restart.",
  },
  "region-saved-code": {
    title: "Your saved program",
    message: "The program that `save()` stored, with its variables.",
  },
  "region-storage": {
    title: "Your files and settings",
    message: "Storage: the saved program, files, and in newer versions the Wi-Fi settings.",
  },
  "region-wifi": {
    title: "Your Wi-Fi settings",
    message: "What `wifi.save()` stored: network name and password, unencrypted.",
  },
  "region-settings": {
    title: "Your settings",
    message: "What the firmware was set up with, often with network names and passwords.",
  },
  "region-file-system": { title: "Your files", message: "A file system with the firmware's and your files." },
  "region-reserved": {
    title: "Reserved",
    message: "Kept free for the firmware; nothing of yours is there.",
  },
  "region-free": {
    title: "Free for your programs",
    message: "The firmware offers it to programs; what they stored there is theirs.",
  },
  "region-unused": { title: "Unused", message: "Belongs to nobody." },

  // What goes wrong under a map.
  "hazard-boot-overwritten": {
    message:
      "The firmware writes its radio calibration over the boot loader; the board may never start again.",
  },
  "hazard-rf-cal-in-image": {
    message: "At its start the board writes radio calibration to {offset:hex}, into the firmware's own code.",
  },
  "hazard-phy-init-in-image": {
    message: "The board looks for its radio defaults at {offset:hex}, where the firmware's own code lies.",
  },
  "hazard-params-in-image": {
    message: "At its start the board writes system settings to {offset:hex}, into the firmware's own code.",
  },
  "hazard-wifi-in-image": {
    message: "Saving Wi-Fi settings erases {size:bytes} of the firmware's own code at {offset:hex}.",
  },
  "hazard-save-in-image": {
    message: "Saving erases {size:bytes} of the firmware's own code at {offset:hex}.",
  },
  "hazard-update-in-image": {
    message: "An update over the network would write over the running firmware from {offset:hex} on.",
  },
  "hazard-free-in-image": {
    message: "The firmware calls {size:bytes} at {offset:hex} free, where its own code lies.",
  },
  "hazard-free-holds-data": {
    message: "The firmware calls {size:bytes} at {offset:hex} free, where it keeps your files and settings.",
  },
  "hazard-free-holds-sdk": {
    message:
      "The firmware calls {size:bytes} at {offset:hex} free, where it keeps data of the radio and the system.",
  },
  "hazard-free-holds-slot": {
    message:
      "The firmware calls {size:bytes} at {offset:hex} free, where an update over the network would go.",
  },
  "hazard-update-in-data": {
    message: "An update over the network would write over your files and settings at {offset:hex}.",
  },
  "hazard-data-overwritten": {
    message: "The board writes over your files and settings at {offset:hex}.",
  },
  "hazard-save-outside": {
    message: "Saving at {offset:hex} fails: that is behind the end of the flash that the map declares.",
  },
  "hazard-rf-cal-outside": {
    message:
      "Radio calibration would go to {offset:hex}, behind the end of the flash; it is done anew at every start.",
  },
  "hazard-no-update": { message: "Updates over the network are not possible." },
  "hazard-wifi-moves": {
    message: "Wi-Fi settings are kept at {offset:hex}; those saved under another map are not found.",
  },
  "hazard-map-unknown": {
    message: "The firmware does not know this flash map; what it does under it is not defined.",
  },
  "hazard-map-exceeds-chip": {
    message: "The map declares flash up to {end:hex}, but the chip ends at {offset:hex}.",
  },
  "hazard-image-exceeds-chip": {
    message: "The firmware does not fit on the chip, which ends at {offset:hex}.",
  },
  "hazard-map-not-linked": {
    message: "This firmware starts only under the map that it was built for.",
  },

  // Why a map fits.
  "map-fits-linked": { message: "{name} (map {map}, {split}) is what the firmware was built for." },
  "map-fits-linked-smaller": {
    message:
      "{name} (map {map}, {split}) is what the firmware was built for; the rest of the chip stays unused.",
  },
  "map-fits-chip": { message: "{name} (map {map}, {split}) declares the whole chip." },
  "map-fits-largest": {
    message: "{name} (map {map}, {split}) declares as much of the chip as the firmware can use.",
  },
  "map-fits-smaller": {
    message: "{name} (map {map}, {split}) is safe; the rest of the chip stays unused.",
  },

  // What the name of a size stands for.
  "map-meaning": {
    message:
      "{name} is a flash of {size:bytes} with two slots for updates, {split} KB, the second at {user2:hex}. Older tools call it {megabitName}, Espressif's window tool {guiName}; both count bits. Its code in the header is {map}.",
  },
  "map-meaning-one-slot": {
    message:
      "{name} is a flash of {size:bytes} with a single slot. Older tools call it {megabitName}, Espressif's window tool {guiName}; both count bits. Its code in the header is {map}.",
  },
  "map-meaning-new-boot": {
    message:
      "{name} is a flash of {size:bytes} with two slots for updates, {split} KB, the second at {user2:hex}. It needs boot loader 1.7 or newer, and Espruino does not know it. Its code in the header is {map}.",
  },
  "map-meaning-discouraged": {
    message:
      "{name} is a flash of {size:bytes} in two halves of 2048 KB, which Espressif's software does not support. Its code in the header is {map}.",
  },

  // A drawing of a map.
  "map-drawing": { title: "Map of the flash", message: "What lies where in the flash, to scale." },
  "map-drawing-region": { message: "{name}: {offset:hex} up to {end:hex}." },
  "map-drawing-used": { title: "{used} used", message: "The firmware fills {used} of it." },
  "map-drawing-beyond": {
    title: "beyond the chip",
    message: "It lies behind the end of the chip.",
  },
  "map-legend-blank": { title: "blank", message: "Erased; nothing is there." },
  "map-legend-unseen": { title: "not looked at", message: "Nobody looked at it yet." },
  "map-legend-damaged": { title: "damaged", message: "What is there is damaged." },
  "map-legend-listed-free": {
    title: "in use, called free",
    message:
      "The firmware tells programs that this is free, though it is in use. Nothing happens to it unless a program writes there.",
  },
  "map-legend-conflict": { title: "claimed twice", message: "Two owners claim the same bytes." },
} as const;
