/** The words of the dialog of `<flashwright-button>` in English, apart from those of the page, which it would burden. @module */

export const buttonEnglish = {
  install: (name: string) => `Install ${name}`,
  firmware: "firmware",
  chip: "for the ESP8266",
  close: "Close",
  starting: "Getting ready",
  choosing: {
    title: "Choose the port",
    text: "The browser lists the serial ports. Choose the one of your board.",
  },
  noPort: {
    title: "No port was chosen",
    text: "If the board is not in the list: use a USB cable that carries data, and install the driver of its USB chip (CP210x, CH340) where the system has none.",
    refused: "The browser did not let this page ask for a port.",
    again: "Choose the port",
    all: "Show all ports",
  },
  noManifest: {
    message: "This button names no manifest.",
    hint: "The author of this page has to set its attribute `manifest`.",
  },
  badManifest: {
    message: "The manifest of this button is neither an address nor an object.",
    hint: "The author of this page has to correct its attribute `manifest`.",
  },
  about: "About the board",
  erase: "Erase the whole chip first: everything on it is lost, settings too",
  plan: "Install",
  console: "Open the console",
  backUp: "Back up the whole chip",
  again: "Try again",
  fund: "Support the makers of this firmware",
  told: {
    initializing: "Connecting to the board",
    preparing: "Downloading and planning",
    erasing: "Erasing",
    writing: "Writing and verifying",
    finished: "Written and verified",
  },
  /** By code of the catalogue: what to do on somebody's own page, where the catalogue's hint is for Flashwright's. */
  hints: {
    "download-address": "The author of this page has to correct the address.",
    "download-insecure": "The author of this page has to use its https:// address.",
    "download-blocked":
      "Try again. If it stays so, the author of this page has to let the server send the header `Access-Control-Allow-Origin`.",
    "download-github-release":
      "The author of this page has to put the file on a server that sends `Access-Control-Allow-Origin`: GitHub Pages does.",
    "download-github-page":
      "The author of this page has to use the address of the file itself, at raw.githubusercontent.com.",
    "download-page": "The author of this page has to use the address of the file itself.",
    "download-status": "The author of this page has to correct the address, or put the file there.",
    "download-too-large": "The author of this page has to check that this is firmware.",
    "download-broken": "Try again.",
    "download-stalled": "Try again.",
    "json-invalid": "The author of this page has to correct the manifest.",
    "json-field": "The author of this page has to correct that field.",
    "manifest-other-chips": "Use the installer that the firmware's makers have for these chips.",
    "package-file-size": "Do not flash it. Try again later, and tell the author of this page.",
    "package-file-sha256": "Do not flash it. Try again later, and tell the author of this page.",
  },
} as const;
