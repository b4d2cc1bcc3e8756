/** Words for backups and for what regions hold. @module */
export const backupMessages = {
  "storage-damaged": {
    message:
      "Espruino's Storage is damaged: from {offset:hex} within it, bytes belong to no file, so nobody can say what they hold.",
    hint: "Leave out the whole region `storage`, or keep the backup to yourself.",
  },
} as const;
