/** Words for backups. @module */
export const backupMessages = {} as const;
