/** Words about firmware that a page gets from an address. @module */
export const downloadMessages = {
  "download-address": {
    message: "{address} is not the address of a file.",
    hint: "Copy the whole address, from https:// on.",
  },
  "download-insecure": {
    message: "{address} does not come over HTTPS: whoever is on the way can change the firmware.",
    hint: "Use its https:// address, or download the file and drop it here.",
  },
  "download-blocked": {
    message:
      "{address} was not read: its server did not answer, or does not allow other pages to read the file (CORS). The browser does not tell which.",
    hint: "Download {name} with the browser and drop it here.",
  },
  "download-github-release": {
    message: "GitHub does not allow other pages to read the files of a release ({name}).",
    hint: "Download {name} with the browser and drop it here.",
  },
  "download-github-page": {
    message: "{address} is GitHub's page about a file, which no other page may read.",
    hint: "Use the address of the file itself: {raw}",
  },
  "download-page": {
    message: "{address} is a web page, not firmware.",
    hint: "Use the address of the file: right-click its download button and copy the link.",
  },
  "download-status": {
    message: "The server of {address} answers with status {status}.",
    hint: "Check the address, or look for the file on the site that names it.",
  },
  "download-too-large": {
    message: "{address} was not read to its end: it is larger than {expected:bytes}.",
    hint: "Check that this is firmware; download it and drop the files of the firmware here.",
  },
  "download-broken": {
    message: "{address} broke off after {doneBytes:bytes}.",
    hint: "Try again, or download {name} with the browser and drop it here.",
  },
  "download-stalled": {
    message: "Nothing came from {address} for {seconds} seconds; {doneBytes:bytes} had come before.",
    hint: "Try again, or download {name} with the browser and drop it here.",
  },
} as const;
