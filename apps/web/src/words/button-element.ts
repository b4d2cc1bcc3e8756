/** The words of `<flashwright-button>` before anything is clicked, apart from those of its dialog. @module */

export const elementWords = {
  install: "Install",
  unsupported:
    "This browser cannot reach USB ports. Open this page in Chrome, Edge or Opera on a computer to install.",
  notAllowed: "Installing works only on pages that come over HTTPS or from this computer.",
  notLoaded: "The installer could not be loaded. Check the connection, reload the page, and try again.",
} as const;
