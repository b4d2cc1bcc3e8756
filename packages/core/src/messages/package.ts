/** Words for packages: what firmware was recognised by, archives, and what does not agree in a package. @module */
export const packageMessages = {
  "identity-text": { message: 'At {offset:hex} stands "{text}".' },
  "identity-entry": { message: "Its first segment has {size:bytes} and it starts at {address:hex}." },
  "identity-layout": { message: "What stands at {offset:hex} is laid out as this firmware does it." },
  "identity-header": { message: "The inner header at {offset:hex} names the flash size {value:byte}." },
} as const;
