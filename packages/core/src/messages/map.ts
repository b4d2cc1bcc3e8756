/** Words for maps. @module */
export const mapMessages = {} as const;
